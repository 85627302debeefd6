"""What the API reads that no page reads in the same shape."""

from __future__ import annotations

from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.exchange.api.shapes import line
from samlop.plan import current
from samlop.plan.content import EMPTY, read_content
from samlop.plan.models import PlanVersion


@query(scoped="starts from viewer.scope(Case)")
def cases(viewer: Viewer, *, offset: int, limit: int) -> dict[str, Any]:
    """A page of the cases the viewer may see, in Norwegian order of names, and how many there are."""
    rows = viewer.scope(Case)
    shown = rows.select_related("person", "owner_unit").order_by("person__sort_key", "pk")[offset : offset + limit]
    return {"count": rows.count(), "items": [line(row) for row in shown]}


@query(section=Section.PLAN)
def current_plan(viewer: Viewer, case: Any) -> dict[str, Any]:
    """The plan as it stands now, without anyone's drafts; empty where none is begun."""
    plan = current.current_plan(case.pk)
    latest = PlanVersion.objects.filter(case=case).values_list("number", flat=True).first()
    if plan is None:
        return {"revision": 0, "version": latest, "content": EMPTY}
    return {"revision": plan.revision, "version": latest, "content": read_content(case, plan)}
