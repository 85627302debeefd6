"""Participants who have moved away, where their old municipality still has something to finish.

They are in no list of those who work with open cases; but what the old municipality decides of its own time – leave,
deduction, claims, complaints – is nobody else's to do (``cases.after_move``, ``programme.finishing``).
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.benefit import due as benefit
from samlop.cases.after_move import SETTLED_AFTERWARDS
from samlop.cases.caseload import Caseload, loaded
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.queries import query
from samlop.core.time import now
from samlop.programme.dues import after_move


@query(scoped="starts from viewer.scope(Case), narrowed to cases the viewer or the viewer's unit is in")
def left_load(viewer: Viewer, on: date) -> Caseload:
    """The moved cases that the viewer worked with, where the last payments are settled still or something else waits.

    One query where there are none, else as ``caseload``.
    """
    settling = Q(closed_at__gt=now() - SETTLED_AFTERWARDS)
    waits = settling | after_move.waiting() | benefit.waiting()
    return loaded(viewer, viewer.scope(Case).filter(waits, status=CaseStatus.MOVED), on)
