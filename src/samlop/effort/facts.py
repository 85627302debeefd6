"""What is read from the tables for reports and extracts; the caller has already chosen the cases and entries."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Least, TruncDate

from samlop.cases.efforts import nav_contacts
from samlop.core.time import OSLO
from samlop.effort.coverage import Period, Stay
from samlop.programme.models import NavNeed
from samlop.programme.phases_in_sql import phase_expression

WITH_PHASE = phase_expression(F("happened_on"), "case__course__")
"""The phase of a journal entry's day."""


def in_period(entries: QuerySet[Any], period: Period) -> QuerySet[Any]:
    """Entries of what happened in the period."""
    return entries.filter(happened_on__range=(period.first, period.last))


def stays(cases: QuerySet[Any], period: Period) -> list[Stay]:
    """The participants who were there on some day of the period. One query.

    A participant is there from settlement or the programme's start, whichever came first (else from registration),
    until the programme has ended or the case is closed.
    """
    registered = TruncDate("registered_at", tzinfo=OSLO)
    rows = (
        cases.order_by()
        .annotate(
            opened=Coalesce(Least("settled_on", "course__start_on"), registered),
            closed=Coalesce(F("course__ended_on"), TruncDate("closed_at", tzinfo=OSLO)),
            end_on=Coalesce(F("course__ended_on"), F("course__planned_end_on")),
        )
        .filter(Q(closed__isnull=True) | Q(closed__gte=period.first), opened__lte=period.last)
        .values_list("pk", "course__nav_need", "course__start_on", "end_on", "opened", "closed")
    )
    return [Stay(key, need or NavNeed.UNCLARIFIED, *dates) for key, need, *dates in rows]


def nav_phases(entries: QuerySet[Any], period: Period) -> dict[UUID, set[str]]:
    """Case → the phases where NAV was in contact within the period. One query."""
    rows = nav_contacts(in_period(entries, period)).annotate(phase=WITH_PHASE).order_by()
    found: dict[UUID, set[str]] = defaultdict(set)
    for case_id, phase in rows.values_list("case_id", "phase").distinct():
        found[case_id].add(phase)
    return found
