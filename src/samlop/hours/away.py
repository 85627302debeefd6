"""Whole days away by reason, for the time that absence adds to the programme (``programme.absences.SOURCES``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from samlop.hours.leaves import on_leave, pauses
from samlop.hours.models import Absence
from samlop.law.absence import reasons
from samlop.law.dates import Period, is_working_day


def working_days_away(case_ids: Collection[UUID]) -> dict[UUID, Counter[str]]:
    """Working days by reason for each case that has any. Two queries.

    Absence of some hours of a day, absence without a settled reason and absence that was withdrawn are left out, and so
    are days of a leave granted by decision, which the programme counts itself, and of a stop. A day counts once for
    each reason.
    """
    rows = Absence.objects.filter(
        case_id__in=case_ids, withdrawn_at__isnull=True, merged_into__isnull=True, hours__isnull=True
    ).exclude(code="")
    leaves = pauses(case_ids)
    days = {
        (row.case_id, row.code, day)
        for row in rows
        if row.code in reasons()
        for day in Period(row.first_day, row.last_day).days()
        if is_working_day(day) and not on_leave(leaves.get(row.case_id, ()), day)
    }
    found: dict[UUID, Counter[str]] = {}
    for case_id, code, _day in days:
        found.setdefault(case_id, Counter())[code] += 1
    return found
