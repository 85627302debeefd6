"""Which sections a viewer sees in lists: for all participants on the list, for some of them, or not at all.

A list starts from the cases whose identity the viewer sees. A section that is open in every such relation needs no
further question; one that is open only in some is asked for again, so that what may not be seen is not there.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.access.policy import Relation
from samlop.access.scope import case_keys
from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry
from samlop.core.rights import Section


def sees_any(viewer: Viewer, section: Section) -> bool:
    """Whether the section can be seen in any relation: otherwise its columns and filters are not there."""
    return bool(viewer.relations_with(section))


def sees_all(viewer: Viewer, section: Section) -> bool:
    """Whether whoever sees a participant in the list also sees this section of the case."""
    listed = viewer.relations_with(Section.IDENTITY)
    return Relation.GRANT not in listed and listed <= viewer.relations_with(section)


def sections_everywhere(viewer: Viewer) -> list[Section]:
    """The sections open for every participant in the viewer's lists."""
    return [section for section in Section if sees_all(viewer, section)]


def journal_in_sight(viewer: Viewer) -> QuerySet[JournalEntry]:
    """The journal of the cases on the viewer's lists, as far as each case's sections may be seen.

    Where whatever opens a section also puts the case on the list, the scope of the journal says it all.
    """
    entries: QuerySet[JournalEntry] = viewer.scope(JournalEntry)
    listed = viewer.relations_with(Section.IDENTITY)
    if all(viewer.relations_with(section) <= listed for section in Section):
        return entries
    return entries.filter(case_id__in=viewer.scope(Case).values("pk"))


def open_in(viewer: Viewer, section: Section) -> Q:
    """The condition on a list of cases that the section may be seen."""
    if sees_all(viewer, section):
        return Q()
    return Q(pk__in=case_keys(viewer, viewer.relations_with(section), section))


def open_among(viewer: Viewer, section: Section, ids: Collection[UUID]) -> set[UUID]:
    """Those of the listed cases where the section may be seen. One query, none where the answer is all."""
    if not sees_any(viewer, section):
        return set()
    if sees_all(viewer, section):
        return set(ids)
    return set(Case.objects.filter(open_in(viewer, section), pk__in=ids).values_list("pk", flat=True))
