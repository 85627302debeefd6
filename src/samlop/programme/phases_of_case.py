"""The course of an opened case, and its phases with their days for the filter of the timeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.models import Case
from samlop.cases.timeline import Span
from samlop.core.prepared import prepared
from samlop.core.time import add_months
from samlop.programme.models import Course
from samlop.programme.phases import START_MONTHS, Phase, end_phase_starts

DAY = timedelta(days=1)


def course_of(case: Case) -> Course | None:
    """The course of a case, or none. Asked for once however many parts of a page need it: it is kept on the case."""
    related = Course._meta.get_field("case").remote_field
    if not related.is_cached(case):
        related.set_cached_value(case, next(iter(_courses(case.pk)), None))
    found = cast("Course | None", related.get_cached_value(case))
    if found is not None:
        found.case = case
    return found


@prepared
def _courses(case: UUID) -> QuerySet[Course]:
    return Course.objects.filter(case_id=case).select_related("mapping_done_by", "nav_need_clarified_by")


def spans(case: Case) -> list[Span]:
    """The phases that the case's course has; none before it has a start. At most one query."""
    course = course_of(case)
    if course is None or course.start_on is None:
        return []
    return spans_of(course.start_on, course.ended_on or course.planned_end_on)


def spans_of(start_on: date, end_on: date | None) -> list[Span]:
    """The days of each phase, as ``phases.phase`` gives them one by one."""
    during = add_months(start_on, START_MONTHS)
    found = [Span(Phase.BEFORE, Phase.BEFORE.label, None, start_on - DAY)]
    if end_on is None:
        return [*found, _span(Phase.START, start_on, during - DAY), _span(Phase.DURING, during, None)]
    ending = max(end_phase_starts(end_on), during)
    parts = [
        _span(Phase.START, start_on, min(during - DAY, end_on)),
        _span(Phase.DURING, during, ending - DAY),
        _span(Phase.END, ending, end_on),
        _span(Phase.AFTER, end_on + DAY, None),
    ]
    return found + [part for part in parts if part.last is None or part.first is None or part.first <= part.last]


def _span(phase: Phase, first: date, last: date | None) -> Span:
    return Span(phase, phase.label, first, last)
