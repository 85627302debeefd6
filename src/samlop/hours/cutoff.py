"""The day after which a change of a month is a correction of it: the payment is made ready on what stood then."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from samlop.core.prepared import prepared
from samlop.core.templatetags.samlop import day as written
from samlop.core.time import add_months, today
from samlop.hours.models import AttendanceRules
from samlop.law.dates import Month


def rules_of(municipalities: Collection[UUID]) -> dict[UUID, AttendanceRules]:
    """The municipalities' own days, the usual ones where they have not chosen. One query."""
    found = {row.municipality_id: row for row in _rules(municipalities)}
    return {key: found.get(key) or AttendanceRules(municipality_id=key) for key in municipalities}


@prepared
def _rules(municipalities: Collection[UUID]) -> QuerySet[AttendanceRules]:
    return AttendanceRules.objects.filter(municipality_id__among=municipalities)


def cutoff_of(rules: AttendanceRules, month: Month) -> date:
    """The last day on which the month can be changed before the payment is made ready."""
    return add_months(month.first, 1).replace(day=rules.cutoff_day)


def closed_month(municipality_id: UUID, first: date, on: date | None = None) -> Month | None:
    """The month of a day where it is past its cut-off; none while it can still be changed."""
    month = Month(first.year, first.month)
    rules = rules_of([municipality_id])[municipality_id]
    return month if (on or today()) > cutoff_of(rules, month) else None


def correction_text(municipality_id: UUID, first: date) -> str:
    """What to say when a change came after the cut-off; empty when it came in time."""
    month = closed_month(municipality_id, first)
    if month is None:
        return ""
    rules = rules_of([municipality_id])[municipality_id]
    return _(
        "Fristen for %(month)s var %(day)s. Endringen er lagret og kommer med som en rettelse i neste utbetaling."
    ) % {"month": f"{month.month:02d}.{month.year}", "day": written(cutoff_of(rules, month))}
