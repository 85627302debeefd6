"""What a month of attendance means for the benefit: the facts, not yet the kroner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from samlop.core.time import today
from samlop.hours.leaves import GrantedLeave, covers, on_leave, pauses
from samlop.hours.models import Absence, ClassMember, Roll
from samlop.hours.programme_days import ProgrammeDays
from samlop.hours.sessions import group_sessions
from samlop.law.dates import ONE_DAY, Month, Period

UNAUTHORISED = "ULEGITIMERT"


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One participant's month as the benefit needs it.

    ``absence_days`` are whole programme days and ``absence_hours`` clock hours without a valid reason;
    ``unpaid_leave`` are approved leaves without benefit, both days included. ``missing_rolls`` counts group days
    with no roll taken, ``unsettled`` absences without a reason that somebody has settled: questions before a payment.
    """

    absence_days: int = 0
    absence_hours: Fraction = Fraction(0)
    unpaid_leave: tuple[Period, ...] = field(default=())
    missing_rolls: int = 0
    unsettled: int = 0


def months_of(case_ids: Iterable[UUID], month: Month) -> dict[UUID, MonthFacts]:
    """The month of each case. A fixed number of queries however many cases.

    A day away, whole or in part, counts where the participant had something that day: an hour of the week's plan or,
    where no week is planned in the month, a working day of the programme outside the holiday. Days inside an approved
    leave or a stop never count as unauthorised.
    """
    keys = list(dict.fromkeys(case_ids))
    absences = _absences(keys, month)
    leaves = pauses(keys, month.first, month.last)
    missing = _missing_rolls(keys, month, leaves)
    away = [key for key in keys if any(row.code == UNAUTHORISED for row in absences.get(key, ()))]
    programme = ProgrammeDays.of(away, month.first, month.last)
    return {
        key: _facts(absences.get(key, []), leaves.get(key, []), Scene(key, month, programme), missing.get(key, 0))
        for key in keys
    }


@dataclass(frozen=True, slots=True)
class Scene:
    """The case, the month and the programme days that absences are counted on."""

    case_id: UUID
    month: Month
    programme: ProgrammeDays

    def inside(self, first: date, last: date) -> Period:
        """The part of a period that lies in the month."""
        return Period(max(first, self.month.first), min(last, self.month.last))

    def programme_days(self, first: date, last: date) -> set[date]:
        return self.programme.within(self.case_id, self.inside(first, last))


def _facts(absences: list[Absence], leaves: list[GrantedLeave], scene: Scene, missing: int) -> MonthFacts:
    free = {day for leave in leaves for day in scene.inside(leave.days.first, leave.days.last).days()}
    days: set[date] = set()
    hours: dict[date, Fraction] = defaultdict(Fraction)
    for row in absences:
        if row.code != UNAUTHORISED:
            continue
        held = scene.programme_days(row.first_day, row.last_day)
        if row.hours is None:
            days |= held
        elif held:
            hours[row.first_day] += Fraction(row.hours)
    days -= free
    return MonthFacts(
        absence_days=len(days),
        absence_hours=sum((n for day, n in hours.items() if day not in days | free), Fraction(0)),
        unpaid_leave=tuple(scene.inside(leave.days.first, leave.days.last) for leave in leaves if not leave.paid),
        missing_rolls=missing,
        unsettled=sum(1 for row in absences if not row.code and not covers(leaves, row.first_day, row.last_day)),
    )


def _absences(keys: list[UUID], month: Month) -> Mapping[UUID, list[Absence]]:
    found: dict[UUID, list[Absence]] = defaultdict(list)
    rows = Absence.objects.filter(
        case_id__in=keys, withdrawn_at__isnull=True, first_day__lte=month.last, last_day__gte=month.first
    )
    for row in rows.order_by("first_day", "pk"):
        found[row.case_id].append(row)
    return found


def _missing_rolls(keys: list[UUID], month: Month, leaves: Mapping[UUID, list[GrantedLeave]]) -> Mapping[UUID, int]:
    """Days that a group of the participant met, up to yesterday, and nobody took the roll."""
    missing: dict[UUID, int] = defaultdict(int)
    last = min(month.last, today() - ONE_DAY)
    if last < month.first:
        return missing
    members = list(
        ClassMember.objects.filter(case_id__in=keys, valid_from__lte=last)
        .exclude(valid_to__lt=month.first)
        .values_list("case_id", "group_id", "valid_from", "valid_to")
    )
    untaken = untaken_days({group_id for _case, group_id, _first, _last in members}, month.first, last)
    for case_id, group_id, first, until in members:
        missing[case_id] += sum(
            1
            for day in untaken[group_id]
            if first <= day <= (until or last) and not on_leave(leaves.get(case_id, ()), day)
        )
    return missing


def untaken_days(groups: set[UUID], first: date, last: date) -> dict[UUID, list[date]]:
    """The days on which groups met and nobody took the roll, in order. Five queries however many groups."""
    held = group_sessions(groups, first, last)
    taken = set(Roll.objects.filter(group_id__in=groups, day__range=(first, last)).values_list("group_id", "day"))
    return {group: sorted({one.day for one in met if (group, one.day) not in taken}) for group, met in held.items()}
