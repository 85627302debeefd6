"""When the participant moves to another municipality: nothing of the benefit goes along.

What is known of other benefits, work and family is asked anew there, and what was paid too much or too little is the
old municipality's to settle. What is open then is told in its journal, so that it is not forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable

from samlop.access.viewer import Viewer
from samlop.benefit.corrections import OPEN
from samlop.benefit.instalments import rest_of
from samlop.benefit.models import Correction, RepaymentPlan
from samlop.benefit.vocabulary import PlanState
from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section


def carry(old: Case, new: Case, by: Viewer) -> Iterable[Entry]:
    """Tell what is open in the case that is left; nothing is written in the new one."""
    differences = Correction.objects.filter(case=old, state__in=OPEN)
    plans = RepaymentPlan.objects.filter(case=old, state=PlanState.CONFIRMED).prefetch_related("instalments")
    rest = sum(rest_of(plan) for plan in plans)
    count = differences.count()
    if not count and not rest:
        return []
    data = {"count": count, "rest_ore": rest}
    return [Entry(code="benefit.open_at_move", section=Section.ECONOMY, case=old, data=data)]
