"""What waits for somebody: one line of *Min dag*, derived from facts and never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samlop.core.rights import Right


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """One thing to do: what, for whom, by when, why, and the one action that clears it.

    ``code`` is stable («plan.review_due»); ``why`` names the paragraph, agreement, plan or meeting it comes from.
    ``unit_id``/``user_id`` is who answers (no user: the unit's to distribute). ``due_on`` is the last day in time; none
    for what has no date but should be seen. ``url`` leads to the page where it is cleared.
    """

    code: str
    case_id: UUID
    what: str
    why: str
    due_on: date | None
    unit_id: UUID | None
    user_id: UUID | None
    action: str
    url: str
    asks: Right = Right.CONTRIBUTE
    """The right that the action takes from others than the one who answers by name, in the section of the page."""
    by_unit: bool = False
    """Everybody at the unit that answers may act, whatever ``asks`` says."""
    by_name: bool = True
    """Who answers by name may act, whatever ``asks`` says; not where the policy may give them the page to read only."""
    leader_acts: bool = True
    """Where the unit that answers has named nobody, its leader may act, whatever ``asks`` says."""
    of_municipality: bool = False
    """Not about the participant alone, who is only where the line hangs: the name is not shown."""
