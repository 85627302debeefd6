"""What a day is: an ordinary programme day, a public holiday, a holiday, school-free, or one with other programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import holidays
from django.db.models import QuerySet

from samlop.core.prepared import prepared
from samlop.hours.models.calendar import CalendarDay
from samlop.hours.vocabulary import DayKind, Provider

CLOSED = (DayKind.PLANNING_DAY, DayKind.SCHOOL_FREE, DayKind.HOLIDAY)


@dataclass(frozen=True, slots=True)
class Comes:
    """Whether an hour comes on a day; ``instead`` is what comes in its place (may be empty words), else none."""

    not_at_all: bool = False
    instead: str | None = None


ORDINARY = Comes()
NOTHING = Comes(not_at_all=True)


@dataclass(frozen=True, slots=True)
class Marked:
    """One marked day of the calendar: what it is and the words beside it."""

    kind: str
    note: str = ""


@dataclass(slots=True)
class Days:
    """The marked days of one municipality: the whole municipality's under no unit, and those of single units."""

    marked: dict[date, dict[UUID | None, Marked]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, day: date, unit_id: UUID | None, kind: str, note: str) -> None:
        """Mark a day, for the whole municipality or for a unit."""
        self.marked[day][unit_id] = Marked(kind, note)

    def on(self, day: date) -> Mapping[UUID | None, Marked]:
        """What is marked on a day, by unit."""
        return self.marked.get(day, {})

    def comes(self, day: date, *, unit_id: UUID | None, provider: str, in_group: bool) -> Comes:
        """Whether an hour that a unit gives comes on a day.

        Nothing comes on a public holiday or in the participants' holiday. Where the unit is closed – or the whole
        school, for what adult education gives – the hour comes as other programme if anybody has one that day.
        """
        if public_holiday(day):
            return NOTHING
        marks = self.marked.get(day)
        if not marks:
            return ORDINARY
        whole, own = marks.get(None), marks.get(unit_id) if unit_id else None
        if whole is not None and whole.kind == DayKind.HOLIDAY:
            return NOTHING
        closed = own is not None and own.kind in CLOSED
        if own is None and whole is not None and provider == Provider.ADULT_EDUCATION:
            closed = whole.kind in CLOSED
        if closed:
            other = self.other_programme(day)
            return NOTHING if other is None else Comes(instead=other.note)
        mine = own or whole
        if in_group and mine is not None and mine.kind == DayKind.OTHER_PROGRAMME:
            return Comes(instead=mine.note)
        return ORDINARY

    def other_programme(self, day: date) -> Marked | None:
        """The other programme somebody has on a day."""
        return next((mark for mark in self.on(day).values() if mark.kind == DayKind.OTHER_PROGRAMME), None)


def days_between(municipalities: Collection[UUID], first: date, last: date) -> dict[UUID, Days]:
    """The marked days of municipalities, by municipality. One query."""
    found: dict[UUID, Days] = {key: Days() for key in municipalities}
    for municipality, unit, day, kind, note in _marked(list(found), first, last):
        found[municipality].mark(day, unit, kind, note)
    return found


@prepared
def _marked(municipalities: Collection[UUID], first: date, last: date) -> QuerySet[CalendarDay, Any]:
    rows = CalendarDay.objects.filter(municipality_id__among=municipalities, day__range=(first, last))
    return rows.values_list("municipality", "unit", "day", "kind", "note")


@lru_cache(maxsize=64)
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of Norway in a year (helligdagsfredloven, with 1 and 17 May), with their names in bokmål."""
    found = holidays.country_holidays("NO", years=year, language="no")
    return {day: str(name) for day, name in sorted(found.items())}


@lru_cache(maxsize=8192)  # the same days are asked for again and again, for every participant
def public_holiday(day: date) -> str:
    """The name of the public holiday, or empty."""
    return public_holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.isoweekday() <= 5 and not public_holiday(day)


def each_day(first: date, last: date) -> list[date]:
    """The days from first to last, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
