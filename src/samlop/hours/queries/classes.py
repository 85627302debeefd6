"""The class list of a day, and the days whose roll nobody has taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Permission, Right
from samlop.core.time import now, today
from samlop.hours import list_state
from samlop.hours.account import label_of
from samlop.hours.leaves import GrantedLeave, pauses
from samlop.hours.list_state import members_on
from samlop.hours.models import Absence, AbsenceReport, ClassMember, Group, Roll
from samlop.hours.month import untaken_days
from samlop.hours.sessions import Session, group_sessions
from samlop.hours.vocabulary import Reporter

BACK_DAYS = 14
"""How far back untaken rolls are listed; older ones are told of before the payment (``hours.month``)."""
NEAR_DAYS = 21


@dataclass(frozen=True)
class Row:
    """One participant on the list: there, unless there is an absence, a leave or a stop."""

    case: Case
    absence: Absence | None = None
    leave: GrantedLeave | None = None
    may: bool = False

    @property
    def state(self) -> str:
        """What stands beside the name."""
        if self.leave is not None and self.leave.is_stop:
            return _("Programmet er stanset")
        if self.leave is not None:
            return _("Permisjon: %(reason)s") % {"reason": label_of(self.leave.code)}
        if self.absence is None:
            return _("Til stede")
        if self.absence.hours is None:
            return _("Borte hele dagen")
        return _("Borte %(hours)s timer") % {"hours": f"{self.absence.hours.normalize():f}".replace(".", ",")}

    @property
    def token(self) -> str:
        """What the page carries of this row, so that a colleague's change in the meantime is seen."""
        return list_state.token(self.absence)

    @property
    def reason(self) -> str:
        return label_of(self.absence.code) if self.absence else ""

    @property
    def told(self) -> list[str]:
        """Who has told, with the names of staff and not of the participant."""
        reports = self.absence.reports.all() if self.absence else ()
        return [
            _("meldt av deltakeren") if one.reporter == Reporter.PARTICIPANT else one.told_by_name for one in reports
        ]


@dataclass
class ClassList:
    """The list of a group on a day."""

    group: Group
    day: date
    rows: list[Row] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    roll: Roll | None = None
    before: date | None = None
    after: date | None = None
    may_take: bool = False

    @property
    def away(self) -> int:
        return sum(1 for row in self.rows if row.absence or row.leave)

    @property
    def here(self) -> int:
        return len(self.rows) - self.away

    @property
    def mark(self) -> str:
        """Alike as long as nobody changes the list."""
        return list_state.fingerprint(
            self.roll.pk if self.roll else None, {row.case.pk: row.token for row in self.rows}
        )

    @property
    def stamp(self) -> str:
        """What the page carries of the list it shows."""
        return list_state.stamp(self.mark, now())


@query(scoped="the group and its participants through viewer.scope; nobody else is named or counted")
def class_list(viewer: Viewer, group_id: UUID, day: date) -> ClassList:
    """The list of a day. A fixed number of queries however many participants. Raises ``Refused('not_found')``."""
    group = viewer.scope(Group).select_related("unit").filter(pk=group_id).first()
    if group is None or viewer.is_participant:
        raise not_found()
    near = group_sessions([group.pk], day - timedelta(days=NEAR_DAYS), day + timedelta(days=NEAR_DAYS))[group.pk]
    days = sorted({one.day for one in near})
    found = ClassList(
        group,
        day,
        sessions=[one for one in near if one.day == day],
        roll=Roll.objects.filter(group=group, day=day).select_related("taken_by").first(),
        before=max((one for one in days if one < day), default=None),
        after=min((one for one in days if one > day), default=None),
        may_take=viewer.may(Permission.PLAN_CLASSES) and group.unit_id == viewer.unit_id and day <= today(),
    )
    found.rows = _rows(viewer, group, day, writes=found.may_take)
    return found


def _rows(viewer: Viewer, group: Group, day: date, *, writes: bool) -> list[Row]:
    cases = {one.case_id: one.case for one in members_on(viewer, group, day).select_related("case__person")}
    may = set()
    if writes:
        may = set(viewer.scope(ClassMember, Right.CONTRIBUTE).filter(group=group).values_list("case_id", flat=True))
    absences = _absences(cases, day)
    leaves = pauses(list(cases), day, day)
    rows = [
        Row(case, absences.get(key), next(iter(leaves.get(key, ())), None), key in may) for key, case in cases.items()
    ]
    return sorted(rows, key=lambda row: (row.case.person.sort_key, str(row.case.pk)))


def _absences(cases: Iterable[UUID], day: date) -> dict[UUID, Absence]:
    live = AbsenceReport.objects.filter(withdrawn_at__isnull=True).order_by("told_at")
    rows = Absence.objects.filter(
        case_id__in=list(cases), withdrawn_at__isnull=True, first_day__lte=day, last_day__gte=day
    ).order_by("first_day", "pk")
    return {row.case_id: row for row in rows.prefetch_related(Prefetch("reports", queryset=live))}


@dataclass(frozen=True)
class GroupDay:
    """A group on a day it meets."""

    group: Group
    day: date
    taken: bool = False


@dataclass
class Rolls:
    """What a teacher's unit has today, and earlier days without a roll."""

    today: list[GroupDay] = field(default_factory=list)
    untaken: list[GroupDay] = field(default_factory=list)


@query(scoped="groups of the viewer's own unit, through viewer.scope(Group); no participant is named")
def rolls(viewer: Viewer) -> Rolls:
    """The groups of the unit that meet today, and the days of the last two weeks whose roll nobody took.

    Six queries however many groups.
    """
    if not viewer.may(Permission.PLAN_CLASSES) or viewer.unit_id is None:
        return Rolls()
    on = today()
    first = on - timedelta(days=BACK_DAYS)
    ours = viewer.scope(Group).filter(unit_id=viewer.unit_id, valid_from__lte=on)
    groups = {one.pk: one for one in ours.select_related("teacher", "next_teacher")}
    if not groups:
        return Rolls()
    untaken = untaken_days(set(groups), first, on)
    held = group_sessions(list(groups), on, on)

    def mine_first(one: Group) -> tuple[bool, str]:
        return one.teacher_on(on) != viewer.user, one.name

    order = sorted(groups.values(), key=mine_first)
    return Rolls(
        [GroupDay(one, on, on not in untaken[one.pk]) for one in order if held[one.pk]],
        sorted(
            (GroupDay(groups[key], day) for key, days in untaken.items() for day in days if day < on),
            key=lambda one: (one.group.teacher_on(on) != viewer.user, one.day, one.group.name),
        ),
    )
