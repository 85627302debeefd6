"""Everything that changes the plan, one file per noun. Each takes keyword arguments, last ``by``."""

from samlop.plan.commands.contradictions import mark_contradiction, settle_contradiction
from samlop.plan.commands.contributions import (
    discard_draft,
    save_draft,
    share_draft,
    withdraw_contribution,
    write_contribution,
)
from samlop.plan.commands.goals import (
    add_partial_goal,
    change_partial_goal,
    mark_material_change,
    open_plan,
    reach_partial_goal,
    remove_partial_goal,
    restore_partial_goal,
    set_end_goal,
    set_long_term_goal,
    set_norwegian_goal,
)
from samlop.plan.commands.steps import StepDetails, add_step, change_step, remove_step, report_step, restore_step
from samlop.plan.commands.versions import Interpreter, TookPart, make_version

__all__ = [
    "Interpreter",
    "StepDetails",
    "TookPart",
    "add_partial_goal",
    "add_step",
    "change_partial_goal",
    "change_step",
    "discard_draft",
    "make_version",
    "mark_contradiction",
    "mark_material_change",
    "open_plan",
    "reach_partial_goal",
    "remove_partial_goal",
    "remove_step",
    "report_step",
    "restore_partial_goal",
    "restore_step",
    "save_draft",
    "set_end_goal",
    "set_long_term_goal",
    "set_norwegian_goal",
    "settle_contradiction",
    "share_draft",
    "withdraw_contribution",
    "write_contribution",
]
