"""Groups: the list, and one group with its hours, members and what cannot both be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.sight import open_in
from samlop.cases.vocabulary import CaseStatus
from samlop.cooperation.arrangements import units_in
from samlop.core.errors import not_found
from samlop.core.periods import in_force
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.hours.conflicts import Conflict, Planned, conflicts, planned_hours
from samlop.hours.models import ClassMember, ClassSlot, Group, SlotException
from samlop.hours.stood import last_day_token
from samlop.hours.vocabulary import WeekPattern
from samlop.people.models import Membership, Unit, User


@dataclass(frozen=True)
class GroupLine:
    """A group in the list; ``members`` are those the viewer may see."""

    group: Group
    members: int
    hours: int


@dataclass
class GroupList:
    """The groups of the viewer's municipality: those that run or come, and those that have ended."""

    groups: list[GroupLine]
    ended: list[GroupLine]
    units: list[Unit]
    unit_id: UUID | None


@query(scoped="starts from viewer.scope(Group) and viewer.scope(ClassMember)")
def group_list(viewer: Viewer) -> GroupList:
    """The groups. Four queries however many."""
    day = today()
    related = ("unit", "teacher", "next_teacher")
    rows = list(viewer.scope(Group).select_related(*related).order_by("unit__name", "name"))
    members = _counted(viewer.scope(ClassMember).filter(in_force(day)))
    hours = _counted(ClassSlot.objects.filter(in_force(day), group__in=rows))
    lines = [GroupLine(row, members.get(row.pk, 0), hours.get(row.pk, 0)) for row in rows]
    return GroupList(
        groups=[one for one in lines if one.group.valid_to is None or one.group.valid_to >= day],
        ended=[one for one in lines if one.group.valid_to is not None and one.group.valid_to < day],
        units=units_in(viewer.municipality_id) if viewer.municipality_id else [],
        unit_id=viewer.unit_id,
    )


def _counted(rows: Any) -> dict[UUID, int]:
    return dict(rows.order_by().values("group").annotate(number=Count("pk")).values_list("group", "number"))


@dataclass(frozen=True)
class MemberLine:
    """A member the viewer may see, with what clashes with the group's hours."""

    member: ClassMember
    clashes: list[Conflict]
    is_over: bool

    @property
    def stood(self) -> str:
        """What the page carries of the last day, so that somebody else's change of it is seen."""
        return last_day_token(self.member.valid_to)


@dataclass
class GroupPage:
    """One group."""

    group: Group
    slots: list[ClassSlot]
    past_slots: list[ClassSlot]
    members: list[MemberLine]
    past_members: list[MemberLine]
    candidates: list[Case]
    clashes: list[Conflict]
    exceptions: list[SlotException]
    staff: list[User] = field(default_factory=list)

    def week_hours(self, pattern: str) -> Fraction:
        """Clock hours in an odd or an even week."""
        comes = [slot for slot in self.slots if slot.pattern in (WeekPattern.EVERY, pattern)]
        return sum((_length(slot) for slot in comes), Fraction(0))

    @property
    def odd(self) -> Fraction:
        return self.week_hours(WeekPattern.ODD)

    @property
    def even(self) -> Fraction:
        return self.week_hours(WeekPattern.EVEN)


def _length(slot: ClassSlot) -> Fraction:
    return Fraction((slot.ends.hour - slot.starts.hour) * 60 + slot.ends.minute - slot.starts.minute, 60)


@query(scoped="starts from viewer.scope(Group); members from viewer.scope(ClassMember), others from viewer.scope(Case)")
def group_page(viewer: Viewer, group_id: UUID) -> GroupPage:
    """One group. A fixed number of queries however many members. Raises ``Refused('not_found')``."""
    group: Group | None = (
        viewer.scope(Group).select_related("unit", "teacher", "next_teacher").filter(pk=group_id).first()
    )
    if group is None:
        raise not_found()
    day = today()
    members = list(
        viewer.scope(ClassMember)
        .filter(group=group)
        .select_related("case__person", "group")
        .order_by("case__person__sort_key", "valid_from")
    )
    hours = planned_hours([member.case_id for member in members])
    since = max(day, group.valid_from)
    lines = []
    for member in members:
        found = conflicts(hours[member.case_id], None, since)
        ours = [one for one in found if group in (one.one.group, one.other.group if one.other else None)]
        lines.append(MemberLine(member, ours, member.valid_to is not None and member.valid_to < day))
    slots = list(ClassSlot.objects.filter(group=group).order_by("weekday", "starts", "valid_from"))
    now = [slot for slot in slots if slot.valid_to is None or slot.valid_to >= day]
    coming = SlotException.objects.filter(slot__group=group, day__gte=day).select_related("slot")
    return GroupPage(
        group=group,
        slots=now,
        past_slots=[slot for slot in slots if slot not in now],
        members=[line for line in lines if not line.is_over],
        past_members=[line for line in lines if line.is_over],
        candidates=_candidates(viewer, group, {m.case_id for m in members if m.valid_to is None}),
        clashes=_own_clashes(now, group, since),
        exceptions=list(coming.order_by("day")[:50]),
        staff=_staff(group),
    )


def _staff(group: Group) -> list[User]:
    """Those who can answer for the group, and whoever does."""
    at_unit = Membership.objects.filter(in_force(today()), unit_id=group.unit_id).values("user_id")
    return list(User.objects.filter(Q(pk__in=at_unit, is_active=True) | Q(pk=group.teacher_id)).order_by("name"))


def _own_clashes(slots: Iterable[ClassSlot], group: Group, since: date) -> list[Conflict]:
    return conflicts([Planned(slot, group, slot.valid_from, slot.valid_to) for slot in slots], None, since)


def _candidates(viewer: Viewer, group: Group, inside: set[UUID]) -> list[Case]:
    rows = viewer.scope(Case).filter(open_in(viewer, Section.HOURS), municipality_id=group.municipality_id)
    rows = rows.filter(status=CaseStatus.ACTIVE).filter(Q(course__ended_on__isnull=True))
    return list(rows.exclude(pk__in=inside).select_related("person").order_by("person__sort_key"))


@query(scoped="an hour of a group from viewer.scope(Group)")
def class_slot(viewer: Viewer, group_id: UUID, slot_id: UUID) -> tuple[ClassSlot, list[SlotException]]:
    """An hour of a group with its coming exceptions. Raises ``Refused('not_found')``."""
    rows = viewer.scope(ClassSlot).select_related("group")
    slot: ClassSlot | None = rows.filter(group_id=group_id, pk=slot_id).first()
    if slot is None:
        raise not_found()
    return slot, list(slot.exceptions.filter(day__gte=today()).order_by("day"))
