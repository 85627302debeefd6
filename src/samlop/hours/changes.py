"""What has changed about a month since a moment: the corrections that a payment made ready then has not seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from samlop.hours.leaves import granted_from
from samlop.hours.models import Absence, AbsenceChange, Roll
from samlop.law.dates import Month
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision, DecisionStatus


class ChangeKind(StrEnum):
    """What happened."""

    TOLD = "told"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class MonthChange:
    """One change of a participant's month: when, what, and the absence or the decision it is about."""

    case_id: UUID
    at: datetime
    kind: ChangeKind
    about: UUID


def changes_since(municipality_id: UUID, month: Month, moment: datetime) -> list[MonthChange]:
    """Every change after ``moment`` of absence and leave that touches the month, in order. Four queries.

    An absence moved out of the month counts by the days it had before. Whether a change moves any amount is for the one
    who asks: this says where to look.
    """
    found = [
        *_told(municipality_id, month, moment),
        *_changed(municipality_id, month, moment),
        *_leaves(municipality_id, month, moment),
    ]
    return sorted(found, key=lambda one: (one.at, str(one.about)))


def rolls_since(municipality_id: UUID, month: Month, moment: datetime) -> int:
    """How many rolls of the month were taken after ``moment``."""
    rolls = Roll.objects.filter(group__municipality_id=municipality_id, day__range=(month.first, month.last))
    return rolls.filter(taken_at__gt=moment).count()


def _touches(month: Month, prefix: str = "") -> Q:
    return Q(**{f"{prefix}first_day__lte": month.last, f"{prefix}last_day__gte": month.first})


def _told(municipality_id: UUID, month: Month, moment: datetime) -> Iterator[MonthChange]:
    rows = Absence.objects.filter(_touches(month), municipality_id=municipality_id)
    late = rows.filter(Q(told_at__gt=moment) | Q(withdrawn_at__gt=moment))
    for key, case_id, told, gone in late.values_list("pk", "case_id", "told_at", "withdrawn_at"):
        if told > moment:
            yield MonthChange(case_id, told, ChangeKind.TOLD, key)
        if gone is not None and gone > moment:
            yield MonthChange(case_id, gone, ChangeKind.WITHDRAWN, key)


def _changed(municipality_id: UUID, month: Month, moment: datetime) -> Iterator[MonthChange]:
    rows = AbsenceChange.objects.filter(
        _touches(month) | _touches(month, "absence__"), municipality_id=municipality_id, at__gt=moment
    )
    for key, case_id, at in rows.values_list("absence_id", "case_id", "at"):
        yield MonthChange(case_id, at, ChangeKind.CHANGED, key)


def _leaves(municipality_id: UUID, month: Month, moment: datetime) -> Iterator[MonthChange]:
    """Signed since; a decision that replaces another counts by the days of both."""
    rows = Decision.objects.filter(
        municipality_id=municipality_id, kind=DecisionKind.LEAVE, status=DecisionStatus.SIGNED, signed_at__gt=moment
    ).select_related("replaces")
    for row in rows:
        spans = [granted_from(one) for one in (row, row.replaces) if one is not None]
        if row.signed_at is not None and any(_in(span, month) for span in spans if span is not None):
            yield MonthChange(row.case_id, row.signed_at, ChangeKind.LEAVE, row.pk)


def _in(span: tuple[date, date], month: Month) -> bool:
    return span[0] <= month.last and span[1] >= month.first
