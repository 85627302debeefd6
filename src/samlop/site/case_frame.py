"""The frame round every page of a case: who it is about, where on the way, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.programme.models import Course
from samlop.programme.phases import Phase, phase, weeks_left
from samlop.programme.phases_of_case import course_of
from samlop.site.navigation import Link, tabs


@dataclass(frozen=True)
class Frame:
    """What stands on top of a page of a case."""

    contact: TeamMember | None
    tabs: list[Link]
    phase: Phase | None = None
    weeks_left: int | None = None


@query(scoped="asks only about a case that was opened for the viewer, and only with the right to its identity")
def frame(viewer: Viewer, case: Any, path: str) -> Frame:
    """The frame of an opened case. Two queries; one where the page has asked for the course already."""
    rights = getattr(case, "viewer_rights", {})
    sees = rights.get(Section.IDENTITY, Right.NONE) >= Right.SEE
    found = Frame(contact=_main_contact(case) if sees else None, tabs=tabs(case, path))
    if case.is_open and rights.get(Section.PROGRAMME, Right.NONE) >= Right.SEE:
        course = course_of(case) or Course()
        end = course.ended_on or course.planned_end_on
        left = weeks_left(today(), end) if course.start_on else None
        found = replace(found, phase=phase(today(), course.start_on, end), weeks_left=left)
    return found


def _main_contact(case: Any) -> TeamMember | None:
    day = today()
    team = case.team.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, function=TeamFunction.MAIN_CONTACT
    )
    found: TeamMember | None = team.select_related("user", "unit").first()
    return found
