"""How long the programme may last, and that it is extended only where the law has it – through the page and command."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.hours.models import Absence
from samlop.programme import commands
from samlop.programme.models import Course
from tests.house import House
from tests.programme.course_of import AWARD, at, decide, facts, know, signed_in

LAW_2026, LAW_2021, OLD_ACT = date(2026, 3, 2), date(2023, 3, 1), date(2019, 3, 1)


def course(
    house: House, start: date, goal: str, education: str = "below_upper_secondary", end: date | None = None, **case: Any
) -> None:
    granted = start.replace(year=start.year - 1)
    know(house.case, permit_granted_on=granted, settled_on=granted, **case)
    with clock(start):
        facts(house, education=education, lived_in_municipality_since=granted)
        commands.set_dates(case=house.case, start_on=start, planned_end_on=end, by=house.viewer("adviser"))
        commands.set_end_goal(case=house.case, end_goal=goal, by=house.viewer("adviser"))


def page(house: House, client: Client, on: date, name: str = "course") -> str:
    with clock(on):
        return " ".join(signed_in(house, client, "adviser").get(at(house, name)).content.decode().split())


def extend(house: House, was: date, to: date, on: date) -> Any:
    with clock(on):
        return decide(house, "extension", {"end_was": was, "planned_end_on": to})


@pytest.mark.parametrize(
    ("start", "goal", "education", "says", "paragraph"),
    [
        (LAW_2026, "work", "upper_secondary_or_higher", "Programmet kan ikke forlenges.", "integreringsloven § 13"),
        (LAW_2026, "work", "below_upper_secondary", "Programmet kan ikke forlenges.", "integreringsloven § 14"),
        (LAW_2026, "vocational", "below_upper_secondary", "Programmet kan ikke forlenges.", "integreringsloven § 14"),
        (
            LAW_2026,
            "upper_secondary",
            "below_upper_secondary",
            "skal forlenges med inntil 12",
            "integreringsloven § 14",
        ),
        (LAW_2021, "work", "below_upper_secondary", "kan forlenges med inntil 12", "integreringsloven § 13"),
        (LAW_2021, "work", "upper_secondary_or_higher", "kan forlenges med inntil 6", "integreringsloven § 13"),
        (OLD_ACT, "work", "below_upper_secondary", "kan forlenges med inntil 12", "introduksjonsloven § 5"),
    ],
)
def test_the_page_says_may_must_or_none_with_the_paragraph(
    house: House, client: Client, start: date, goal: str, education: str, says: str, paragraph: str
) -> None:
    course(house, start, goal, education)
    text = page(house, client, start)
    assert says in text
    assert paragraph in text


@pytest.mark.parametrize(
    ("start", "was", "goal", "education"),
    [
        (LAW_2026, date(2027, 3, 1), "work", "upper_secondary_or_higher"),
        (LAW_2026, date(2028, 3, 1), "work", "below_upper_secondary"),
        (LAW_2026, date(2031, 3, 1), "vocational", "below_upper_secondary"),
    ],
)
def test_no_extension_where_the_law_has_none(
    house: House, client: Client, start: date, was: date, goal: str, education: str
) -> None:
    course(house, start, goal, education, was)
    with pytest.raises(Refused) as refusal:
        extend(house, was, was.replace(year=was.year + 1), start)
    assert refusal.value.code == "not_extendable"
    typed = {"end_was": f"{was:%d.%m.%Y}", "planned_end_on": f"{was.replace(month=9):%d.%m.%Y}", "language": "nb"}
    with clock(start):
        answer = signed_in(house, client, "adviser").post(at(house, "decision_new", "extension"), typed)
    assert answer.status_code == 422
    assert "Loven åpner ikke for å forlenge dette programmet" in answer.content.decode()


@pytest.mark.parametrize(
    ("start", "was", "last", "goal", "education"),
    [
        (LAW_2026, date(2029, 3, 1), date(2030, 3, 1), "upper_secondary_parts", "below_upper_secondary"),
        (LAW_2026, date(2030, 3, 1), date(2031, 3, 1), "upper_secondary", "below_upper_secondary"),
        (LAW_2021, date(2025, 2, 28), date(2026, 2, 28), "work", "below_upper_secondary"),
        (LAW_2021, date(2023, 8, 31), date(2024, 2, 29), "work", "upper_secondary_or_higher"),
        (OLD_ACT, date(2021, 2, 28), date(2022, 2, 28), "work", "below_upper_secondary"),
    ],
)
def test_an_extension_goes_to_the_last_lawful_day_and_not_one_longer(
    house: House, start: date, was: date, last: date, goal: str, education: str
) -> None:
    course(house, start, goal, education, was)
    with pytest.raises(Refused) as refusal:
        extend(house, was, date.fromordinal(last.toordinal() + 1), was)
    assert (refusal.value.code, refusal.value.field) == ("too_long", "planned_end_on")
    extend(house, was, last, was)
    assert Course.objects.get(case=house.case).planned_end_on == last


def test_an_extension_puts_off_the_day_that_stands(house: House, client: Client) -> None:
    """The letter names the day that is put off, and an extension never makes the programme shorter."""
    stands, last = date(2025, 2, 28), date(2026, 2, 28)
    course(house, LAW_2021, "work", end=stands)
    with clock(stands):
        signed_in(house, client, "adviser")
        typed = {"end_was": "01.12.2024", "planned_end_on": "31.12.2024", "language": "nb"}
        answer = client.post(at(house, "decision_new", "extension"), typed)
        assert answer.status_code == 422
        assert "Siste planlagte dag er endret. Rett utkastet." in answer.content.decode()
        draft = commands.propose_decision(
            case=house.case, kind="extension", data={"end_was": stands, "planned_end_on": last}, reasons="Ja",
            by=house.viewer("adviser"),
        )  # fmt: skip
        by = house.viewer("adviser")
        commands.set_dates(case=house.case, start_on=LAW_2021, planned_end_on=date(2025, 6, 30), by=by)
        with pytest.raises(Refused) as refusal:
            commands.sign_decision(case=house.case, decision=draft.pk, by=house.viewer("leader"))
    assert (refusal.value.code, refusal.value.field) == ("end_changed", "end_was")


def test_an_extension_can_be_replaced_by_a_shorter_one(house: House) -> None:
    stands, last, shorter = date(2025, 2, 28), date(2026, 2, 28), date(2025, 12, 31)
    course(house, LAW_2021, "work", end=stands)
    first = extend(house, stands, last, stands)
    with clock(stands):
        decide(house, "extension", {"end_was": stands, "planned_end_on": shorter}, replaces=first)
    assert Course.objects.get(case=house.case).planned_end_on == shorter


def test_a_programme_that_has_ended_is_not_extended(house: House, client: Client) -> None:
    stands = date(2025, 2, 28)
    course(house, LAW_2021, "work", end=stands)
    typed = {"end_was": f"{stands:%d.%m.%Y}", "planned_end_on": "31.12.2025", "language": "nb"}
    with clock(stands):
        commands.end_course(case=house.case, ended_on=stands, reason="work", by=house.viewer("adviser"))
        answer = signed_in(house, client, "adviser").post(at(house, "decision_new", "extension"), typed)
    assert answer.status_code == 422
    assert "Programmet er avsluttet. Gjenåpne det først." in answer.content.decode()


def test_an_extension_cannot_be_judged_without_the_facts_and_names_them(house: House) -> None:
    know(house.case)
    by = house.viewer("adviser")
    commands.set_dates(case=house.case, start_on=LAW_2026, planned_end_on=date(2028, 3, 1), by=by)
    with pytest.raises(Refused) as refusal:
        extend(house, date(2028, 3, 1), date(2029, 3, 1), LAW_2026)
    assert refusal.value.code == "facts_missing"
    assert "utdanning da tillatelsen ble gitt, sluttmål" in refusal.value.text


def test_granted_leave_over_ten_days_comes_in_addition_and_is_said_to_be_uncertain(
    house: House, client: Client
) -> None:
    course(house, LAW_2026, "work", "upper_secondary_or_higher", date(2027, 3, 1))
    leave = {"reason": "OMSORGSPERM", "first_day": "2026-06-01", "last_day": "2026-06-14", "granted": True}
    with clock(date(2026, 5, 20)):
        decide(house, "leave", leave)
    text = page(house, client, date(2026, 6, 1))
    assert "0 virkedager" in text  # ten working days: not over ten
    assert "01.03.2027" in text
    with clock(date(2026, 6, 10)):
        decide(house, "leave", leave | {"first_day": "2026-06-15", "last_day": "2026-06-15"})
    text = page(house, client, date(2026, 6, 16))
    assert "11 virkedager" in text
    assert "16.03.2027" in text
    assert "Usikkert: Det er usikkert om hele fraværet" in text


def test_sickness_counts_with_the_leave_and_absence_without_a_reason_never(house: House, client: Client) -> None:
    course(house, LAW_2026, "work", "upper_secondary_or_higher", date(2027, 3, 1))
    with writing("test"), clock(date(2026, 9, 1)):
        for first, last, code in (
            (date(2026, 5, 4), date(2026, 5, 15), "SYK_EGEN_LEGE"),  # nine working days: Ascension is free
            (date(2026, 6, 1), date(2026, 6, 2), "SYK_BARN"),
            (date(2026, 6, 8), date(2026, 6, 12), "ULEGITIMERT"),
        ):
            Absence.objects.create(
                case=house.case, municipality=house.municipality, first_day=first, last_day=last, code=code,
                told_at=now(),
            )  # fmt: skip
    assert "11 virkedager" in page(house, client, date(2026, 9, 1))


def test_time_used_in_other_municipalities_is_taken_off_and_said_to_be_practice(house: House, client: Client) -> None:
    course(house, LAW_2026, "work")
    with clock(LAW_2026):
        facts(house, used_before_days=100)
    text = page(house, client, LAW_2026)
    assert "100 dager, trukket fra" in text
    assert "22.11.2027" in text
    assert "Loven sier ikke hva som skjer med programmet når deltakeren flytter" in text


def test_what_is_missing_is_named_with_the_way_there(house: House, client: Client) -> None:
    text = page(house, client, LAW_2026)
    assert "Vi kan regne ut siste dag når disse er kjent:" in text
    assert ">Utdanning da tillatelsen ble gitt</a>" in text


def test_a_planned_end_after_the_laws_last_day_is_shown(house: House, client: Client) -> None:
    course(house, LAW_2026, "work", "upper_secondary_or_higher", date(2027, 6, 1))
    assert "Siste planlagte dag er senere enn loven åpner for." in page(house, client, LAW_2026)


def test_a_temporary_stop_is_told_as_a_pause_and_adds_no_time(house: House, client: Client) -> None:
    """integreringsloven § 18; whether its time comes in addition the act does not say."""
    know(house.case)
    with clock(date(2026, 3, 1)):
        facts(house)
        decide(house, "award", AWARD)
        decide(house, "stop", {"mode": "temporary", "first_day": date(2026, 4, 1), "last_day": date(2026, 4, 30)})
    shown = page(house, client, date(2026, 3, 1))
    assert "Midlertidig stans" in shown
    assert "01.04.2026–30.04.2026" in shown
    assert "Loven sier ikke om tiden i en midlertidig stans kommer i tillegg" in shown
    assert "01.03.2028" in shown
