"""Which hours really come: the plan of the week, held against the calendar and the programme."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from samlop.core.writing import writing
from samlop.hours.models import OwnException, SlotException
from samlop.hours.sessions import Session, case_sessions, group_sessions
from samlop.hours.vocabulary import DayKind, Provider, WeekPattern
from tests.hours.weeks import END, START, clock, course, group, hour, join, mark
from tests.house import House, person
from tests.house import case as new_case

MONDAY = date(2026, 10, 5)  # week 41
SUNDAY = date(2026, 10, 11)


def days(sessions: list[Session]) -> list[date]:
    return [one.day for one in sessions]


def test_a_participant_has_the_hours_of_the_class_and_the_own_ones_in_order(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    hour(house.case, 1, "12.00-15.30")
    hour(school, 1, "09.00-11.15", lessons=3)
    hour(school, 3, "09.00-11.15", lessons=3)
    found = case_sessions([house.case.pk], MONDAY, SUNDAY)[house.case.pk]
    assert [(one.day, one.starts, one.group_id) for one in found] == [
        (MONDAY, clock("9"), school.pk),
        (MONDAY, clock("12"), None),
        (date(2026, 10, 7), clock("9"), school.pk),
    ]
    assert [one.hours for one in found] == [Fraction(9, 4), Fraction(7, 2), Fraction(9, 4)]


def test_alternating_weeks_put_one_group_at_school_while_the_other_is_in_practice(house: House) -> None:
    """Eight participants in two groups of four: week n A practice, B school; week n+1 reversed (research/001 F13)."""
    course(house.case)
    a, b = group(house, "A"), group(house, "B")
    for one, school, practice in ((a, WeekPattern.ODD, WeekPattern.EVEN), (b, WeekPattern.EVEN, WeekPattern.ODD)):
        hour(one, 1, "09.00-15.00", pattern=school)
        hour(one, 1, "08.00-15.30", pattern=practice, provider=Provider.WORK_PLACE)
    found = group_sessions([a.pk, b.pk], MONDAY, date(2026, 10, 18))
    assert [[one.provider for one in found[key]] for key in (a.pk, b.pk)] == [
        [Provider.ADULT_EDUCATION, Provider.WORK_PLACE],
        [Provider.WORK_PLACE, Provider.ADULT_EDUCATION],
    ]


def test_nothing_comes_on_public_holidays_may_included(house: House) -> None:
    school = group(house)
    for weekday in range(1, 6):
        hour(school, weekday, "09.00-11.15")
    may = days(group_sessions([school.pk], date(2028, 5, 1), date(2028, 5, 19))[school.pk])
    assert date(2028, 5, 1) not in may  # Labour Day
    assert date(2028, 5, 17) not in may  # Constitution Day
    easter = group_sessions([school.pk], date(2027, 3, 22), date(2027, 3, 29))[school.pk]
    assert days(easter) == [date(2027, 3, 22), date(2027, 3, 23), date(2027, 3, 24)]


def test_a_school_free_day_stops_the_school_and_not_the_work_place(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    hour(school, 1, "09.00-11.15")
    hour(house.case, 1, "12.00-15.30")
    mark(house, MONDAY, DayKind.SCHOOL_FREE, unit=house.units["school"])
    found = case_sessions([house.case.pk], MONDAY, SUNDAY)[house.case.pk]
    assert [one.provider for one in found] == [Provider.WORK_PLACE]


def test_other_programme_fills_the_hours_of_the_closed_school(house: House) -> None:
    school = group(house)
    hour(school, 1, "09.00-11.15", lessons=3)
    mark(house, MONDAY, DayKind.SCHOOL_FREE, unit=house.units["school"])
    mark(house, MONDAY, DayKind.OTHER_PROGRAMME, note="Praksis i barnehagen")
    (found,) = group_sessions([school.pk], MONDAY, SUNDAY)[school.pk]
    assert (found.content, found.lessons, found.place) == ("other", None, "Praksis i barnehagen")


def test_nothing_at_all_comes_in_the_holiday(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "12.00-15.30")
    mark(house, MONDAY, DayKind.HOLIDAY)
    assert case_sessions([house.case.pk], MONDAY, SUNDAY)[house.case.pk] == []


def test_exceptions_cancel_and_move_one_day(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    taught, own = hour(school, 1, "09.00-11.15"), hour(house.case, 2, "09.00-12.00")
    with writing("test"):
        SlotException.objects.create(slot=taught, day=MONDAY)
        OwnException.objects.create(
            case=house.case, slot=own, day=date(2026, 10, 6), starts=clock("13"), ends=clock("15")
        )
    (found,) = case_sessions([house.case.pk], MONDAY, SUNDAY)[house.case.pk]
    assert (found.slot_id, found.starts, found.hours) == (own.pk, clock("13"), 2)


def test_hours_stop_when_the_programme_ends_and_do_not_come_before_it_starts(house: House) -> None:
    ended = course(house.case, ended_on=MONDAY, end_reason="work")
    hour(house.case, 1, "09.00-12.00")
    hour(house.case, 2, "09.00-12.00")
    assert days(case_sessions([house.case.pk], MONDAY, END)[house.case.pk]) == [MONDAY]
    assert case_sessions([house.case.pk], date(2026, 7, 1), date(2026, 8, 2)) == {house.case.pk: []}
    with writing("test"):
        ended.ended_on, ended.end_reason = None, ""
        ended.save()
    assert days(case_sessions([house.case.pk], MONDAY, SUNDAY)[house.case.pk]) == [MONDAY, date(2026, 10, 6)]


def test_a_member_has_the_hours_of_the_group_while_in_it(house: House) -> None:
    course(house.case)
    school = group(house)
    hour(school, 1, "09.00-11.15")
    join(house.case, school, end=MONDAY)
    assert days(case_sessions([house.case.pk], date(2026, 9, 28), END)[house.case.pk]) == [date(2026, 9, 28), MONDAY]


def test_the_number_of_queries_does_not_grow(house: House, django_assert_max_num_queries: Any) -> None:
    school = group(house)
    hour(school, 1, "09.00-11.15")
    cases = [house.case]
    for __ in range(4):
        cases.append(new_case(house, person(house.municipality)))
    for one in cases:
        course(one)
        join(one, school)
        hour(one, 2, "09.00-12.00")
    with django_assert_max_num_queries(9):
        found = case_sessions([one.pk for one in cases], START, END)
    assert all(found.values())
