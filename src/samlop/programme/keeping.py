"""What higher rooms may keep up to date in the course, inside a command of their own."""

from __future__ import annotations

from samlop.cases.models import Case
from samlop.programme.models import Course


def keep_end_goal(case: Case, end_goal: str) -> None:
    """Let the course have the end goal that the plan has got: the same fact is not typed twice.

    The plan's own journal entry tells who and why; the case is locked by the command under way.
    """
    course, _created = Course.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    if course.end_goal != end_goal:
        course.end_goal = end_goal
        course.save()
