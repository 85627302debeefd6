"""The weeks of many participants, counted once for all that are alike.

Those who are in the same groups for the whole of a week, with own hours at the same times, have the same week. So a
week is described by what decides it – the days of the programme and of leave in it, the groups with the days in them,
the times of the own hours – and laid out only where no participant before had one like it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from samlop.core.prepared import prepared
from samlop.hours.counting import WeekSum, week_of
from samlop.hours.days import Days, days_between
from samlop.hours.models import ClassMember, OwnException, OwnSlot
from samlop.hours.regime import Regime
from samlop.hours.sessions import Session, group_sessions, hours_of, in_order, touching
from samlop.law.acts import ActId

Part = tuple[UUID, date, date]
"""A group or a kind of own hour, with the first and last day of it in a week."""
Moved = tuple[tuple[date, time | None, time | None], ...]

OWN = ("municipality_id", "unit_id", "weekday", "starts", "ends", "pattern", "provider", "content", "lessons")
"""What decides how an own hour counts; the place and the step do not."""


DAY = timedelta(days=1)


class Described(NamedTuple):
    """What decides how a week counts; days are numbers from Monday."""

    municipality_id: UUID
    act: ActId
    own_activity: bool
    has_start: bool
    begins: int
    ends: int
    leaves: tuple[tuple[int, int], ...]
    groups: tuple[tuple[UUID, int, int], ...]
    own: tuple[tuple[UUID, int, int, Any], ...]


class Own(NamedTuple):
    """An own hour of one participant: one with the same times (``like``), its period and the days that differ."""

    like: UUID
    first: date
    last: date
    moved: Moved


@dataclass
class Plans:
    """What a number of participants have in whole weeks, as it is read once for all of them."""

    mondays: Sequence[date]
    groups: Mapping[UUID, list[Part]]
    own: Mapping[UUID, list[Own]]
    sessions: Mapping[tuple[UUID, date], list[Session]]
    slots: Mapping[UUID, OwnSlot]
    days: Mapping[UUID, Days]
    kinds: dict[Described, int] = field(default_factory=dict)
    found: dict[tuple[int, int], WeekSum] = field(default_factory=dict)

    @property
    def first(self) -> date:
        return self.mondays[0]

    @property
    def last(self) -> date:
        return self.mondays[-1] + SUNDAY * DAY

    @classmethod
    def of(cls, case_ids: Collection[UUID], municipalities: Iterable[UUID], first: date, last: date) -> Plans:
        """Read the plans of whole weeks, from a Monday to a Sunday. Eight queries however many participants."""
        groups: dict[UUID, list[Part]] = defaultdict(list)
        same: dict[UUID, UUID] = {}  # equal keys as one object are quicker to tell from others
        for case_id, group_id, begins, ends in _memberships(list(case_ids), first, last):
            groups[case_id].append((same.setdefault(group_id, group_id), begins, ends or date.max))
        taught = {part[0] for parts in groups.values() for part in parts}
        sessions: dict[tuple[UUID, date], list[Session]] = defaultdict(list)
        for group_id, rows in group_sessions(taught, first, last).items():
            for one in rows:
                sessions[group_id, _monday(one.day)].append(one)
        own, slots = _own(case_ids, first, last)
        mondays = [first + timedelta(days=number) for number in range(0, (last - first).days, 7)]
        return cls(mondays, groups, own, sessions, slots, days_between(set(municipalities), first, last))

    def weeks(self, rule: Regime) -> list[WeekSum]:
        """Every week of a participant in the period, each laid out or the same one that somebody has had before."""
        changing, kind, found = self._changing(rule), -1, []
        for number, monday in enumerate(self.mondays):
            if kind < 0 or number in changing:
                described = self._described(rule, monday)
                kind = self.kinds.setdefault(described, len(self.kinds))
            key = (kind, number)
            week = self.found.get(key)
            if week is None:
                week = self.found[key] = self._laid_out(rule, monday, described)
            found.append(week)
        return found

    def _changing(self, rule: Regime) -> set[int]:
        """The weeks that may be of another kind than the one before: where something begins, ends or differs."""
        days = [rule.starts_on, rule.ends_on, rule.own_activity_from]
        days += [day for leave in rule.leaves for day in (leave.first, leave.last)]
        days += [day for one in self.groups.get(rule.case_id, ()) for day in one[1:]]
        for own in self.own.get(rule.case_id, ()):
            days += [own.first, own.last, *(one[0] for one in own.moved)]
        weeks = {(day - self.first).days // 7 for day in days if day is not None and self.first <= day <= self.last}
        return weeks | {number + 1 for number in weeks}

    def _described(self, rule: Regime, monday: date) -> Described:
        """What decides a week, with days as numbers from its Monday, so that the same may hold for many weeks."""
        begins = _from(rule.starts_on or monday, monday)
        ends = _until(rule.ends_on or date.max, monday)
        own = (
            (like, max(_from(first, monday), begins), min(_until(last, monday), ends), _in_week(moved, monday))
            for like, first, last, moved in self.own.get(rule.case_id, ())
        )
        groups = (
            (group, max(_from(first, monday), begins), min(_until(last, monday), ends))
            for group, first, last in self.groups.get(rule.case_id, ())
        )
        return Described(
            rule.municipality_id,
            rule.act,
            rule.own_activity(monday),
            rule.starts_on is not None,
            begins,
            ends,
            tuple((_from(one.first, monday), _until(one.last, monday)) for one in rule.leaves if _meet(one, monday)),
            tuple(sorted(one for one in groups if one[1] <= one[2])),
            tuple(sorted((one for one in own if one[1] <= one[2]), key=itemgetter(0, 1, 2))),
        )

    def _laid_out(self, rule: Regime, monday: date, described: Described) -> WeekSum:
        """A week as the one participant has it; for the others of its kind only its sums are told."""
        sessions: list[Session] = []
        for group, first, last in described.groups:
            begins, ends = monday + first * DAY, monday + last * DAY
            sessions += [one for one in self.sessions.get((group, monday), ()) if begins <= one.day <= ends]
        for like, first, last, moved in described.own:
            changes = {(like, monday + number * DAY): (starts, ends) for number, starts, ends in moved}
            period = (monday + first * DAY, monday + last * DAY)
            sessions += hours_of(self.slots[like], None, period, self.days, changes)
        return week_of(rule, monday, in_order(sessions), self.days[rule.municipality_id])


@prepared
def _memberships(cases: Collection[UUID], first: date, last: date) -> QuerySet[ClassMember, Any]:
    """(case, group, first day, last day) of those in groups."""
    rows = ClassMember.objects.filter(touching(first, last), case_id__among=cases)
    return rows.values_list("case_id", "group_id", "valid_from", "valid_to")


@prepared
def _own_hours(cases: Collection[UUID], first: date, last: date) -> QuerySet[OwnSlot, Any]:
    rows = OwnSlot.objects.filter(touching(first, last), case_id__among=cases)
    return rows.values_list("case_id", "pk", "valid_from", "valid_to", *OWN)


@prepared
def _differing(slots: Collection[UUID], first: date, last: date) -> QuerySet[OwnException, Any]:
    """(hour, day, starts, ends) of the days that differ."""
    rows = OwnException.objects.filter(slot_id__among=slots, day__range=(first, last))
    return rows.order_by("day").values_list("slot_id", "day", "starts", "ends")


def _own(case_ids: Collection[UUID], first: date, last: date) -> tuple[dict[UUID, list[Own]], dict[UUID, OwnSlot]]:
    """The own hours of participants, and one hour of each kind. Two queries."""
    rows = _own_hours(list(case_ids), first, last)
    moved: dict[UUID, list[tuple[date, time | None, time | None]]] = defaultdict(list)
    for slot_id, day, starts, ends in _differing([row[1] for row in rows], first, last):
        moved[slot_id].append((day, starts, ends))
    kinds: dict[tuple[Any, ...], UUID] = {}
    slots: dict[UUID, OwnSlot] = {}
    found: dict[UUID, list[Own]] = defaultdict(list)
    for case_id, pk, begins, ends, *kind in rows:
        like = kinds.setdefault(tuple(kind), pk)
        if like == pk:
            slots[pk] = OwnSlot(pk=pk, valid_from=date.min, **dict(zip(OWN, kind, strict=True)))
        found[case_id].append(Own(like, begins, ends or date.max, tuple(moved.get(pk, ()))))
    return found, slots


SUNDAY = 6


def _from(day: date, monday: date) -> int:
    """A first day as a number from Monday: Monday where it lies before the week, past Sunday where after it."""
    return max(0, min((day - monday).days, SUNDAY + 1))


def _until(day: date, monday: date) -> int:
    """A last day as a number from Monday: Sunday where it lies after the week, before Monday where before it."""
    return max(-1, min((day - monday).days, SUNDAY))


def _in_week(moved: Moved, monday: date) -> tuple[tuple[int, time | None, time | None], ...]:
    if not moved:
        return ()
    numbered = (((day - monday).days, starts, ends) for day, starts, ends in moved)
    return tuple(one for one in numbered if 0 <= one[0] <= SUNDAY)


def _meet(leave: Any, monday: date) -> bool:
    return bool(leave.first <= monday + SUNDAY * DAY and monday <= leave.last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
