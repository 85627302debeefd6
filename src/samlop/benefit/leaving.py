"""When somebody leaves their unit: what they proposed and nobody has confirmed gets somebody who can speak for it.

Who proposed stays as it was: two different people are needed, and that does not change when one of them leaves. A run
belongs to the municipality and not to the one who worked it out; questions and differences follow the main contact.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from samlop.benefit.models import Correction, RepaymentPlan
from samlop.benefit.vocabulary import CorrectionState, PlanState
from samlop.cases.leaving import Leaver, Work
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.people.models import User


def theirs(leaver: Leaver) -> list[tuple[UUID, int]]:
    """Case and øre of each difference and plan they proposed in the unit's municipality, not confirmed. Two queries."""
    here = {"municipality_id": leaver.unit.municipality_id, "case__status": CaseStatus.ACTIVE}
    corrections = Correction.objects.filter(state=CorrectionState.PROPOSED, proposed_by=leaver.user, **here)
    plans = RepaymentPlan.objects.filter(state=PlanState.PROPOSED, proposed_by=leaver.user, **here)
    return [(row.case_id, row.difference_ore) for row in corrections] + [(row.case_id, -row.ore) for row in plans]


def cases(leaver: Leaver) -> Iterable[UUID]:
    return {case_id for case_id, _ore in theirs(leaver)}


def pass_on(case: Case, leaver: Leaver, heir: User | None) -> Iterable[Entry]:
    """Tell who can answer for what waits for the second person."""
    waiting = [ore for case_id, ore in theirs(leaver) if case_id == case.pk]
    if not waiting:
        return []
    data = {
        "count": len(waiting),
        "old": leaver.user.name,
        "who": heir.name if heir else leaver.unit.name,
        "from": leaver.last_day + timedelta(days=1),
    }
    return [Entry(code="benefit.proposals_passed_on", section=Section.ECONOMY, case=case, data=data)]


PROPOSALS = Work(cases, pass_on)
