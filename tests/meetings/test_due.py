"""What turns up on Min dag about meetings, derived from facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from samlop.cases.caseload import Caseload, caseload
from samlop.core.due import DueItem
from samlop.core.time import OSLO, add_months, at, now, today
from samlop.core.writing import writing
from samlop.meetings import commands
from samlop.meetings.due import due_items
from samlop.meetings.queries import next_talks
from samlop.people.models import Person
from tests.house import House, person
from tests.house import case as new_case
from tests.meetings.talks import START, closed, everybody_came, invited, talk


def due(house: House, name: str = "adviser", on: date | None = None) -> list[DueItem]:
    return due_items(caseload(house.viewer(name)), on or today())


def codes(house: House, name: str = "adviser", on: date | None = None) -> list[str]:
    return [item.code for item in due(house, name, on)]


def held_with_action(house: House, responsible: str) -> None:
    meeting = talk(house, "triangular_talk", now() - timedelta(days=1))
    commands.add_action(
        case=house.case, meeting_id=meeting.pk, text="Ring skolen", responsible=responsible,
        due_on=today() + timedelta(days=3), by=house.viewer("adviser"),
    )  # fmt: skip
    everybody_came(house, meeting)
    commands.close_meeting(case=house.case, meeting_id=meeting.pk, by=house.viewer("adviser"))


def test_an_open_action_waits_for_the_one_who_answers(house: House) -> None:
    nav = house.users["nav"]
    held_with_action(house, f"person:{nav.pk}:{house.units['nav'].pk}")
    [item] = due(house)
    assert (item.code, item.what, item.user_id) == ("meetings.action", "Ring skolen", nav.pk)
    assert item.why.startswith("Avtalt i trekantsamtale")


def test_an_action_of_a_unit_goes_to_its_person_in_the_team(house: House) -> None:
    held_with_action(house, f"unit:{house.units['nav'].pk}")
    assert due(house)[0].user_id == house.users["nav"].pk


def test_the_participants_action_is_helped_along_by_the_main_contact(house: House) -> None:
    held_with_action(house, "participant")
    [item] = due(house)
    assert item.user_id == house.users["adviser"].pk
    assert item.why.startswith("Deltakerens oppgave")


def test_what_is_done_is_gone(house: House) -> None:
    held_with_action(house, "participant")
    commands.finish_action(case=house.case, action_id=house.case.actions.get().pk, by=house.viewer("adviser"))
    assert codes(house) == []


def test_an_action_in_a_narrower_section_is_seen_by_those_whose_it_is(house: House) -> None:
    meeting = talk(house, "team_meeting", now() - timedelta(days=1), section="needs")
    commands.add_action(
        case=house.case, meeting_id=meeting.pk, text="Ring legen", responsible=f"unit:{house.units['refugee'].pk}",
        due_on=today(), by=house.viewer("adviser"),
    )  # fmt: skip
    everybody_came(house, meeting)
    commands.close_meeting(case=house.case, meeting_id=meeting.pk, by=house.viewer("adviser"))
    assert "meetings.action" in codes(house, "adviser")
    assert "meetings.action" in codes(house, "nav"), "NAV's adviser in the team sees the needs"
    assert "meetings.action" not in codes(house, "nav_colleague")
    unknown = caseload(house.viewer("adviser"))
    unknown.viewer = None
    assert "meetings.action" not in [item.code for item in due_items(unknown, today())]


def test_a_meeting_that_was_held_is_closed(house: House) -> None:
    talk(house, "triangular_talk", now() - timedelta(days=2))
    [item] = due(house)
    assert (item.code, item.what) == ("meetings.minutes_missing", "Skriv referat og lukk trekantsamtale")
    assert item.user_id == house.users["adviser"].pk


def test_not_on_the_day_itself(house: House) -> None:
    with at(START):
        talk(house, "triangular_talk", START)
        assert codes(house) == []


def test_a_required_unit_that_is_not_invited(house: House) -> None:
    with at(START - timedelta(days=1)):
        talk(house, "plan_talk", START, invited=invited(house, "participant", "adviser"))
        [item] = due(house)
    assert item.code == "meetings.required_not_invited"
    assert item.why == "NAV skal være med i alle plansamtalene (kommunens oppsett)."
    assert item.due_on == START.date()


def test_the_first_plan_talk_is_called_a_month_before_its_deadline(house: House) -> None:
    settled: date = house.case.settled_on
    deadline = add_months(settled, 6)
    assert codes(house, on=deadline - timedelta(days=31)) == []
    [item] = due(house, on=deadline - timedelta(days=30))
    assert (item.code, item.due_on) == ("meetings.plan_talk_to_plan", deadline)
    assert codes(house, on=deadline) == [], "from then on the plan itself is due"


def test_a_called_talk_clears_it(house: House) -> None:
    talk(house, "plan_talk", datetime(2030, 1, 1, 10, tzinfo=OSLO))
    assert "meetings.plan_talk_to_plan" not in codes(house, on=add_months(house.case.settled_on, 6))


def test_as_many_queries_for_twenty_cases_as_for_one(house: House, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        made = new_case(house, person(house.municipality, f"Deltaker {number}"))
        talk(house, "triangular_talk", now() - timedelta(days=2), case=made)
    load: Caseload = caseload(house.viewer("adviser"))
    with django_assert_max_num_queries(9):
        assert len(due_items(load, today())) == 20


def test_the_next_talk_of_many_cases_in_one_query(house: House, django_assert_num_queries: Any) -> None:
    first, second = talk(house, start=now() + timedelta(days=9)), talk(house, start=now() + timedelta(days=2))
    talk(house, "triangular_talk", now() - timedelta(days=2))
    viewer = house.viewer("nav")
    with django_assert_num_queries(1):
        found = next_talks(viewer, [house.case.pk])
    assert found[house.case.pk].meeting_id == second.pk
    assert found[house.case.pk].meeting_id != first.pk
    assert next_talks(house.viewer("stranger"), [house.case.pk]) == {}


def test_closed_talks_and_protected_persons_need_nothing_special(house: House) -> None:
    closed(house)
    with writing("test"):
        Person.objects.filter(pk=house.case.person_id).update(protection="confidential")
    assert codes(house) == []
    assert codes(house, "nav_colleague") == []
