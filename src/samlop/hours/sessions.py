"""The hours that really come: the week's plan laid over the days of the calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.cases.models import Case
from samlop.core.prepared import prepared
from samlop.core.time import iso_week
from samlop.hours.days import Days, days_between
from samlop.hours.models import ClassMember, ClassSlot, Group, OwnException, OwnSlot, SlotException
from samlop.hours.models.week import Hour
from samlop.hours.vocabulary import WeekPattern
from samlop.plan.vocabulary import StepKind
from samlop.programme.models import Course


@dataclass(frozen=True, slots=True)
class Session:
    """One hour on one day, for a group or a participant. ``hours`` are clock hours (a fraction of an hour is exact).

    A day with other programme keeps the group's time of day; the content is then «annet» and the place says what it is.
    """

    day: date
    starts: time
    ends: time
    provider: str
    content: str
    lessons: int | None
    place: str
    group_id: UUID | None
    slot_id: UUID
    theme: str = ""

    @property
    def hours(self) -> Fraction:
        """Clock hours from start to end."""
        minutes = (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute
        return Fraction(minutes, 60)


class Bounds(NamedTuple):
    """First and last day something can come; none where it is open."""

    first: date | None
    last: date | None

    def within(self, first: date, last: date) -> tuple[date, date]:
        """The part of a period that is inside; the last day is before the first where nothing is."""
        return max(first, self.first or first), min(last, self.last or last)


Changes = Mapping[tuple[UUID, date], tuple[time | None, time | None]]


def group_sessions(groups: Collection[UUID], first: date, last: date) -> dict[UUID, list[Session]]:
    """The hours of groups on the days from ``first`` to ``last`` (both included), in order of time.

    Four queries however many groups.
    """
    found: dict[UUID, list[Session]] = {key: [] for key in groups}
    slots = _class_hours(list(found), first, last)
    days = days_between({slot.group.municipality_id for slot in slots}, first, last)
    changes = _changes(SlotException, [slot.pk for slot in slots], first, last)
    for slot in slots:
        bounds = Bounds(slot.group.valid_from, slot.group.valid_to)
        found[slot.group_id] += hours_of(slot, slot.group, bounds.within(first, last), days, changes)
    return {key: in_order(rows) for key, rows in found.items()}


def case_sessions(case_ids: Collection[UUID], first: date, last: date) -> dict[UUID, list[Session]]:
    """The hours of participants on the days from ``first`` to ``last`` (both included), in order of time.

    What the groups they are in have, and their own hours, within the programme: nothing comes before its first day or
    after its last. Nine queries however many cases.
    """
    cases = list(Case.objects.filter(pk__among=list(case_ids)).values_list("pk", "municipality_id"))
    found: dict[UUID, list[Session]] = {key: [] for key, __ in cases}
    programme = programme_bounds(found)
    members = list(ClassMember.objects.filter(touching(first, last), case_id__among=list(found)))
    groups = group_sessions({member.group_id for member in members}, first, last)
    for member in members:
        begins, ends = programme[member.case_id].within(*Bounds(member.valid_from, member.valid_to).within(first, last))
        found[member.case_id] += [one for one in groups[member.group_id] if begins <= one.day <= ends]
    own = list(OwnSlot.objects.filter(touching(first, last), case_id__among=list(found)))
    days = days_between({slot.municipality_id for slot in own}, first, last)
    changes = _changes(OwnException, [slot.pk for slot in own], first, last)
    for slot in own:
        found[slot.case_id] += hours_of(slot, None, programme[slot.case_id].within(first, last), days, changes)
    return {key: in_order(rows) for key, rows in found.items()}


def programme_bounds(case_ids: Iterable[UUID]) -> dict[UUID, Bounds]:
    """The programme's first and last day, as ended or else as planned; open where no day is known. One query."""
    found: dict[UUID, Bounds] = defaultdict(lambda: Bounds(None, None))
    rows = Course.objects.filter(case_id__among=list(case_ids))
    for case_id, start, planned, ended in rows.values_list("case_id", "start_on", "planned_end_on", "ended_on"):
        found[case_id] = Bounds(start, ended or planned)
    return found


def in_order(sessions: Iterable[Session]) -> list[Session]:
    """By day and time."""
    return sorted(sessions, key=lambda one: (one.day, one.starts, one.ends))


def hours_of(
    slot: Hour, group: Group | None, period: tuple[date, date], days: Mapping[UUID, Days], changes: Changes
) -> Iterator[Session]:
    """The days on which one weekly hour comes."""
    unit_id: UUID | None = group.unit_id if group else slot.unit_id  # type: ignore[attr-defined]
    here = days[group.municipality_id if group else slot.municipality_id]  # type: ignore[attr-defined]
    for day in dates_of(slot, *period):
        starts, ends = slot.starts, slot.ends
        if (slot.pk, day) in changes:
            moved_to, moved_end = changes[slot.pk, day]
            if moved_to is None or moved_end is None:
                continue
            starts, ends = moved_to, moved_end
        comes = here.comes(day, unit_id=unit_id, provider=slot.provider, in_group=group is not None)
        if comes.not_at_all:
            continue
        content, lessons, place, theme = slot.content, slot.lessons, slot.place, slot.theme
        if comes.instead is not None:
            content, lessons, place, theme = StepKind.OTHER, None, comes.instead or place, ""
        group_id = group.pk if group else None
        yield Session(day, starts, ends, slot.provider, content, lessons, place, group_id, slot.pk, theme)


def dates_of(slot: Hour, first: date, last: date) -> Iterator[date]:
    """The days of a weekly hour by weekday, week and its own period alone, holidays not looked at."""
    first, last = Bounds(slot.valid_from, slot.valid_to).within(first, last)
    day = first + timedelta(days=(slot.weekday - first.isoweekday()) % 7)
    while day <= last:
        if comes_in_week(slot.pattern, day):
            yield day
        day += timedelta(days=7)


def comes_in_week(pattern: str, day: date) -> bool:
    """Whether an hour comes in the week of a day, by the number of the ISO week."""
    if pattern == WeekPattern.EVERY:
        return True
    return (iso_week(day) % 2 == 1) == (pattern == WeekPattern.ODD)


def _changes(model: Any, slots: Collection[UUID], first: date, last: date) -> Changes:
    rows = _changed_days(model)(slots, first, last)
    return {(slot, day): (starts, ends) for slot, day, starts, ends in rows}


@cache
def _changed_days(model: Any) -> Any:
    """The list of (hour, day, starts, ends) of the days that differ, for hours of groups or one's own."""

    @prepared
    def changed(slots: Collection[UUID], first: date, last: date) -> QuerySet[Any, Any]:
        rows = model.objects.filter(slot_id__among=slots, day__range=(first, last))
        return cast(QuerySet[Any, Any], rows.values_list("slot", "day", "starts", "ends"))

    return changed


@prepared
def _class_hours(groups: Collection[UUID], first: date, last: date) -> QuerySet[ClassSlot]:
    return ClassSlot.objects.filter(touching(first, last), group_id__among=groups).select_related("group")


def touching(first: date, last: date) -> Q:
    """Rows with a validity that has a day in common with a period."""
    return Q(valid_from__lte=last) & (Q(valid_to__isnull=True) | Q(valid_to__gte=first))
