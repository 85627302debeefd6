"""What a month of attendance means for the benefit (``hours.month``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlop.core.time import at
from samlop.hours.month import MonthFacts, months_of
from samlop.hours.vocabulary import DayKind
from samlop.law.dates import Month, Period
from tests.hours.presence import away, decided_leave, took_roll
from tests.hours.weeks import course, group, hour, join, mark
from tests.house import House, person
from tests.house import case as another_case

OCTOBER = Month(2026, 10)


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with at(date(2026, 11, 4)):
        yield


def facts(house: House) -> MonthFacts:
    return months_of([house.case.pk], OCTOBER)[house.case.pk]


def test_a_month_without_absence_has_nothing_to_deduct(house: House) -> None:
    assert facts(house) == MonthFacts()


def test_whole_days_without_a_planned_week_count_working_days(house: House) -> None:
    away(house.case, date(2026, 10, 9), date(2026, 10, 13), code="ULEGITIMERT")  # Friday to Tuesday
    assert facts(house).absence_days == 3


def test_whole_days_count_the_days_that_had_an_hour(house: House) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-14.00")  # Mondays
    hour(house.case, 3, "09.00-14.00")  # Wednesdays
    away(house.case, date(2026, 10, 5), date(2026, 10, 9), code="ULEGITIMERT")
    assert facts(house).absence_days == 2


def test_only_the_part_of_an_absence_inside_the_month_counts(house: House) -> None:
    away(house.case, date(2026, 9, 28), date(2026, 10, 2), code="ULEGITIMERT")
    assert facts(house).absence_days == 2


def test_hours_are_counted_by_themselves_and_exactly(house: House) -> None:
    away(house.case, date(2026, 10, 6), code="ULEGITIMERT", hours="1.25")
    away(house.case, date(2026, 10, 7), code="ULEGITIMERT", hours="2.50")
    assert facts(house) == MonthFacts(absence_hours=Fraction(15, 4))


@pytest.mark.parametrize("week", ["own", "group", "none"])
def test_the_months_holiday_is_not_deducted(house: House, week: str) -> None:
    """The participants' holiday is no programme, whether or not a week is planned."""
    course(house.case)
    if week == "own":
        hour(house.case, 1, "09.00-14.00")
    elif week == "group":
        spor = group(house)
        join(house.case, spor)
        hour(spor, 1, "09.00-14.00")
    for number in range(31):
        mark(house, date(2026, 10, 1 + number), DayKind.HOLIDAY)
    away(house.case, date(2026, 9, 21), date(2026, 11, 3), code="ULEGITIMERT")
    assert facts(house).absence_days == 0


def test_only_the_working_days_outside_the_holiday_and_inside_the_programme_count(house: House) -> None:
    course(house.case, end=date(2026, 10, 14))  # a Wednesday
    mark(house, date(2026, 10, 13), DayKind.HOLIDAY)
    away(house.case, date(2026, 10, 12), date(2026, 10, 16), code="ULEGITIMERT")
    assert facts(house).absence_days == 2


def test_hours_on_a_day_without_programme_are_not_deducted(house: House) -> None:
    course(house.case)
    mark(house, date(2026, 10, 13), DayKind.HOLIDAY)
    away(house.case, date(2026, 10, 13), code="ULEGITIMERT", hours="2.00")
    away(house.case, date(2026, 10, 14), code="ULEGITIMERT", hours="1.00")
    assert facts(house).absence_hours == 1


def test_a_valid_reason_is_not_deducted_and_one_that_nobody_has_settled_is_a_question(house: House) -> None:
    away(house.case, date(2026, 10, 6), code="SYK_EGEN_EM")
    away(house.case, date(2026, 10, 13))
    assert facts(house) == MonthFacts(unsettled=1)


def test_what_is_withdrawn_does_not_count(house: House) -> None:
    away(house.case, date(2026, 10, 6), code="ULEGITIMERT", withdrawn_at="2026-10-07T09:00Z", withdrawn_why="Feil dag")
    assert facts(house) == MonthFacts()


def test_unpaid_leave_is_told_and_its_days_are_neither_unauthorised_nor_questions(house: House) -> None:
    decided_leave(house.case, "OMSORGSPERM", date(2026, 9, 14), date(2026, 10, 9))
    away(house.case, date(2026, 10, 8), date(2026, 10, 12), code="ULEGITIMERT")
    away(house.case, date(2026, 10, 1))
    assert facts(house) == MonthFacts(
        absence_days=1, unpaid_leave=(Period(date(2026, 10, 1), date(2026, 10, 9)),), unsettled=0
    )


def test_a_refused_leave_a_paid_one_and_a_replaced_one_are_no_unpaid_leave(house: House) -> None:
    decided_leave(house.case, "SYKPERM", date(2026, 10, 1), date(2026, 10, 2), granted=False)
    decided_leave(house.case, "VELFERD", date(2026, 10, 5), date(2026, 10, 5), paid=True)
    first = decided_leave(house.case, "OMSORGSPERM", date(2026, 10, 12), date(2026, 10, 30))
    decided_leave(house.case, "OMSORGSPERM", date(2026, 10, 12), date(2026, 10, 16), replaces=first)
    assert facts(house).unpaid_leave == (Period(date(2026, 10, 12), date(2026, 10, 16)),)


def test_group_days_without_a_roll_are_questions(house: House) -> None:
    course(house.case)
    spor = group(house)
    join(house.case, spor, date(2026, 10, 12))
    hour(spor, 1, "09.00-11.00")  # Mondays 5, 12, 19 and 26 October; a member from the 12th
    hour(spor, 1, "12.00-14.00")
    mark(house, date(2026, 10, 19), "school_free")
    took_roll(house, spor, date(2026, 10, 12))
    assert facts(house).missing_rolls == 1


def test_days_that_have_not_come_yet_have_no_missing_roll(house: House) -> None:
    course(house.case)
    spor = group(house)
    join(house.case, spor)
    hour(spor, 1, "09.00-11.00")
    with at(date(2026, 10, 12)):
        assert facts(house).missing_rolls == 1  # the 5th; the 12th is today


def test_a_whole_municipality_takes_as_many_queries_as_one(house: House) -> None:
    spor = group(house)
    hour(spor, 1, "09.00-11.00")

    def one_more(number: int) -> Any:
        made = another_case(house, person(house.municipality, f"Nr {number}"))
        course(made)
        join(made, spor)
        away(made, date(2026, 10, 5), code="ULEGITIMERT")
        decided_leave(made, "OMSORGSPERM", date(2026, 10, 20), date(2026, 10, 21))
        return made.pk

    first = one_more(0)
    with CaptureQueriesContext(connection) as few:
        months_of([first], OCTOBER)
    keys = [first, *(one_more(number) for number in range(1, 30))]
    with CaptureQueriesContext(connection) as many:
        found = months_of(keys, OCTOBER)
    assert len(many) == len(few)
    assert {one.absence_days for one in found.values()} == {1}
