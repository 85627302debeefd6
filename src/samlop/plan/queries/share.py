"""How many of a municipality's plans came in time."""

from __future__ import annotations

from datetime import date

from django.db.models import DateField, F, Func, Min

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.models import PlanFrom
from samlop.cooperation.queries import arrangement_of
from samlop.core.queries import query
from samlop.core.time import add_months, today
from samlop.plan.deadlines import OnTime
from samlop.plan.models import PlanVersion


class _MonthsAfter(Func):
    """The same day so many months later, as ``core.time.add_months`` counts it."""

    template = "(%(expressions)s + %(months)s * interval '1 month')::date"
    output_field = DateField()

    def __init__(self, day: F, months: int) -> None:
        super().__init__(day, months=int(months))


COUNTS_FROM = {PlanFrom.SETTLEMENT.value: "settled_on", PlanFrom.START.value: "course__start_on"}
"""Where the day that the deadline counts from is found, seen from a case."""


@query(scoped="starts from viewer.scope(PlanVersion) and viewer.scope(Case), narrowed to the viewer's municipality")
def plans_on_time(viewer: Viewer, on: date | None = None, settled_from: date | None = None) -> OnTime:
    """Plans approved within the municipality's months of settlement – or of the programme's start, where it counts from
    that – of those whose day for it has come (k of n).

    ``settled_from`` narrows to those settled from a day on. A fixed number of queries.
    """
    day = on or today()
    if viewer.municipality_id is None:
        return OnTime(0, 0)
    ours = arrangement_of(viewer.municipality_id)
    months, counts_from = ours.plan_deadline_months, COUNTS_FROM[ours.plan_deadline_from]
    begun = {f"{counts_from}__lte": add_months(day, -months)}
    cases = viewer.scope(Case).filter(municipality_id=viewer.municipality_id, **begun)
    if settled_from is not None:
        cases = cases.filter(settled_on__gte=settled_from)
    base = cases.annotate(due_on=_MonthsAfter(F(counts_from), months)).filter(due_on__lte=day)
    approved = (
        viewer.scope(PlanVersion)
        .filter(case_id__in=base.values("pk"))
        .order_by()
        .values("case_id")
        .annotate(first=Min("talk_on"), due_on=_MonthsAfter(F(f"case__{counts_from}"), months))
        .filter(first__lte=F("due_on"))
    )
    return OnTime(k=approved.count(), n=base.count())
