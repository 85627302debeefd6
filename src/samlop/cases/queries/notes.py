"""Notes for named persons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, RestrictedNote
from samlop.cases.notes import possible_readers
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.people.models import User


@dataclass
class Notes:
    """The notes that the viewer is named in, newest first, and who could be named in a new one."""

    notes: list[RestrictedNote] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    may_write: bool = False


@query(section=Section.RESTRICTED)
def notes(viewer: Viewer, case: Any) -> tuple[Case, Notes]:
    """Only those the viewer is named in; that there are others is not told."""
    may_write = case.is_open and case.viewer_rights[Section.RESTRICTED] >= Right.CONTRIBUTE
    rows = viewer.scope(RestrictedNote).filter(case_id=case.pk)
    found = Notes(may_write=may_write, people=possible_readers(case) if may_write else [])
    found.notes = list(rows.select_related("author").prefetch_related("readers").order_by("-written_at"))
    return case, found
