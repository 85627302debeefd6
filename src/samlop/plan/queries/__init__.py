"""Everything that is read of the plan, one file per page."""

from samlop.plan.queries.line import LinePage, plan_line
from samlop.plan.queries.page import PlanPage, plan_page
from samlop.plan.queries.parts import (
    conflict_of,
    contradiction,
    contribution_to_edit,
    contributions,
    partial_goal_to_edit,
    partial_goals,
    plan_to_edit,
    responsible_choices,
    step_to_edit,
    steps,
)
from samlop.plan.queries.share import plans_on_time
from samlop.plan.queries.versions import compare_page, talk_basis, version_list, version_page

__all__ = [
    "LinePage",
    "PlanPage",
    "compare_page",
    "conflict_of",
    "contradiction",
    "contribution_to_edit",
    "contributions",
    "partial_goal_to_edit",
    "partial_goals",
    "plan_line",
    "plan_page",
    "plan_to_edit",
    "plans_on_time",
    "responsible_choices",
    "step_to_edit",
    "steps",
    "talk_basis",
    "version_list",
    "version_page",
]
