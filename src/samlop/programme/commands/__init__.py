"""Everything that changes in the room, one file per noun."""

from samlop.programme.commands.course import (
    CLARIFIES,
    clarify_nav_need,
    close_case,
    end_course,
    ensure_course,
    note_mapping_done,
    reopen,
    set_dates,
    set_end_goal,
)
from samlop.programme.commands.decisions import propose_decision

__all__ = [
    "CLARIFIES",
    "clarify_nav_need",
    "close_case",
    "end_course",
    "ensure_course",
    "note_mapping_done",
    "propose_decision",
    "reopen",
    "set_dates",
    "set_end_goal",
]
