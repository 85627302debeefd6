"""Showing several sections of one opened case on one page, without asking the database about access for each."""

from __future__ import annotations

from typing import Any

from samlop.access.viewer import Viewer
from samlop.core.rights import Right, Section


def also_open(viewer: Viewer, case: Any, section: Section) -> bool:
    """Whether a case opened for the viewer (by a query with a section) may be shown in this section too.

    If it may, the reading is noted, exactly as if the section had been opened on its own page.
    """
    if viewer.is_system:
        return True
    if case.viewer_rights[section] < Right.SEE:
        return False
    relations = [how for (key, _section), (_case, how) in viewer.seen.items() if key == case.pk]
    viewer.seen.setdefault((case.pk, section), (case, relations[0] if relations else ""))
    return True
