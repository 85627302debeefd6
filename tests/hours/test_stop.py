"""A stop of the programme is no absence: no hours are missing, nobody is called at the roll, nothing is deducted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.caseload import caseload
from samlop.core.time import at
from samlop.hours.due import due_items
from samlop.hours.leaves import granted_leaves, pauses
from samlop.hours.month import MonthFacts, months_of
from samlop.law.dates import Month
from tests.benefit.setting import signed_stop
from tests.hours.presence import away
from tests.hours.weeks import course, group, hour, join
from tests.house import House

ON = date(2026, 11, 4)


@pytest.fixture(autouse=True)
def _in_november() -> Iterator[None]:
    with at(ON):
        yield


def week_due(house: House) -> list[str]:
    with at(ON):
        return [item.code for item in due_items(caseload(house.viewer("adviser"), ON), ON)]


@pytest.mark.parametrize(("mode", "last"), [("temporary", "2026-12-31"), ("permanent", None)])
def test_a_stopped_week_is_not_below_full_time(house: House, mode: str, last: str | None) -> None:
    course(house.case)
    hour(house.case, 1, "09.00-15.00")
    assert week_due(house) == ["hours.below_full_time"]
    signed_stop(house.case, mode, "2026-11-02", last)
    assert week_due(house) == []


def test_the_roll_says_that_the_programme_is_stopped(house: House) -> None:
    course(house.case)
    spor = group(house)
    join(house.case, spor)
    hour(spor, 3, "09.00-15.00")
    signed_stop(house.case, "temporary", "2026-11-02", "2026-11-30")
    client = Client()
    client.force_login(house.users["teacher"])
    shown = client.get(reverse("hours:class_list", args=[spor.pk, ON])).content.decode()
    assert "Programmet er stanset" in shown
    assert "Til stede" not in shown


def test_days_in_a_stop_are_no_absence_and_no_roll_is_missing(house: House) -> None:
    """What the stop does to the benefit itself is asked in the run (``benefit.stops``)."""
    course(house.case)
    spor = group(house)
    join(house.case, spor)
    hour(spor, 3, "09.00-15.00")
    away(house.case, date(2026, 10, 14), code="ULEGITIMERT")
    october = Month(2026, 10)
    assert months_of([house.case.pk], october)[house.case.pk].missing_rolls == 4
    signed_stop(house.case, "temporary", "2026-10-01", "2026-10-31")
    assert months_of([house.case.pk], october)[house.case.pk] == MonthFacts()


def test_a_stop_is_no_leave(house: House) -> None:
    signed_stop(house.case, "permanent", "2026-10-01")
    assert granted_leaves([house.case.pk]) == {}
    (stop,) = pauses([house.case.pk])[house.case.pk]
    assert (stop.is_stop, stop.paid, stop.days.last) == (True, True, date.max)
