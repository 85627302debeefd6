"""What waits about the week on *Min dag*: no plan, a week below full time, a group without hours – and next year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.cases.caseload import caseload
from samlop.core.due import DueItem
from samlop.core.time import OSLO, at
from samlop.core.writing import writing
from samlop.hours.due import due_items, groups_without_hours
from samlop.hours.vocabulary import DayKind
from tests.hours.weeks import START, course, group, hour, join, mark
from tests.house import House, person
from tests.house import case as new_case

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(TODAY):
        yield


def items(house: House, who: str = "adviser") -> dict[str, DueItem]:
    load = caseload(house.viewer(who))
    return {item.code: item for item in [*due_items(load, TODAY), *groups_without_hours(load, TODAY)]}


def came_in(house: House, day: date) -> None:
    with writing("test"):
        house.case.registered_at = datetime.combine(day, time(12), OSLO)
        house.case.save()


def test_a_programme_that_was_running_has_two_weeks_from_when_it_came_in(house: House) -> None:
    course(house.case)
    came_in(house, date(2026, 11, 9))
    assert items(house)["hours.no_week_plan"].due_on == date(2026, 11, 23)


def test_a_participant_without_a_week_plan_is_due_two_weeks_after_the_start(house: House) -> None:
    course(house.case)
    came_in(house, date(2026, 7, 1))
    found = items(house)["hours.no_week_plan"]
    assert (found.due_on, found.user_id) == (date(2026, 8, 17), house.users["adviser"].pk)
    assert "integreringsloven §§ 13–14" in found.why
    assert found.url == f"/sak/{house.case.pk}/uke/"


def test_nothing_is_due_before_the_start_or_after_the_end(house: House) -> None:
    row = course(house.case, start=date(2026, 12, 1))
    assert items(house) == {}
    row.start_on, row.ended_on, row.end_reason = START, date(2026, 11, 2), "work"
    with writing("test"):
        row.save()
    assert items(house) == {}


def test_the_first_week_below_full_time_is_due_before_it_begins(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-12.00")
    found = items(house)["hours.below_full_time"]
    assert found.what == "Fyll uke 48, 2026: 34,5 timer mangler"
    assert (found.due_on, found.url) == (date(2026, 11, 23), f"/sak/{house.case.pk}/uke/2026-48/")


def test_a_full_week_is_not_due_and_neither_is_a_holiday(house: House) -> None:
    course(house.case)
    for weekday in range(1, 6):
        hour(house.case, weekday, "08.00-15.30")
    for day in range(23, 28):
        mark(house, date(2026, 11, day), DayKind.HOLIDAY)
    assert items(house) == {}


def test_a_group_without_hours_waits_for_those_who_plan_it(house: House) -> None:
    school = group(house)
    join(house.case, school)
    assert items(house, "teacher")["hours.group_without_hours"].url == f"/grupper/{school.pk}/"
    assert "hours.group_without_hours" not in items(house, "nav")
    hour(school, 1, "09.00-11.15")
    assert "hours.group_without_hours" not in items(house, "teacher")


def test_the_leader_is_told_that_next_years_calendar_is_not_made(house: House) -> None:
    leader = Client()
    leader.force_login(house.users["leader"])
    mark(house, date(2026, 10, 5), DayKind.SCHOOL_FREE)
    assert "Årskalenderen for 2027 er ikke laget." in leader.get("/leder/").content.decode()
    mark(house, date(2027, 10, 5), DayKind.SCHOOL_FREE)
    assert "Årskalenderen for 2027" not in leader.get("/leder/").content.decode()


def test_the_participant_meets_todays_hours_first(house: House) -> None:
    course(house.case)
    hour(house.case, 5, "09.00-12.00", place="Solbakken")
    visitor = Client()
    visitor.force_login(house.users["participant"])
    shown = " ".join(visitor.get("/min-side/").content.decode().split())
    assert '<strong>09.00–12.00</strong> <span>Språkpraksis, <span dir="auto">Solbakken</span></span>' in shown
    assert "Se hele uka (3 timer)" in shown


def test_the_number_of_queries_does_not_grow(house: House) -> None:
    school = group(house)
    hour(school, 1, "09.00-11.15")

    def queries() -> int:
        load = caseload(house.viewer("adviser"))
        with CaptureQueriesContext(connection) as counted:
            assert due_items(load, TODAY)
        return len(counted)

    course(house.case)
    join(house.case, school)
    few = queries()
    for index in range(4):
        made = new_case(house, person(house.municipality, f"Nr{index}"))
        course(made)
        join(made, school)
    assert queries() == few
