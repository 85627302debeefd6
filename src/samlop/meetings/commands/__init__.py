"""Everything that changes meetings, one file per piece of work."""

from samlop.meetings.commands.actions import add_action, change_action, drop_action, finish_action, reopen_action
from samlop.meetings.commands.agenda import add_point, move_point, remove_point
from samlop.meetings.commands.holding import amend_minutes, close_meeting, note_attendance, write_minutes
from samlop.meetings.commands.planning import cancel_meeting, invite, move_meeting, plan_meeting

__all__ = [
    "add_action",
    "add_point",
    "amend_minutes",
    "cancel_meeting",
    "change_action",
    "close_meeting",
    "drop_action",
    "finish_action",
    "invite",
    "move_meeting",
    "move_point",
    "note_attendance",
    "plan_meeting",
    "remove_point",
    "reopen_action",
    "write_minutes",
]
