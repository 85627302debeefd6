"""The links of a case, and what the work places have said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.hours.models import WorkPlaceDay, WorkPlaceLink

SHOWN = 60


@dataclass
class WorkPlacePage:
    """Links and confirmed days, newest first."""

    case: Case
    links: list[WorkPlaceLink] = field(default_factory=list)
    days: list[WorkPlaceDay] = field(default_factory=list)
    may_write: bool = False


@query(section=Section.HOURS)
def work_place(viewer: Viewer, case: Any) -> WorkPlacePage:
    """The page of a case. Two queries more than opening it."""
    links = WorkPlaceLink.objects.filter(case=case).select_related("made_by")
    days = WorkPlaceDay.objects.filter(case=case).select_related("link").order_by("-day")
    staff = not viewer.is_participant
    may = staff and case.is_open and case.viewer_rights[Section.HOURS] >= Right.CONTRIBUTE
    return WorkPlacePage(case, list(links) if staff else [], list(days[:SHOWN]), may and not case.person.is_protected)
