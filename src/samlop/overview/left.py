"""Participants who have moved away, where their old municipality still has something to finish.

They are in no list of those who work with open cases; but what the old municipality decides of its own time – leave,
deduction, claims, complaints – is nobody else's to do (``cases.after_move``, ``programme.finishing``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samlop.access.scope import cases_for, slots_of
from samlop.access.viewer import Viewer
from samlop.benefit import due as benefit
from samlop.cases.after_move import SETTLED_AFTERWARDS
from samlop.cases.caseload import Caseload, Shape, loaded, shape_of, worked_with
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.prepared import prepared_by_shape
from samlop.core.queries import query
from samlop.core.time import now
from samlop.programme.dues import after_move


@query(scoped="starts from viewer.scope(Case), narrowed to cases the viewer or the viewer's unit is in")
def left_load(viewer: Viewer, on: date) -> Caseload:
    """The moved cases that the viewer worked with, where the last payments are settled still or something else waits.

    One query where nobody has moved; the older cases are asked about in four more, however many.
    """
    if viewer.unit_id is None:
        return Caseload(viewer=viewer)
    moved = {key: (town, at) for key, town, at in _moved(shape_of(viewer), on=on, **slots_of(viewer))}
    older = [key for key, (_town, at) in moved.items() if at is not None and at + SETTLED_AFTERWARDS <= now()]
    waiting = after_move.waiting(older) | benefit.waiting(older) if older else set()
    towns = {key: town for key, (town, _at) in moved.items() if key in waiting or key not in older}
    return loaded(viewer, towns, on) if towns else Caseload(viewer=viewer)


@prepared_by_shape
def _moved(
    shape: Shape, on: date, user_id: UUID, unit_id: UUID, **_slots: Any
) -> QuerySet[Case, tuple[UUID, UUID, datetime | None]]:
    """(case, municipality, when it was closed) of the moved cases in the viewer's scope that the viewer worked with."""
    rows = cases_for(*shape).filter(worked_with(on, user_id, unit_id), status=CaseStatus.MOVED)
    return rows.values_list("pk", "municipality_id", "closed_at")
