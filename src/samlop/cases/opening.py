"""Showing several sections of one opened case on one page: the parts the viewer may not see are left out."""

from __future__ import annotations

from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.gatekeeper import note_opened
from samlop.core.rights import Right, Section


def also_open(viewer: Viewer, case: Any, section: Section) -> bool:
    """Whether a case opened for the viewer may be shown in this section too; if so, the reading is noted."""
    if viewer.is_system:
        return True
    if case.viewer_rights[section] < Right.SEE:
        return False
    note_opened(viewer, case, [section])
    return True
