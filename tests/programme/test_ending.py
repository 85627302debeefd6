"""The end: the certificate says what was done, and what is noted afterwards; and what a move takes along."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from samlop.cases.commands.moving import move_case
from samlop.core.errors import Refused
from samlop.core.time import at as clock
from samlop.core.writing import writing
from samlop.norwegian.models import LevelReached
from samlop.plan.models import Plan, Step
from samlop.programme import commands
from samlop.programme.certificate import certificate
from samlop.programme.law_of_case import law_of
from samlop.programme.models import CourseFacts
from samlop.programme.spans import course_spans
from tests.house import House
from tests.programme.course_of import AWARD, START, at, decide, facts, know, signed_in

ENDED = date(2026, 9, 30)
LATER = date(2026, 10, 5)


@pytest.fixture
def ended(house: House) -> House:
    know(house.case)
    by = house.viewer("adviser")
    with clock(date(2026, 2, 20)):
        facts(house)
        decide(house, "award", AWARD)
    with clock(LATER):
        commands.end_course(case=house.case, ended_on=ENDED, reason="work", by=by)
    return house


def test_the_certificate_says_what_was_done(ended: House, client: Client) -> None:
    with writing("test"), clock(LATER):
        plan = Plan.objects.create(case=ended.case, opened_at=ended.case.registered_at,
                                   changed_at=ended.case.registered_at)  # fmt: skip
        for title, status in (("Praksis på sykehjem", "done"), ("Truckførerkurs", "stopped")):
            Step.objects.create(
                case=ended.case, plan=plan, kind="work_practice", title=title, status=status, unit=ended.units["nav"],
                result="Gikk fint" if status == "done" else "",
                start_on=date(2026, 5, 4), end_on=date(2026, 8, 28),
            )  # fmt: skip
        LevelReached.objects.create(
            case=ended.case, municipality=ended.municipality, skill="speaking", level="B1", reached_on=date(2026, 6, 3),
            source="test", recorded_at=ended.case.registered_at, recorded_by_name="Lærer",
        )  # fmt: skip
    with clock(LATER):
        said = certificate(ended.viewer("adviser"), ended.case)
        answer = signed_in(ended, client, "participant").get(at(ended, "certificate"))
    assert "fra 02.03.2026 til 30.09.2026" in said["sentence"]
    lines = [line for group in said["groups"] for line in group["lines"]]
    assert ["Praksis på sykehjem", "arbeidspraksis, 04.05.2026–28.08.2026"] in lines
    assert any(line[1].startswith("B1 (") for line in lines)
    assert not any("Truck" in line[0] for line in lines)
    assert "integreringsloven § 18 a" in said["rules"]
    assert answer.content.startswith(b"%PDF")
    assert "deltakerbevis" in answer["Content-Disposition"]


def test_who_interrupted_gets_one_too_in_other_words(house: House) -> None:
    by = house.viewer("adviser")
    commands.set_dates(case=house.case, start_on=START, planned_end_on=None, by=by)
    with clock(LATER):
        commands.end_course(case=house.case, ended_on=ENDED, reason="stopped", by=by)
    assert "har deltatt i" in certificate(by, house.case)["sentence"]


def test_no_certificate_before_the_end(house: House, client: Client) -> None:
    assert signed_in(house, client, "adviser").get(at(house, "certificate")).status_code == 422
    with pytest.raises(Refused) as refusal:
        commands.note_certificate_given(case=house.case, given_on=LATER, by=house.viewer("adviser"))
    assert refusal.value.code == "not_ended"


def test_what_is_noted_afterwards_through_the_page(ended: House, client: Client) -> None:
    with clock(LATER):
        signed_in(ended, client, "adviser")
        for name, data in (
            ("certificate_given", {"certificate_given-on": "1.10.2026"}),
            ("end_registered", {"end_registered-on": "2.10.2026"}),
        ):
            assert client.post(at(ended, name), data).status_code == 302
        wrong = client.post(at(ended, "end_registered"), {"end_registered-on": "6.10.2026"})
    assert wrong.status_code == 422
    row = CourseFacts.objects.get(case=ended.case)
    assert (row.certificate_given_on, row.end_registered_on) == (date(2026, 10, 1), date(2026, 10, 2))


def test_time_used_goes_along_to_the_new_municipality(house: House) -> None:
    """Ninety-two days in Elvestad: an own award in Skogdal from 15 June ends so much earlier."""
    know(house.case)
    with clock(date(2026, 2, 20)):
        facts(house)
        decide(house, "award", AWARD)
    moved = date(2026, 6, 1)
    with clock(moved):
        new = move_case(
            case=house.case,
            to_unit=house.units["other_refugee"],
            receiver=house.users["stranger"],
            reason="Arbeid",
            by=house.viewer("adviser"),
        )
    assert course_spans([house.case.pk, new.pk]) == {
        house.case.pk: (START, moved),
        new.pk: (date(2026, 6, 2), date(2028, 3, 1)),
    }
    assert law_of(new).latest_end().value.ordinary == date(2028, 3, 1)  # type: ignore[union-attr]
    start = date(2026, 6, 15)
    data: dict[str, Any] = AWARD | {"start_on": start, "planned_end_on": date(2028, 3, 15)}
    by = house.viewer("stranger")
    with clock(date(2026, 6, 10)):
        with pytest.raises(Refused) as refusal:
            commands.propose_decision(case=new, kind="award", data=data, by=by)
        assert refusal.value.code == "too_long"
        data["planned_end_on"] = date(2028, 3, 14)
        draft = commands.propose_decision(case=new, kind="award", data=data, reasons="Flyttet", by=by)
        commands.sign_decision(case=new, decision=draft.pk, by=house.viewer("other_leader"))
    assert CourseFacts.objects.get(case=new).used_before_days == 92
    new.refresh_from_db()
    latest = law_of(new).latest_end().value
    assert latest is not None
    assert latest.ordinary == date(2028, 3, 14)
    assert "moved_between_municipalities" in {note.code for note in latest.uncertain}
