"""The line of an opened case, whole or near today, from what a query has read of its plan already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.models import Case
from samlop.core.prepared import prepared
from samlop.core.time import today
from samlop.plan.line.drawing import Picture, tall, wide
from samlop.plan.line.stations import Line, excerpt, in_words, line_of
from samlop.plan.models import PartialGoal, Plan, PlanVersion, Step
from samlop.programme.phases_of_case import course_of


def line_of_case(case: Case, plan: Plan | None, steps: Sequence[Step], versions: Sequence[PlanVersion]) -> Line:
    """The line of an opened case from what a page has read of its plan already. At most two queries more."""
    goals = _goals(plan.pk) if plan else []
    course = course_of(case)
    ended = course is not None and course.ended_on is not None
    return line_of(
        plan=plan,
        steps=steps,
        partial_goals=list(goals),
        talks=[(version.number, version.talk_on) for version in versions],
        settled_on=case.settled_on,
        end_on=(course.ended_on or course.planned_end_on) if course else None,
        today=None if ended or not case.is_open else today(),
    )


@prepared
def _goals(plan: UUID) -> QuerySet[PartialGoal]:
    return PartialGoal.objects.filter(plan_id=plan, removed_at__isnull=True)


@dataclass(frozen=True)
class Excerpt:
    """The line near today, drawn wide and for a phone, and in one sentence; how many stations were left out."""

    wide: Picture
    tall: Picture
    in_words: str
    left_out: int


def excerpt_of(line: Line) -> Excerpt:
    """What of the line stands on the page of the case, where all of it would take the whole page."""
    near, left_out = excerpt(line)
    return Excerpt(wide(near), tall(near), in_words(line), left_out)
