"""Everything that changes in the room, one file per noun."""

from samlop.programme.commands.complaints import accept_late, forward, note_outcome, reconsider, register_complaint
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
from samlop.programme.commands.decisions import (
    change_draft,
    discard_draft,
    note_received,
    note_registered,
    note_sent,
    propose_decision,
    sign_decision,
)
from samlop.programme.commands.delegation import delegate_signing, withdraw_signing
from samlop.programme.commands.earlier import note_nothing_earlier, take_out, write_in
from samlop.programme.commands.facts import note_certificate_given, note_end_registered, set_facts
from samlop.programme.commands.register import note_register_year

__all__ = [
    "CLARIFIES",
    "accept_late",
    "change_draft",
    "clarify_nav_need",
    "close_case",
    "delegate_signing",
    "discard_draft",
    "end_course",
    "ensure_course",
    "forward",
    "note_certificate_given",
    "note_end_registered",
    "note_mapping_done",
    "note_nothing_earlier",
    "note_outcome",
    "note_received",
    "note_register_year",
    "note_registered",
    "note_sent",
    "propose_decision",
    "reconsider",
    "register_complaint",
    "reopen",
    "set_dates",
    "set_end_goal",
    "set_facts",
    "sign_decision",
    "take_out",
    "withdraw_signing",
    "write_in",
]
