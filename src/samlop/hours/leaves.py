"""Leaves that are granted, and stops: what the signed decisions of the programme say, whoever asked for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.caseload import Caseload
from samlop.core.prepared import prepared
from samlop.law.dates import Period
from samlop.programme.absences import is_granted_leave
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision, DecisionStatus

STOPPED = "STANS"
"""Stands where a leave has its reason: the programme is stopped (integreringsloven § 18), for a time or for good."""
_KINDS = (DecisionKind.LEAVE.value, DecisionKind.STOP.value)


@dataclass(frozen=True, slots=True)
class GrantedLeave:
    """A leave in force. ``paid`` says whether the benefit is kept; ``code`` is a reason of ``samlop.law.absence``.

    Among ``pauses`` there are stops too. They take nothing of the benefit here: ``benefit.stops`` sees to that.
    """

    case_id: UUID
    decision_id: UUID
    code: str
    days: Period
    paid: bool
    signed_at: datetime

    @property
    def is_stop(self) -> bool:
        return self.code == STOPPED

    def within(self, first: date, last: date) -> Period | None:
        """The part of the leave that lies in a period."""
        inside = Period(max(first, self.days.first), min(last, self.days.last))
        return inside if inside.first <= inside.last else None


Leaves = Mapping[UUID, list[GrantedLeave]]
"""Leaves in force by case, in order of time."""


def leaves_of(caseload: Caseload) -> Leaves:
    """The leaves and stops in force of a caseload, read once however many ask in the same request."""
    return caseload.once("hours.leaves", lambda load: pauses(load.ids) if load.ids else {})


def covers(leaves: Iterable[GrantedLeave], first: date, last: date) -> bool:
    """Whether a period (both days included) lies wholly in one of the leaves, so that the reason is known."""
    return any(leave.days.first <= first and last <= leave.days.last for leave in leaves)


def granted_leaves(
    case_ids: Collection[UUID], first: date | None = None, last: date | None = None
) -> dict[UUID, list[GrantedLeave]]:
    """The leaves in force that touch a period, by case, in order of time. One query.

    A decision that a later signed one replaces does not count, nor does time off each day (ammefri): it takes no day.
    """
    found = pauses(case_ids, first, last)
    return {key: leaves for key, rows in found.items() if (leaves := [one for one in rows if not one.is_stop])}


def pauses(
    case_ids: Collection[UUID], first: date | None = None, last: date | None = None
) -> dict[UUID, list[GrantedLeave]]:
    """The leaves in force and the days on which the programme is stopped: days without programme. One query.

    A stop for good has no last day.
    """
    found: dict[UUID, list[GrantedLeave]] = defaultdict(list)
    for leave in filter(None, (_granted(row) for row in _in_force(list(case_ids)))):
        if (last is None or leave.days.first <= last) and (first is None or leave.days.last >= first):
            found[leave.case_id].append(leave)
    for leaves in found.values():
        leaves.sort(key=lambda leave: leave.days.first)
    return found


@prepared
def _in_force(cases: Collection[UUID]) -> QuerySet[Decision]:
    """Signed decisions on leave and on stopping that no later signed one replaces."""
    rows = Decision.objects.filter(case_id__among=cases, kind__in=_KINDS, status=DecisionStatus.SIGNED)
    replaced = Decision.objects.filter(status=DecisionStatus.SIGNED, replaces__isnull=False, case_id__among=cases)
    return rows.exclude(pk__in=replaced.values("replaces_id"))


def on_leave(leaves: Iterable[GrantedLeave], day: date) -> bool:
    """Whether a day lies in one of the leaves."""
    return any(leave.days.first <= day <= leave.days.last for leave in leaves)


def _granted(decision: Decision) -> GrantedLeave | None:
    data = decision.data
    if decision.kind == DecisionKind.STOP and decision.signed_at is not None:
        until = date.max if data["mode"] == "permanent" else date.fromisoformat(data["last_day"])
        days = Period(date.fromisoformat(data["first_day"]), until)
        return GrantedLeave(decision.case_id, decision.pk, STOPPED, days, True, decision.signed_at)
    if not is_granted_leave(decision) or decision.signed_at is None:
        return None
    days = Period(date.fromisoformat(data["first_day"]), date.fromisoformat(data["last_day"]))
    return GrantedLeave(decision.case_id, decision.pk, data["reason"], days, bool(data.get("paid")), decision.signed_at)


def granted_from(decision: Decision) -> tuple[date, date] | None:
    """First and last day of what a decision on leave grants; none where it grants nothing."""
    leave = _granted(decision)
    return (leave.days.first, leave.days.last) if leave is not None else None
