"""The time to appeal against a decision (forvaltningsloven §§ 29–30), through the law."""

from __future__ import annotations

from datetime import date

from samlop.cases.models import Case
from samlop.law.deadlines import Deadline, appeal_due, late_appeal_until
from samlop.programme.models import Decision


def appeal_deadline(case: Case, decision: Decision) -> Deadline | None:
    """The last day to appeal; none until it is known when the participant got the decision.

    Without the day of the permit the act is taken to be the newer one: the time to appeal is the same in both.
    """
    if decision.received_on is None:
        return None
    return appeal_due(decision.received_on, case.permit_granted_on or decision.received_on, case.arrived_on)


def is_late(case: Case, decision: Decision, complained_on: date) -> bool:
    """Whether a complaint came too late. It never is while nobody knows when the decision was received."""
    deadline = appeal_deadline(case, decision)
    return deadline is not None and complained_on > deadline.due


def is_over_a_year(decision: Decision, complained_on: date) -> bool:
    """Whether a late complaint can no longer be treated, whatever the reason (forvaltningsloven § 31 tredje ledd)."""
    return decision.decided_on is not None and complained_on > late_appeal_until(decision.decided_on).due
