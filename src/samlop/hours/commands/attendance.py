"""The class list: all are there until somebody is not. One gesture changes one person, also where two do it at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.ids import uuid7
from samlop.core.rights import Permission, Right, Section
from samlop.core.templatetags.samlop import day as written
from samlop.core.time import now, today
from samlop.hours.account import UNAUTHORISED, Account
from samlop.hours.list_state import check_here, wanted_away
from samlop.hours.merging import Told, entry, remember, reporter_of, stand, take_back, tell
from samlop.hours.models import Absence, AbsenceReport, ClassMember, Group, Roll
from samlop.hours.sessions import group_sessions

DAY = timedelta(days=1)


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def mark_away(
    *,
    case: Case,
    group_id: UUID,
    day: date,
    hours: Decimal | None = None,
    code: str = "",
    seen: str | None = None,
    shown: Mapping[str, Any] | None = None,
    by: Viewer,
) -> Absence:
    """Somebody in the group is away that day: all day, or some hours, with a reason where it is known.

    Doing it twice changes nothing; a colleague's mark and the participant's own report are the same absence. ``seen``
    and ``shown`` are what the page had (``list_state``): what a colleague has written since is not overwritten.
    """
    _in_group(case, group_id, day, by)
    hours, code = wanted_away(_standing(case, day), hours, code, seen=seen, shown=shown)
    if hours is not None and not 0 < hours <= 12:
        raise Refused("wrong_hours", _("Skriv timer mellom 0 og 12."), "hours")
    if code and (code == UNAUTHORISED or code not in {reason.code for reason in Account.of(case).reasons}):
        raise Refused("unknown_reason", _("Velg en grunn fra listen, eller «Vet ikke ennå»."), "code")
    reporter = reporter_of(by)
    entries = _other_length(case, day, hours, by)
    absence, told = tell(case, Told(day, day, hours, code, reporter), by)
    return done(absence, *entries, *told)


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def mark_here(*, case: Case, group_id: UUID, day: date, seen: str | None = None, by: Viewer) -> Case:
    """Somebody marked as away was there after all. ``seen`` is what the page had (``list_state``).

    The school's own report falls. Where somebody else has told of one day, that stands and is settled by a person; an
    absence of several days that has this day in it is made shorter or divided, and how it stood is kept.
    """
    _in_group(case, group_id, day, by)
    check_here(_standing(case, day), seen)
    rows = Absence.objects.filter(case=case, withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day)
    entries: list[Entry] = []
    why = _("Var til stede %(day)s") % {"day": written(day)}
    for absence in rows:
        if absence.first_day == absence.last_day:
            entries += take_back(absence, reporter_of(by), by, why)
        else:
            entries += _without_day(absence, day, by, why)
    return done(case, *entries)


@command(permission=Permission.PLAN_CLASSES)
def take_roll(*, group_id: UUID, day: date, by: Viewer) -> Roll:
    """The roll is taken: all were there but those marked. Kept also when nobody is away; the first one stands.

    It belongs to a group and not to a case, so no timeline tells of it.
    """
    group = _own_group(group_id, by)
    _not_ahead(day)
    if not group_sessions([group.pk], day, day)[group.pk]:
        raise Refused("not_meeting", _("Gruppen har ingen timer denne dagen."), "day")
    roll, _made = Roll.objects.get_or_create(
        group=group, day=day, defaults={"taken_at": now(), "taken_by": by.signed_in}
    )
    return roll


def _own_group(group_id: UUID, by: Viewer) -> Group:
    group: Group | None = by.scope(Group).filter(pk=group_id).first()
    if group is None:
        raise not_found()
    if group.unit_id != by.unit_id:
        raise Refused("no_own_group", _("Bare enheten som har gruppen, fører opprop for den."))
    return group


def _not_ahead(day: date) -> None:
    if day > today():
        raise Refused("future_day", _("Dagen har ikke vært ennå. Fravær fram i tid meldes i saken."), "day")


def _in_group(case: Case, group_id: UUID, day: date, by: Viewer) -> None:
    """Raise ``Refused`` unless the participant is in a group of the viewer's unit that day."""
    if by.is_participant:
        raise Refused("no_own_roll", _("Meld eget fravær på Min side."))
    _own_group(group_id, by)
    _not_ahead(day)
    until = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    if not ClassMember.objects.filter(until, case=case, group_id=group_id, valid_from__lte=day).exists():
        raise Refused("not_in_group", _("Deltakeren er ikke i gruppen denne dagen."))


def _standing(case: Case, day: date) -> Absence | None:
    """The absence that the list shows for the day."""
    rows = Absence.objects.filter(case=case, withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day)
    found: Absence | None = rows.order_by("first_day", "pk").last()
    return found


def _other_length(case: Case, day: date, hours: Decimal | None, by: Viewer) -> list[Entry]:
    """The same one said another length of the same day before: that is corrected, not one more opinion."""
    rows = Absence.objects.filter(case=case, withdrawn_at__isnull=True, first_day=day, last_day=day)
    absence = rows.first()
    if absence is None or absence.hours == hours:
        return []
    reports = absence.reports.filter(withdrawn_at__isnull=True)
    if reports.exclude(reporter=reporter_of(by)).exists():
        return []
    before = stand(absence)
    absence.hours, absence.settled_by, absence.code = hours, None, ""
    absence.revision += 1
    absence.save()
    reports.update(hours=hours)
    remember(absence, before, by, _("Timene er rettet på klasselisten"))
    return [entry(absence, "corrected", by, was_first=before[0], was_last=before[1], why="")]


def _without_day(absence: Absence, day: date, by: Viewer, why: str) -> list[Entry]:
    """Take one day out of an absence of several."""
    before = stand(absence)
    rest = (day + DAY, absence.last_day)
    if absence.first_day == day:
        absence.first_day = day + DAY
    else:
        absence.last_day = day - DAY
        if rest[0] <= rest[1]:
            _copy(absence, *rest)
    remember(absence, before, by, why)
    absence.revision += 1
    absence.save()
    return [entry(absence, "corrected", by, why=why, was_first=before[0], was_last=before[1])]


def _copy(absence: Absence, first: date, last: date) -> None:
    """The rest of an absence that is divided, with what was told of those days."""
    reports = list(absence.reports.filter(withdrawn_at__isnull=True, first_day__lte=last, last_day__gte=first))
    rest = Absence.objects.create(
        case_id=absence.case_id,
        municipality_id=absence.municipality_id,
        first_day=first,
        last_day=last,
        code=absence.code,
        documented=absence.documented,
        settled_by=absence.settled_by,
        told_at=now(),
    )
    names = ("case_id", "municipality_id", "reporter", "told_by_id", "told_by_name", "told_at", "code", "hours")
    for report in reports:
        told = {name: getattr(report, name) for name in names}
        days = {"first_day": max(first, report.first_day), "last_day": min(last, report.last_day)}
        AbsenceReport.objects.create(absence=rest, **days, **told)
    for change in absence.changes.filter(code=UNAUTHORISED):  # what a person has refused, stays refused in both parts
        change.pk, change.absence, change._state.adding = uuid7(), rest, True
        change.save()
