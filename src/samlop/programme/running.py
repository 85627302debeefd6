"""Whether a programme was running before the case came into Samløp, and what is then to be written in."""

from __future__ import annotations

from samlop.cases.models import Case
from samlop.core.time import OSLO
from samlop.programme.models import Course, CourseFacts


def came_running(case: Case, course: Course) -> bool:
    """Whether the programme had begun when the case came: what was decided and offered before then stands elsewhere,
    unless somebody writes it in (``commands.earlier``)."""
    return course.start_on is not None and course.start_on < case.registered_at.astimezone(OSLO).date()


def lacks_earlier(case: Case, course: Course, facts: CourseFacts | None, *, has_award: bool) -> bool:
    """Whether the decision that awarded a running programme is to be written in.

    Not where somebody has said that there is none, nor after a move: what the old municipality decided can be read in
    its own case.
    """
    if has_award or case.continues_id is not None or not came_running(case, course):
        return False
    return facts is None or facts.nothing_earlier_on is None
