"""The municipality's year on *Min dag*: in time, at the unit that answers for it, and gone when it is met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.cases.caseload import caseload
from samlop.cooperation.models import Task, TaskOwner
from samlop.core.due import DueItem
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.vocabulary import DayKind
from samlop.hours.year_due import due_items
from samlop.people.models import Membership, User
from tests.hours.weeks import course, mark
from tests.house import EARLY, House, person
from tests.house import case as new_case

TODAY = date(2026, 11, 20)
YEAR = ("hours.year_to_make", "hours.autumn_to_mark", "hours.days_without_programme", "hours.too_much_holiday")


@pytest.fixture(autouse=True)
def _today(house: House) -> Iterator[None]:
    course(house.case, start=date(2026, 12, 7))
    with at(TODAY):
        yield


def told(house: House, who: str = "leader", on: date = TODAY) -> dict[str, DueItem]:
    with at(on):
        return {item.code: item for item in due_items(caseload(house.viewer(who)), on) if item.code in YEAR}


def owns_the_year(house: House, unit: str) -> None:
    with writing("test"):
        TaskOwner.objects.create(municipality=house.municipality, task=Task.HOLIDAY_WEEKS, unit=house.units[unit])


def test_next_years_calendar_is_asked_for_from_october_and_due_before_the_new_year(house: House) -> None:
    mark(house, date(2026, 10, 5), DayKind.HOLIDAY)
    assert told(house, on=date(2026, 9, 30)) == {}
    found = told(house)["hours.year_to_make"]
    assert (found.what, found.due_on) == ("Lag årskalenderen for 2027", date(2026, 12, 31))
    assert (found.url, found.of_municipality) == ("/kommune/aar/2027/", True)
    assert "integreringsloven §§ 13–14" in found.why


def test_it_is_gone_when_the_calendar_is_made(house: House) -> None:
    mark(house, date(2026, 10, 5), DayKind.HOLIDAY)
    mark(house, date(2027, 7, 5), DayKind.HOLIDAY)
    assert told(house) == {}


def test_this_years_calendar_that_nobody_has_made_is_overdue(house: House) -> None:
    assert told(house, on=date(2026, 3, 2))["hours.year_to_make"].due_on == date(2025, 12, 31)


def test_the_autumn_is_asked_for_before_the_first_of_august(house: House) -> None:
    mark(house, date(2026, 2, 23), DayKind.HOLIDAY)
    assert told(house, on=date(2026, 4, 30)) == {}
    assert told(house, on=date(2026, 5, 4))["hours.autumn_to_mark"].due_on == date(2026, 8, 1)
    mark(house, date(2026, 10, 5), DayKind.SCHOOL_FREE)
    assert "hours.autumn_to_mark" not in told(house, on=date(2026, 5, 4))


def test_a_week_where_the_programme_follows_the_school_is_told_of_while_it_can_be_filled(house: House) -> None:
    mark(house, date(2026, 10, 5), DayKind.HOLIDAY)
    mark(house, date(2027, 7, 5), DayKind.HOLIDAY)
    for number in range(14, 19):
        mark(house, date(2026, 12, number), DayKind.SCHOOL_FREE, unit=house.units["school"])
    found = told(house)["hours.days_without_programme"]
    assert found.what == "Fyll uke 51 med program: skolen har fri"
    assert found.due_on == date(2026, 12, 14)
    assert told(house, on=date(2026, 10, 15)).keys() <= {"hours.year_to_make"}  # more than eight weeks before
    for number in range(14, 19):
        mark(house, date(2026, 12, number), DayKind.OTHER_PROGRAMME, unit=house.units["refugee"])
    assert told(house) == {}


def test_single_days_without_programme_are_one_line(house: House) -> None:
    mark(house, date(2027, 7, 5), DayKind.HOLIDAY)
    for number in (1, 8):
        mark(house, date(2026, 12, number), DayKind.SCHOOL_FREE)
    found = told(house)["hours.days_without_programme"]
    assert (found.what, found.due_on) == ("Fyll 2 dager uten program", date(2026, 12, 1))


def test_holiday_beyond_the_twenty_five_days_is_told_of_on_the_first_day_too_many(house: House) -> None:
    mark(house, date(2027, 7, 5), DayKind.HOLIDAY)
    for day in [date(2026, 7, n) for n in (6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22, 23, 24)] + [
        date(2026, 8, n) for n in (3, 4, 5, 6, 7, 10, 11, 12, 13)
    ]:
        mark(house, day, DayKind.HOLIDAY)
    mark(house, date(2026, 12, 22), DayKind.HOLIDAY)
    assert told(house) == {}
    mark(house, date(2026, 12, 23), DayKind.HOLIDAY)
    found = told(house)["hours.too_much_holiday"]
    assert (found.what, found.due_on) == ("Fyll 1 feriedag for mye med program", date(2026, 12, 23))
    assert "25 virkedager" in found.why


def test_only_those_who_may_change_the_year_are_asked(house: House) -> None:
    for who in ("adviser", "teacher", "nav", "nav_leader"):
        assert told(house, who) == {}


def test_it_waits_at_the_unit_that_answers_for_holiday_weeks(house: House) -> None:
    owns_the_year(house, "school")
    assert told(house)["hours.year_to_make"].unit_id == house.units["refugee"].pk  # nobody at the school may do it
    with writing("test"):
        rector = User.objects.create_user("rector", name="Rektor")
        Membership.objects.create(user=rector, unit=house.units["school"], role="leader", valid_from=EARLY)
    assert told(house)["hours.year_to_make"].unit_id == house.units["school"].pk


def test_the_line_stands_on_min_dag_without_a_participants_name(house: House) -> None:
    leader = Client()
    leader.force_login(house.users["leader"])
    page = " ".join(leader.get("/?vis=unit").content.decode().split())
    assert "<strong>Lag årskalenderen for 2026</strong></p>" in page  # and no name of a participant after it


def test_the_queries_are_the_same_however_many_participants(house: House) -> None:
    def queries() -> int:
        load = caseload(house.viewer("leader"))
        with CaptureQueriesContext(connection) as counted:
            due_items(load, TODAY)
        return len(counted)

    few = queries()
    for index in range(4):
        course(new_case(house, person(house.municipality, f"Nr{index}")), start=date(2026, 12, 7))
    assert queries() == few
