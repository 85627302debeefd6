"""The class list: all are there until somebody is not, also where two teachers take it at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.cases.models import JournalEntry
from samlop.core.time import at
from samlop.hours.models import Absence, AbsenceReport, Group, Roll
from tests.hours.lists import MONDAY, here, press, second_teacher, signed_in, text
from tests.hours.presence import away, decided_leave
from tests.hours.weeks import hour, join
from tests.house import House, person
from tests.house import case as another_case

pytestmark = pytest.mark.usefixtures("that_monday")


def test_all_are_there_until_somebody_is_not(house: House, spor: Group) -> None:
    shown = text(signed_in(house).get(here(spor)))
    assert "Amina Østby" in shown
    assert "Til stede" in shown
    assert not Absence.objects.exists()


def test_one_press_is_away_all_day_without_a_reason(house: House, spor: Group) -> None:
    answer = press(signed_in(house), spor, "away", house.case)
    assert answer.status_code == 302
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day, absence.hours, absence.code) == (MONDAY, MONDAY, None, "")
    assert absence.reports.get().reporter == "school"


def test_pressing_twice_changes_nothing(house: House, spor: Group) -> None:
    client = signed_in(house)
    press(client, spor, "away", house.case)
    press(client, spor, "away", house.case)
    assert AbsenceReport.objects.count() == 1
    assert Absence.objects.get().revision == 1


def test_pressed_again_it_asks_for_hours_and_reason(house: House, spor: Group) -> None:
    client = signed_in(house)
    press(client, spor, "away", house.case)
    opened = text(client.get(here(spor) + f"?apne={house.case.pk}"))
    assert "Timer borte" in opened
    assert "Er her likevel" in opened
    press(client, spor, "detail", house.case, hours="1,5", code="SVANGERSKAP_KONTROLL")
    absence = Absence.objects.get()
    assert (absence.hours, absence.code) == (Decimal("1.50"), "SVANGERSKAP_KONTROLL")
    assert absence.reports.filter(withdrawn_at__isnull=True).count() == 1


def test_here_after_all_takes_the_mark_away_and_keeps_it_as_withdrawn(house: House, spor: Group) -> None:
    client = signed_in(house)
    press(client, spor, "away", house.case)
    press(client, spor, "here", house.case)
    assert Absence.objects.get().withdrawn_why == "Var til stede 05.10.2026"
    assert "Borte" not in text(client.get(here(spor))).replace("Trykk hvis borte", "")


def test_two_teachers_at_once_keep_both_changes_and_see_each_others(house: House, spor: Group) -> None:
    other = another_case(house, person(house.municipality, "Bilal", "Aas"))
    join(other, spor)
    first, second = signed_in(house), second_teacher(house)
    first.get(here(spor))
    second.get(here(spor))  # both look at a list where all are there
    press(first, spor, "away", house.case)
    answer = press(second, spor, "away", other, htmx="1")
    assert Absence.objects.count() == 2
    assert text(answer).count("Borte hele dagen") == 2
    assert "Teacher" in text(answer)  # the second sees who marked the first one


def test_both_teachers_marking_the_same_person_is_one_absence(house: House, spor: Group) -> None:
    press(signed_in(house), spor, "away", house.case)
    press(second_teacher(house), spor, "away", house.case)
    assert Absence.objects.count() == 1


def test_the_participants_own_report_and_the_mark_are_one_absence(house: House, spor: Group) -> None:
    from samlop.hours.commands.absence import report_absence

    with at(date(2026, 11, 2)):
        report_absence(
            case=house.case, first=date(2026, 11, 2), last=date(2026, 11, 3), code="SYK_EGEN_EM",
            by=house.viewer("participant"),
        )  # fmt: skip
        press(signed_in(house), spor, "away", house.case, day=date(2026, 11, 2))
    absence = Absence.objects.get()
    assert (absence.last_day, absence.code) == (date(2026, 11, 3), "SYK_EGEN_EM")
    assert {one.reporter for one in absence.reports.all()} == {"school", "participant"}


def test_a_day_that_was_attended_does_not_come_back_when_a_mark_is_taken_away(house: House, spor: Group) -> None:
    """Told Monday to Wednesday; there on Tuesday after all; then the mark of Monday falls."""
    from samlop.hours.commands.absence import report_absence

    hour(spor, 2, "09.00-14.00")
    tuesday, wednesday = date(2026, 10, 6), date(2026, 10, 7)
    report_absence(case=house.case, first=MONDAY, last=wednesday, code="SYK_BARN", by=house.viewer("participant"))
    with at(wednesday):
        client = signed_in(house)
        press(client, spor, "away", house.case)
        press(client, spor, "here", house.case, day=tuesday)
        press(client, spor, "here", house.case)
    live = Absence.objects.filter(withdrawn_at__isnull=True).order_by("first_day")
    assert [(one.first_day, one.last_day) for one in live] == [(MONDAY, MONDAY), (wednesday, wednesday)]
    assert [one.reporter for one in live[1].reports.all()] == ["participant"]  # the school told of Monday only


def test_the_roll_is_kept_also_when_nobody_is_away(house: House, spor: Group) -> None:
    client = signed_in(house)
    assert press(client, spor, "roll").status_code == 302
    assert Roll.objects.get().taken_by == house.users["teacher"]
    assert "Opprop tatt 05.10.2026 kl. 12.00 av Teacher" in text(client.get(here(spor)))
    press(second_teacher(house), spor, "roll")
    assert Roll.objects.count() == 1


def test_a_roll_leaves_no_line_in_the_timelines_and_an_absence_one(house: House, spor: Group) -> None:
    client = signed_in(house)
    press(client, spor, "roll")
    assert not JournalEntry.objects.exists()
    press(client, spor, "away", house.case)
    assert [one.code for one in JournalEntry.objects.all()] == ["hours.absence.told"]


def test_untaken_rolls_are_listed_until_they_are_taken(house: House, spor: Group) -> None:
    with at(date(2026, 10, 7)):
        client = signed_in(house)
        assert "Spor 1" in text(client.get(reverse("hours:rolls")))
        press(client, spor, "roll")
        press(client, spor, "roll", day=date(2026, 9, 28))
        assert "Spor 1" not in text(client.get(reverse("hours:rolls")))


def test_somebody_on_leave_is_shown_so_and_cannot_be_marked(house: House, spor: Group) -> None:
    decided_leave(house.case, "OMSORGSPERM", date(2026, 9, 1), date(2026, 12, 1))
    assert "Permisjon: Omsorgspermisjon etter fødsel" in text(signed_in(house).get(here(spor)))


def test_one_with_a_protected_address_is_named_only_for_those_in_the_team(house: House, spor: Group) -> None:
    hidden = another_case(
        house, person(house.municipality, "Hemmelig", "Navn", protection="strictly_confidential"), team=("adviser",)
    )
    join(hidden, spor)
    assert "Hemmelig" not in text(signed_in(house).get(here(spor)))
    assert press(signed_in(house), spor, "away", hidden).status_code == 404
    assert not Absence.objects.exists()


def test_another_municipality_does_not_find_the_list(house: House, spor: Group) -> None:
    assert signed_in(house, "stranger").get(here(spor)).status_code == 404
    assert press(signed_in(house, "stranger"), spor, "roll").status_code == 404


def test_only_the_unit_that_has_the_group_takes_its_roll(house: House, spor: Group) -> None:
    assert press(signed_in(house, "adviser"), spor, "roll").status_code == 403
    assert press(signed_in(house, "adviser"), spor, "away", house.case).status_code == 403
    assert signed_in(house, "nav").get(here(spor)).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hours": "mange", "code": ""}, "Skriv timer som et tall"),
        ({"hours": "13", "code": ""}, "Skriv timer mellom 0 og 12"),
        ({"hours": "0", "code": ""}, "Skriv timer mellom 0 og 12"),
        ({"hours": "", "code": "ULEGITIMERT"}, "Velg"),
        ({"hours": "", "code": "TULL"}, "Velg"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(house: House, spor: Group, typed: dict[str, str], said: str) -> None:
    client = signed_in(house)
    press(client, spor, "away", house.case)
    answer = press(client, spor, "detail", house.case, **typed)
    assert answer.status_code == 422
    assert said in text(answer)
    assert Absence.objects.get().revision == 1


def test_days_that_have_not_come_and_days_without_hours_have_no_roll(house: House, spor: Group) -> None:
    client = signed_in(house)
    assert press(client, spor, "roll", day=date(2026, 10, 12)).status_code == 422
    assert press(client, spor, "roll", day=date(2026, 10, 2)).status_code == 422
    assert not Roll.objects.exists()


def test_a_day_out_of_an_absence_of_several_divides_it(house: House, spor: Group) -> None:
    made = away(house.case, date(2026, 10, 2), date(2026, 10, 8), code="SYK_EGEN_LEGE")
    press(signed_in(house), spor, "here", house.case)
    periods = [(one.first_day.day, one.last_day.day, one.code) for one in Absence.objects.order_by("first_day")]
    assert periods == [(2, 4, "SYK_EGEN_LEGE"), (6, 8, "SYK_EGEN_LEGE")]
    assert made.changes.get().last_day == date(2026, 10, 8)


def test_thirty_on_the_list_take_as_many_queries_as_one(house: House, spor: Group) -> None:
    client = signed_in(house)
    away(house.case, MONDAY)
    client.get(here(spor))
    with CaptureQueriesContext(connection) as few:
        client.get(here(spor))
    for number in range(29):
        made = another_case(house, person(house.municipality, f"Nr {number}"))
        join(made, spor)
        away(made, MONDAY)
    with CaptureQueriesContext(connection) as many:
        client.get(here(spor))
    assert len(many) == len(few)
