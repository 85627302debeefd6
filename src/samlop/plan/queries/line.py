"""The line of a case: what the picture, the page in words and the PDF are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.plan.line.stations import Line, line_of
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
    goals = PartialGoal.objects.filter(plan=plan, removed_at__isnull=True) if plan else []
    versions = list(PlanVersion.objects.filter(case=case).defer("content"))
    course = course_of(case)
    ended = course is not None and course.ended_on is not None
    line = line_of(
        plan=plan,
        steps=list(steps),
        partial_goals=list(goals),
        talks=[(version.number, version.talk_on) for version in versions],
        settled_on=case.settled_on,
        end_on=(course.ended_on or course.planned_end_on) if course else None,
        today=None if ended or not case.is_open else today(),
    )
    return LinePage(
        case=case,
        name=plan_name(case.permit_granted_on, case.arrived_on),
        line=line,
        participant=case.person.name,
        version=versions[0] if versions else None,
        plan=plan,
    )
