"""Days of the demo, counted from the day it is filled, so that «Min dag» is alive whenever it is run."""

from __future__ import annotations

import functools
from datetime import UTC, date, datetime, time, timedelta

import holidays

from samlop.core.time import OSLO

MONTH = 30.4375


@functools.cache
def _free(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year))


def is_free(day: date) -> bool:
    """Saturday, Sunday or a public holiday."""
    return day.weekday() >= 5 or day in _free(day.year)


@functools.lru_cache(maxsize=20_000)
def workday(day: date) -> date:
    """The day itself, or the last working day before it."""
    while is_free(day):
        day -= timedelta(days=1)
    return day


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while is_free(day):
        day += timedelta(days=1)
    return day


def after(day: date, months: float) -> date:
    """About so many months later (or earlier), as a calendar day."""
    return day + timedelta(days=round(months * MONTH))


def clock(day: date, minutes: int) -> datetime:
    """A moment of the working day in Oslo, so many minutes after half past eight; in UTC, as the database gives it."""
    return _morning(day) + timedelta(minutes=minutes)


@functools.lru_cache(maxsize=20_000)
def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 30), OSLO).astimezone(UTC)
