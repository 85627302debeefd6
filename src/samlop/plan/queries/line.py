"""The line of a case: what the picture, the page in words and the PDF are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.plan.current import current_plan
from samlop.plan.line.of_case import line_of_case
from samlop.plan.line.stations import Line
from samlop.plan.models import Plan, PlanVersion, Step
from samlop.plan.naming import plan_name


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
    plan = current_plan(case.pk)
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
