"""The dated facts of many courses at once, for rooms that count on them: benefit, hours, results.

Plain functions without a viewer, for use inside a command or query that has asked who may know.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from samlop.cases.models import Case
from samlop.core.time import OSLO


@dataclass(frozen=True)
class CourseFact:
    """What is known of a case's course. ``first_day`` and ``last_day`` are days in the programme, both included.

    ``last_day`` is the actual last day where the programme has ended, else the planned one; none where neither is
    known. ``has_ended`` tells which. After a move from another municipality the first day is the day after the move:
    the days before it belong to the municipality the person moved from.
    """

    case_id: UUID
    birth_date: date | None
    permit_granted_on: date | None
    arrived_on: date | None
    first_day: date | None
    last_day: date | None
    has_ended: bool


def course_facts(case_ids: Collection[UUID]) -> dict[UUID, CourseFact]:
    """The facts of every case that exists, also of those without a course yet. One query."""
    rows = Case.objects.filter(pk__in=case_ids).values_list(
        "pk",
        "person__birth_date",
        "permit_granted_on",
        "arrived_on",
        "course__start_on",
        "course__planned_end_on",
        "course__ended_on",
        "continues__closed_at",
    )
    return {
        key: CourseFact(key, born, granted, arrived, _here(start, moved), ended or planned, ended is not None)
        for key, born, granted, arrived, start, planned, ended, moved in rows
    }


def _here(start: date | None, moved_at: datetime | None) -> date | None:
    """The first day in this municipality."""
    if start is None or moved_at is None:
        return start
    return max(start, moved_at.astimezone(OSLO).date() + timedelta(days=1))


def course_spans(case_ids: Collection[UUID]) -> dict[UUID, tuple[date, date | None]]:
    """First and last day of the programme, both included, of the cases that have a start. One query.

    The last day is the actual one where the programme has ended, else the planned one; none where neither is known.
    """
    facts = course_facts(case_ids).values()
    return {fact.case_id: (fact.first_day, fact.last_day) for fact in facts if fact.first_day is not None}
