"""Whom a viewer can register effort for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from samlop.access.scope import case_keys
from samlop.access.viewer import Viewer
from samlop.cases.efforts import standing
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today


@query(scoped="starts from viewer.scope(Case), narrowed to the right to contribute to the plan")
def may_register_for(viewer: Viewer, wanted: Iterable[Any] = ()) -> QuerySet[Any]:
    """The cases to choose among: those asked for, or – when none are – the active ones where the viewer is named.

    Only cases that the viewer may write effort in; in Norwegian alphabetical order. One query.
    """
    if viewer.unit_id is None:
        return viewer.scope(Case).none()
    writable = case_keys(viewer, viewer.relations_with(Section.PLAN, Right.CONTRIBUTE), Section.PLAN)
    rows = viewer.scope(Case).filter(pk__in=writable).exclude(status=CaseStatus.MOVED)
    keys = list(wanted)
    if keys:
        rows = rows.filter(pk__in=keys)
    else:
        day = today()
        named = TeamMember.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day).filter(
            Q(user_id=viewer.user_id) | Q(deputy_id=viewer.user_id)
        )
        rows = rows.filter(status=CaseStatus.ACTIVE, pk__in=named.values("case_id"))
    return rows.select_related("person").order_by("person__sort_key", "pk")


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def own_effort(viewer: Viewer, case: Any, seq: int) -> JournalEntry:
    """An effort of the viewer's own unit that still stands, to be put right. Raises ``Refused('not_found')``."""
    entries = viewer.scope(JournalEntry).filter(case=case, seq=seq, unit_id=viewer.unit_id, code__startswith="effort.")
    entry = standing(entries).first() if viewer.unit_id else None
    if entry is None:
        raise not_found()
    entry.case = case
    return entry
