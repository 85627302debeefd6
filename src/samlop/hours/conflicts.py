"""Hours that cannot both be: two at the same time, and hours outside the programme."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.core.prepared import prepared
from samlop.hours.models import ClassMember, ClassSlot, Group, OwnSlot
from samlop.hours.models.week import Hour
from samlop.hours.regime import Regime
from samlop.hours.sessions import comes_in_week, dates_of
from samlop.hours.vocabulary import WeekPattern

FAR = date.max
TWO_PATTERNS = 21
"""Days within which an hour has come in an odd and an even week, also over a year with 53 weeks."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A weekly hour as one participant has it: in a group while a member, or an own hour; both days included."""

    slot: Hour
    group: Group | None
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two hours at the same time (``other`` given), or one outside the programme; ``day`` is the first day of it."""

    one: Planned
    other: Planned | None
    day: date


def planned_ahead(case_ids: Collection[UUID], on: date) -> set[UUID]:
    """The participants with a weekly hour, own or of a group, that goes on or is yet to begin. Three queries."""
    found = set(_with_own_hours(list(case_ids), on))
    rows = [row for row in _in_groups(list(case_ids), on) if row[0] not in found]
    taught: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    for group_id, first, last in _taught({row[1] for row in rows}, on):
        taught[group_id].append((first, last or FAR))
    for case_id, group_id, joined, left, opened, closed in rows:
        first, last = max(joined, opened), min(left or FAR, closed or FAR)
        if any(max(first, begins) <= (ended := min(last, ends)) and on <= ended for begins, ends in taught[group_id]):
            found.add(case_id)
    return found


def _goes_on(on: date) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)


@prepared
def _with_own_hours(cases: Collection[UUID], on: date) -> QuerySet[OwnSlot, UUID]:
    return OwnSlot.objects.filter(_goes_on(on), case_id__among=cases).values_list("case_id", flat=True)


@prepared
def _in_groups(cases: Collection[UUID], on: date) -> QuerySet[ClassMember, Any]:
    """(case, group, and first and last day of the membership and of the group)."""
    rows = ClassMember.objects.filter(_goes_on(on), case_id__among=cases)
    return rows.values_list("case_id", "group_id", "valid_from", "valid_to", "group__valid_from", "group__valid_to")


@prepared
def _taught(groups: Collection[UUID], on: date) -> QuerySet[ClassSlot, Any]:
    """(group, first and last day) of the hours of groups."""
    rows = ClassSlot.objects.filter(_goes_on(on), group_id__among=groups)
    return rows.values_list("group_id", "valid_from", "valid_to")


def planned_hours(case_ids: Collection[UUID]) -> dict[UUID, list[Planned]]:
    """Every weekly hour of participants, past and coming. Three queries however many."""
    found: dict[UUID, list[Planned]] = defaultdict(list)
    members = list(ClassMember.objects.filter(case_id__among=list(case_ids)).select_related("group"))
    slots: dict[UUID, list[ClassSlot]] = defaultdict(list)
    for taught in ClassSlot.objects.filter(group_id__in={member.group_id for member in members}):
        slots[taught.group_id].append(taught)
    for member in members:
        for taught in slots[member.group_id]:
            found[member.case_id] += _within(
                taught,
                member.group,
                (member.valid_from, member.valid_to),
                (member.group.valid_from, member.group.valid_to),
            )
    for own in OwnSlot.objects.filter(case_id__among=list(case_ids)).select_related("step", "unit"):
        found[own.case_id] += _within(own, None)
    return found


def _within(slot: Hour, group: Group | None, *periods: tuple[date, date | None]) -> list[Planned]:
    first, last = slot.valid_from, slot.valid_to or FAR
    for begins, ends in periods:
        first, last = max(first, begins), min(last, ends or FAR)
    return [Planned(slot, group, first, None if last == FAR else last)] if first <= last else []


def conflicts(hours: Sequence[Planned], regime: Regime | None, since: date) -> list[Conflict]:
    """What cannot both be, from a day on, in order of the day."""
    found = [Conflict(one, other, day) for one, other in combinations(hours, 2) if (day := clash(one, other, since))]
    if regime is not None:
        found += [Conflict(one, None, day) for one in hours if (day := outside(one, regime, since))]
    return sorted(found, key=lambda conflict: conflict.day)


def clash(one: Planned, other: Planned, since: date) -> date | None:
    """The first day on or after ``since`` when two hours come at the same time."""
    a, b = one.slot, other.slot
    if a.weekday != b.weekday or a.starts >= b.ends or b.starts >= a.ends:
        return None
    if {a.pattern, b.pattern} == {WeekPattern.ODD.value, WeekPattern.EVEN.value}:
        return None
    first, last = max(one.first, other.first, since), min(one.last or FAR, other.last or FAR)
    near = min(last, first + timedelta(days=TWO_PATTERNS))
    return next((day for day in dates_of(a, first, near) if comes_in_week(b.pattern, day)), None)


def outside(one: Planned, regime: Regime, since: date) -> date | None:
    """The first day an hour is planned where there is no programme: before its start, or after its end.

    An hour without a last day simply stops with the programme, and one of a group is the group's.
    """
    if one.group is not None:
        return None
    if regime.starts_on is not None and one.first < regime.starts_on and regime.starts_on > since:
        return one.first
    if regime.ends_on is not None and one.last is not None and one.last > regime.ends_on and one.last >= since:
        return max(one.first, regime.ends_on)
    return None
