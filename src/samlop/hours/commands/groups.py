"""Groups: make and change them, who is in them and when, and their weekly hours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.arrangements import units_in
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry, gate
from samlop.core.organisation import note as remember
from samlop.core.periods import in_force
from samlop.core.rights import Permission, Right, Section
from samlop.core.stale import only_changed
from samlop.core.time import today
from samlop.hours import editing, stood
from samlop.hours.editing import HourValues, told
from samlop.hours.models import ClassMember, ClassSlot, Group, SlotException
from samlop.people.models import Membership, User
from samlop.people.vocabulary import Role

LONGEST_NAME = 80
MOST_AT_ONCE = 60


def _group(by: Viewer, group_id: UUID) -> Group:
    """The group, locked: two who change its members do it one after the other."""
    group: Group | None = by.scope(Group).select_for_update(of=("self",)).filter(pk=group_id).first()
    if group is None:
        raise not_found()
    return group


def _slot(by: Viewer, group_id: UUID, slot_id: UUID) -> ClassSlot:
    slot: ClassSlot | None = ClassSlot.objects.filter(group=_group(by, group_id), pk=slot_id).first()
    if slot is None:
        raise not_found()
    return slot


def _name(municipality_id: UUID, name: str, but: UUID | None = None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("missing_name", _("Skriv hva gruppen heter."), "name")
    if len(name) > LONGEST_NAME:
        raise Refused("too_long", _("Navnet kan ha høyst %(most)s tegn.") % {"most": LONGEST_NAME}, "name")
    same = Group.objects.filter(municipality_id=municipality_id, name__iexact=name, valid_to__isnull=True)
    if same.exclude(pk=but).exists():
        raise Refused("name_taken", _("Det finnes allerede en gruppe med dette navnet."), "name")
    return name


def _teacher(unit_id: UUID, user_id: UUID | None) -> User | None:
    """Who answers for a group by name. Refuses ``not_at_unit`` for somebody who does not work at the unit."""
    if user_id is None:
        return None
    row = Membership.objects.filter(in_force(today()), user_id=user_id, unit_id=unit_id, user__is_active=True)
    found = row.select_related("user").first()
    if found is None:
        raise Refused("not_at_unit", _("Velg en som arbeider i enheten."), "teacher")
    teacher: User = found.user
    return teacher


@command(permission=Permission.PLAN_CLASSES)
def make_group(*, name: str, unit_id: UUID, first_day: date, last_day: date | None = None, by: Viewer) -> Group:
    """Make a group that a unit of the municipality teaches; a teacher of the unit answers for what they make.

    Refuses ``missing_name``, ``name_taken``, ``unknown_value`` and ``period_in_disorder``.
    """
    if by.municipality_id is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ingen grupper."))
    if unit_id not in {unit.pk for unit in units_in(by.municipality_id)}:
        raise Refused("unknown_value", _("Velg en enhet i kommunen."), "unit")
    _check_period(first_day, last_day)
    group = Group.objects.create(
        municipality_id=by.municipality_id,
        unit_id=unit_id,
        name=_name(by.municipality_id, name),
        valid_from=first_day,
        valid_to=last_day,
        teacher=by.user if by.role == Role.TEACHER and by.unit_id == unit_id else None,
    )
    remember(by, "hours.group_made", {"group": group.name})
    return done(group)


def _check_period(first_day: date, last_day: date | None) -> None:
    editing.check_day(first_day, "first_day")
    if last_day is not None and last_day < first_day:
        raise Refused("period_in_disorder", _("Siste dag kan ikke være før første dag."), "last_day")


@command(permission=Permission.PLAN_CLASSES)
def change_group(
    *,
    group_id: UUID,
    name: str,
    first_day: date,
    last_day: date | None,
    teacher: UUID | None = None,
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> Group:
    """Change the name, the period and the teacher of a group; with a last day its hours and members stop there.

    ``seen`` is what the page showed: only what was changed against that is written. Raises ``ChangedMeanwhile``.
    """
    group = _group(by, group_id)
    answers = group.teacher_on(today())
    now = {
        "name": group.name,
        "first_day": group.valid_from,
        "last_day": group.valid_to,
        "teacher": str(answers.pk) if answers else "",
    }
    wanted = {"name": name, "first_day": first_day, "last_day": last_day, "teacher": str(teacher) if teacher else ""}
    mine = now | only_changed(wanted, seen, now)
    name, first_day, last_day = mine["name"], mine["first_day"], mine["last_day"]
    if mine["teacher"] != now["teacher"]:
        group.teacher = _teacher(group.unit_id, UUID(mine["teacher"]) if mine["teacher"] else None)
        group.teacher_until = group.next_teacher = None
        remember(by, "hours.group_teacher", {"group": group.name, "who": group.teacher.name if group.teacher else ""})
    _check_period(first_day, last_day)
    before = group.name
    group.name = _name(group.municipality_id, name, group.pk)
    group.valid_from, group.valid_to = first_day, last_day
    group.save()
    if (group.name, group.valid_from, group.valid_to) != (before, now["first_day"], now["last_day"]):
        remember(by, "hours.group_changed", {"group": group.name, "before": before})
    return done(group)


@command(permission=Permission.PLAN_CLASSES)
def add_members(
    *, group_id: UUID, case_ids: Collection[UUID], first_day: date, last_day: date | None = None, by: Viewer
) -> int:
    """Put participants in a group for a period; both days included. Returns how many.

    Only participants whose week the one who does it may see. Refuses ``not_found`` for others, ``nobody_chosen``,
    ``too_many``, ``outside_group`` and ``already_member`` with the name of the one who is in it already.
    """
    group = _group(by, group_id)
    _check_period(first_day, last_day)
    wanted = sorted(set(case_ids))
    if not wanted:
        raise Refused("nobody_chosen", _("Velg minst én deltaker."), "participants")
    if len(wanted) > MOST_AT_ONCE:
        raise Refused("too_many", _("Velg høyst %(most)s om gangen.") % {"most": MOST_AT_ONCE}, "participants")
    if first_day < group.valid_from or (group.valid_to and max(first_day, last_day or first_day) > group.valid_to):
        raise Refused("outside_group", _("Gruppen finnes ikke i hele den perioden."), "first_day")
    entries = []
    for case_id in wanted:
        case = gate().lock(case_id)
        gate().authorise(by, case, Section.HOURS, Right.SEE)
        if case.municipality_id != group.municipality_id:
            raise not_found()
        _check_free(case, group, first_day, last_day)
        ClassMember.objects.create(
            case=case, municipality_id=case.municipality_id, group=group, valid_from=first_day, valid_to=last_day
        )
        entries.append(_entry("hours.joined_group", case, group, first_day=first_day))
    return done(len(wanted), *entries)


def _check_free(case: Case, group: Group, first_day: date, last_day: date | None) -> None:
    there = ClassMember.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first_day), case=case, group=group)
    if (there.filter(valid_from__lte=last_day) if last_day else there).exists():
        text = _("%(name)s er allerede i gruppen i den perioden.") % {"name": case.person.name}
        raise Refused("already_member", text, "participants")


@command(permission=Permission.PLAN_CLASSES)
def end_membership(*, group_id: UUID, member_id: UUID, last_day: date, seen: str | None = None, by: Viewer) -> None:
    """Let a participant leave a group after a day; one who then never was in it is taken out.

    ``seen`` is what the page carried of the last day (``hours.stood``).
    """
    group = _group(by, group_id)
    member = ClassMember.objects.filter(group=group, pk=member_id).first()
    if member is None:
        raise not_found()
    case = gate().lock(member.case_id)
    gate().authorise(by, case, Section.HOURS, Right.SEE)
    editing.check_day(last_day, "last_day")
    stood.check_last_day(member.valid_to, last_day, seen)
    if member.valid_to is not None and member.valid_to < last_day:
        raise Refused("already_ended", _("Deltakeren er allerede ute av gruppen før den dagen."), "last_day")
    if last_day < member.valid_from - timedelta(days=1):
        text = _("Deltakeren kom i gruppen %(day)s. Siste dag kan ikke være før det.")
        raise Refused("period_in_disorder", text % {"day": f"{member.valid_from:%d.%m.%Y}"}, "last_day")
    if last_day < member.valid_from:
        member.delete()
    else:
        member.valid_to = last_day
        member.save()
    return done(None, _entry("hours.left_group", case, group, last_day=last_day))


def _entry(code: str, case: Any, group: Group, **days: date) -> Entry:
    data = {"group": group.name, **{name: day.isoformat() for name, day in days.items()}}
    return Entry(code=code, section=Section.HOURS, case=case, data=data)


@command(permission=Permission.PLAN_CLASSES)
def add_class_slot(*, group_id: UUID, values: HourValues, weekdays: Collection[int] = (), by: Viewer) -> ClassSlot:
    """Give a group a weekly hour, on each of ``weekdays`` where several are given. Returns the first."""
    group = _group(by, group_id)
    made = []
    for weekday in sorted(set(weekdays)) or [values.weekday]:
        one = editing.check(HourValues(**{**values.as_dict(), "weekday": weekday}))
        made.append(ClassSlot.objects.create(group=group, **one.as_dict()))
    for slot in made:
        remember(by, "hours.class_slot_added", {"group": group.name, **told(slot)})
    return done(made[0])


@command(permission=Permission.PLAN_CLASSES)
def change_class_slot(
    *, group_id: UUID, slot_id: UUID, values: HourValues, seen: Mapping[str, Any] | None = None, by: Viewer
) -> ClassSlot:
    """Change a group's hour from the first day of the new values; the days before stay as they were.

    ``seen`` is what the page showed of it: only what was changed against that is written. Raises ``ChangedMeanwhile``.
    """
    slot = _slot(by, group_id, slot_id)
    now = editing.replace(slot, editing.against_seen(slot, values, seen))
    remember(by, "hours.class_slot_changed", {"group": now.group.name, **told(now)})
    return done(now)


@command(permission=Permission.PLAN_CLASSES)
def stop_class_slot(*, group_id: UUID, slot_id: UUID, last_day: date, seen: str | None = None, by: Viewer) -> None:
    """End a group's hour after a day; one that has not begun and then never comes is removed.

    ``seen`` is what the page carried of its last day (``hours.stood``).
    """
    slot = _slot(by, group_id, slot_id)
    stood.check_last_day(slot.valid_to, last_day, seen)
    data = {"group": slot.group.name, **told(slot), "last_day": last_day.isoformat()}
    editing.stop(slot, last_day)
    remember(by, "hours.class_slot_stopped", data)
    return done(None)


@command(permission=Permission.PLAN_CLASSES)
def except_class_slot(
    *,
    group_id: UUID,
    slot_id: UUID,
    day: date,
    starts: time | None = None,
    ends: time | None = None,
    note: str = "",
    seen: str | None = None,
    by: Viewer,
) -> SlotException:
    """Call a group's hour off on one day, or move it to another time that day; a second change replaces the first.

    ``seen`` is what the page carried of the days that differ (``hours.stood``).
    """
    slot = _slot(by, group_id, slot_id)
    editing.check_exception(slot, day, starts, ends)
    values = {"starts": starts, "ends": ends, "note": note.strip()[:200]}
    stood.check_exception(list(slot.exceptions.order_by("day")), day, (starts, ends, note.strip()[:200]), seen)
    row, __ = SlotException.objects.update_or_create(slot=slot, day=day, defaults=values)
    remember(by, "hours.class_slot_excepted", {"group": slot.group.name, **told(slot), "day": day.isoformat()})
    return done(row)


@command(permission=Permission.PLAN_CLASSES)
def drop_class_exception(*, group_id: UUID, slot_id: UUID, day: date, by: Viewer) -> None:
    """Let a group's hour come as usual again on a day."""
    slot = _slot(by, group_id, slot_id)
    removed, __ = SlotException.objects.filter(slot=slot, day=day).delete()
    if removed:
        data = {"group": slot.group.name, **told(slot), "day": day.isoformat()}
        remember(by, "hours.class_slot_as_usual", data)
    return done(None)
