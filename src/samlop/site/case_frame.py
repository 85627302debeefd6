"""The frame round every page of a case: who it is about, where on the way, and whom to call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.models import TeamMember
from samlop.cases.vocabulary import TeamFunction
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
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
    return next(iter(_main_contacts(case.pk, today())), None)


@prepared
def _main_contacts(case: UUID, on: date) -> QuerySet[TeamMember]:
    places = TeamMember.objects.filter(in_force(on), case_id=case, function=TeamFunction.MAIN_CONTACT)
    return places.select_related("user", "unit").order_by("pk")
