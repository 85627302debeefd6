"""What the programme page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved
from samlop.cases.models import Case, TeamMember
from samlop.cooperation.queries import Settings, arrangement_of
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import User
from samlop.programme.commands import CLARIFIES
from samlop.programme.contact import contact_due_on, nav_contact_missing
from samlop.programme.law_of_case import law_of
from samlop.programme.length import Length, length_of
from samlop.programme.models import Course, CourseFacts
from samlop.programme.nav_contacts import nav_contact_days
from samlop.programme.phases import Phase, end_phase_starts, phase, weeks_left


@dataclass(frozen=True)
class CoursePage:
    """The course of a case as its page shows it; ``course`` is unsaved and empty where nothing is known yet."""

    case: Case
    course: Course
    settings: Settings
    phase: Phase
    weeks_left: int | None
    last_nav_contact: date | None
    nav_contact_due: date | None
    nav_contact_missing: bool
    end_phase_starts: date | None
    length: Length
    facts: CourseFacts
    colleagues: list[User]
    may_manage: bool
    may_contribute: bool
    may_clarify: bool
    is_own: bool


@query(section=Section.PROGRAMME)
def course_page(viewer: Viewer, case: Any) -> CoursePage:
    """Everything on the programme page."""
    day = today()
    law = law_of(case)
    course = law.course
    settings = arrangement_of(case.municipality_id)
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    contact = nav_contact_days([case.pk]).get(case.pk)
    end = course.ended_on or course.planned_end_on
    writes = not has_moved(case)
    may_contribute = writes and rights[Section.PROGRAMME] >= Right.CONTRIBUTE
    may_clarify = writes and rights[Section.PLAN] >= Right.CONTRIBUTE and viewer.role in CLARIFIES
    return CoursePage(
        case=case,
        course=course,
        settings=settings,
        phase=phase(day, course.start_on, end),
        weeks_left=weeks_left(day, end) if course.start_on and not course.ended_on else None,
        last_nav_contact=contact,
        nav_contact_due=contact_due_on(course.start_on, settings.nav_contact_months) if course.start_on else None,
        nav_contact_missing=course.ended_on is None
        and nav_contact_missing(day, course.start_on, course.nav_need, contact, settings.nav_contact_months),
        end_phase_starts=end_phase_starts(end) if end else None,
        length=length_of(law),
        facts=law.facts,
        colleagues=_colleagues(case) if may_contribute or may_clarify else [],
        may_manage=writes and rights[Section.PROGRAMME] >= Right.MANAGE,
        may_contribute=may_contribute,
        may_clarify=may_contribute or may_clarify,
        is_own=viewer.is_participant,
    )


def _colleagues(case: Case) -> list[User]:
    """The persons in the team now, for «who clarified it»."""
    day = today()
    places = TeamMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), case=case, valid_from__lte=day, user__isnull=False
    )
    return sorted({place.user for place in places.select_related("user")}, key=lambda user: user.name)
