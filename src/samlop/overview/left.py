"""Participants who have moved away, where their old municipality still has something to finish.

They are in no list of those who work with open cases; but what the old municipality decides of its own time – leave,
deduction, claims, complaints – is nobody else's to do (``cases.after_move``, ``programme.finishing``).
"""

from __future__ import annotations

from datetime import date

from samlop.access.viewer import Viewer
from samlop.benefit import due as benefit
from samlop.cases.after_move import SETTLED_AFTERWARDS
from samlop.cases.caseload import Caseload, loaded, worked_with
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.queries import query
from samlop.core.time import now
from samlop.programme.dues import after_move


@query(scoped="starts from viewer.scope(Case), narrowed to cases the viewer or the viewer's unit is in")
def left_load(viewer: Viewer, on: date) -> Caseload:
    """The moved cases that the viewer worked with, where the last payments are settled still or something else waits.

    One query where nobody has moved; the older cases are asked about in four more, however many.
    """
    rows = worked_with(viewer, viewer.scope(Case).filter(status=CaseStatus.MOVED), on)
    moved = dict(rows.values_list("pk", "closed_at"))
    older = [key for key, at in moved.items() if at is not None and at + SETTLED_AFTERWARDS <= now()]
    waiting = after_move.waiting(older) | benefit.waiting(older) if older else set()
    wanted = moved.keys() - set(older) | waiting
    return loaded(viewer, viewer.scope(Case).filter(pk__in=wanted), on) if wanted else Caseload(viewer=viewer)
