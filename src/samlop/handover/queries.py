"""The handover page, and the package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved
from samlop.cases.models import Case
from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings, arrangement_of, units_in
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.handover.checklist import PointCode
from samlop.handover.facts import facts
from samlop.handover.models import ChecklistItem, Handover, HandoverNeed
from samlop.handover.package import Package, gather
from samlop.handover.rules import is_open, lacking, opens_on
from samlop.meetings.models import Meeting, MeetingStatus
from samlop.people.models import Unit
from samlop.programme.models import Course
from samlop.programme.phases_of_case import course_of


@dataclass(frozen=True)
class PointLine:
    """A point of the checklist with its row (unsaved when nothing is marked) and what the case says about it."""

    code: PointCode
    row: ChecklistItem
    fact: str


@dataclass(frozen=True)
class HandoverPage:
    """Everything on the page."""

    case: Case
    course: Course
    handover: Handover
    settings: Settings
    opens_on: date | None
    is_open: bool
    points: list[PointLine]
    lacking: list[str]
    talk: Meeting | None
    units: list[Unit]
    income_missing: bool
    may_write: bool
    may_complete: bool

    @property
    def is_early(self) -> bool:
        """Whether the time has not come, and nobody has begun."""
        return not self.is_open and self.handover._state.adding

    @property
    def open_points(self) -> int:
        """How many points are not settled."""
        return sum(not line.row.is_settled for line in self.points)


def _facts_of(case: Any) -> tuple[Course, Handover]:
    course = course_of(case) or Course(case=case, municipality_id=case.municipality_id)
    rows = Handover.objects.filter(case=case).select_related("receiver_unit", "completed_by")
    handover = rows.first() or Handover(case=case, municipality_id=case.municipality_id)
    return course, handover


@query(section=Section.PROGRAMME)
def handover_page(viewer: Viewer, case: Any) -> HandoverPage:
    """The handover of a case: what is written, the checklist with what the case says, and what is lacking."""
    course, handover = _facts_of(case)
    settings = arrangement_of(case.municipality_id)
    rows = {}
    if not handover._state.adding:
        rows = {row.code: row for row in handover.checklist.select_related("done_by")}
    told = facts(gather(viewer, case, course, handover))
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    may_write = rights[Section.PROGRAMME] >= Right.CONTRIBUTE and not has_moved(case)
    end = course.ended_on or course.planned_end_on
    opened = is_open(today(), course.planned_end_on, course.ended_on, settings.handover_months)
    return HandoverPage(
        case=case,
        course=course,
        handover=handover,
        settings=settings,
        opens_on=opens_on(end, settings.handover_months) if end else None,
        is_open=opened,
        points=[PointLine(code, rows.get(code) or ChecklistItem(code=code), told.get(code, "")) for code in PointCode],
        lacking=[code for code, _field in lacking(handover, {row.code for row in rows.values() if row.is_settled})],
        talk=_talk(case),
        units=units_in(case.municipality_id) if may_write else [],
        income_missing=opened and not handover.income_source and handover.need != HandoverNeed.NO,
        may_write=may_write,
        may_complete=rights[Section.PROGRAMME] >= Right.MANAGE and not has_moved(case),
    )


def _talk(case: Any) -> Meeting | None:
    """The handover talk that is coming, else the last one that was held."""
    if getattr(case, "viewer_rights", {}).get(Section.PLAN, Right.MANAGE) < Right.SEE:
        return None
    rows = Meeting.objects.filter(case=case, kind=TalkKind.HANDOVER_TALK, section=Section.PLAN)
    coming = rows.filter(status=MeetingStatus.PLANNED, starts_at__gte=now()).order_by("starts_at").first()
    found: Meeting | None = coming or rows.exclude(status=MeetingStatus.CANCELLED).order_by("-starts_at").first()
    return found


@query(section=Section.PROGRAMME)
def package(viewer: Viewer, case: Any) -> Package:
    """What the receiver gets, as far as the viewer may see it."""
    course, handover = _facts_of(case)
    return gather(viewer, case, course, handover)
