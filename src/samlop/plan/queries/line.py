"""The line of a case: what the picture, the page in words and the PDF are made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.plan.line.drawing import Picture, tall, wide
from samlop.plan.line.stations import Line, excerpt, in_words, line_of
from samlop.plan.models import PartialGoal, Plan, PlanVersion, Step
from samlop.plan.naming import plan_name
from samlop.programme.phases_of_case import course_of


@dataclass(frozen=True)
class LinePage:
    """The line with the case it is of."""

    case: Case
    name: str
    line: Line
    participant: str
    version: PlanVersion | None
    plan: Plan | None


@query(section=Section.PLAN)
def plan_line(viewer: Viewer, case: Any) -> LinePage:
    """The line of a case in the active language. Five queries however long the plan is."""
    plan = Plan.objects.filter(case=case, is_current=True).first()
    steps = Step.objects.filter(plan=plan, removed_at__isnull=True).select_related("unit") if plan else []
    versions = list(PlanVersion.objects.filter(case=case).defer("content"))
    return LinePage(
        case=case,
        name=plan_name(case.permit_granted_on, case.arrived_on),
        line=line_of_case(case, plan, list(steps), versions),
        participant=case.person.name,
        version=versions[0] if versions else None,
        plan=plan,
    )


def line_of_case(case: Case, plan: Plan | None, steps: Sequence[Step], versions: Sequence[PlanVersion]) -> Line:
    """The line of an opened case from what a page has read of its plan already. At most two queries more."""
    goals = PartialGoal.objects.filter(plan=plan, removed_at__isnull=True) if plan else []
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
