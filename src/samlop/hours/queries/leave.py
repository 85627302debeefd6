"""One application for leave, and what the form for a new one needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.cases.after_move import last_day_to_settle, moved_on, settles_up, takes_settling
from samlop.cases.models import Case
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import OSLO
from samlop.hours.account import Account, label_of
from samlop.hours.applying import Effect, effect
from samlop.hours.models import Leave
from samlop.law.dates import Period
from samlop.programme.spans import course_facts


@dataclass
class LeavePage:
    """An application with what it would do and what speaks against it.

    ``moved_on`` is the last day that can be granted here where the participant has moved, ``settles_until`` the day by
    which it is answered.
    """

    case: Case
    leave: Leave
    effect: Effect
    may_write: bool
    may_propose: bool
    moved_on: date | None = None
    settles_until: date | None = None

    @property
    def label(self) -> str:
        return label_of(self.leave.code)


@query(section=Section.HOURS)
def one_leave(viewer: Viewer, case: Any, leave_id: UUID) -> LeavePage:
    """One application of the case. Raises ``Refused('not_found')``."""
    leave = Leave.objects.select_related("decision", "asked_by").filter(case=case, pk=leave_id).first()
    if leave is None:
        raise not_found()
    account = Account.of(case)
    asked_on = leave.asked_at.astimezone(OSLO).date()
    found = effect(
        account,
        leave.code,
        Period(leave.first_day, min(leave.last_day, moved_on(case) or leave.last_day)),
        _planned_end(case),
        child_born=leave.child_born,
        asked_on=asked_on,
    )
    staff = not viewer.is_participant
    takes = takes_settling(case) if staff else case.is_open
    waits = leave.withdrawn_at is None and leave.decision_id is None and takes
    rights = case.viewer_rights
    return LeavePage(
        case,
        leave,
        found,
        may_write=waits and rights[Section.HOURS] >= Right.CONTRIBUTE,
        may_propose=staff and waits and rights[Section.PROGRAMME] >= Right.CONTRIBUTE,
        moved_on=moved_on(case),
        settles_until=last_day_to_settle(case) if settles_up(case) else None,
    )


@query(section=Section.HOURS, right=Right.CONTRIBUTE)
def to_ask(viewer: Viewer, case: Any) -> tuple[Case, Account, date | None]:
    """What the form for an application needs: the account, and the programme's last day."""
    return case, Account.of(case), _planned_end(case)


def _planned_end(case: Any) -> date | None:
    """The programme's last day; none where it has ended, and no leave makes it longer."""
    fact = course_facts([case.pk])[case.pk]
    return None if fact.has_ended else fact.last_day
