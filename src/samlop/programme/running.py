"""Whether a programme was running before the case came into Samløp."""

from __future__ import annotations

from samlop.cases.models import Case
from samlop.core.time import OSLO
from samlop.programme.models import Course


def came_running(case: Case, course: Course) -> bool:
    """Whether the programme had begun when the case came: what was decided and offered before then stands elsewhere,
    unless somebody writes it in (``commands.earlier``)."""
    return course.start_on is not None and course.start_on < case.registered_at.astimezone(OSLO).date()
