"""Weeks that tests are about: a class in Elvestad, its hours, and the participant's own."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from samlop.cases.models import Case
from samlop.core.writing import writing
from samlop.hours.models import CalendarDay, ClassMember, ClassSlot, Group, OwnSlot
from samlop.hours.vocabulary import DayKind, Provider
from samlop.people.models import Unit
from samlop.plan.vocabulary import StepKind
from samlop.programme.models import Course
from tests.house import House

START = date(2026, 8, 3)  # a Monday, week 32
END = date(2028, 8, 2)


def clock(text: str) -> time:
    hours, __, minutes = text.partition(".")
    return time(int(hours), int(minutes or 0))


def course(case: Case, start: date | None = START, end: date | None = END, **extra: Any) -> Course:
    with writing("test"):
        return Course.objects.create(
            case=case, municipality=case.municipality, start_on=start, planned_end_on=end, **extra
        )


def group(house: House, name: str = "Spor 1", start: date = START, **extra: Any) -> Group:
    with writing("test"):
        return Group.objects.create(
            municipality=house.municipality, unit=house.units["school"], name=name, valid_from=start, **extra
        )


def join(case: Case, to: Group, start: date = START, end: date | None = None) -> ClassMember:
    with writing("test"):
        return ClassMember.objects.create(case=case, group=to, valid_from=start, valid_to=end)


def hour(of: Group | Case, weekday: int, period: str, **extra: Any) -> Any:
    """A weekly hour «09.00-11.15» of a group or a participant."""
    starts, __, ends = period.partition("-")
    values: dict[str, Any] = {
        "weekday": weekday,
        "starts": clock(starts),
        "ends": clock(ends),
        "provider": Provider.ADULT_EDUCATION if isinstance(of, Group) else Provider.WORK_PLACE,
        "content": StepKind.NORWEGIAN if isinstance(of, Group) else StepKind.LANGUAGE_PRACTICE,
        "valid_from": START,
    } | extra
    with writing("test"):
        if isinstance(of, Group):
            return ClassSlot.objects.create(group=of, **values)
        return OwnSlot.objects.create(case=of, **values)


def mark(house: House, day: date, kind: DayKind, unit: Unit | None = None, note: str = "") -> CalendarDay:
    with writing("test"):
        return CalendarDay.objects.create(municipality=house.municipality, unit=unit, day=day, kind=kind, note=note)
