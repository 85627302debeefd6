"""What higher rooms may keep up to date in the course, inside a command of their own."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.time import today
from samlop.programme.models import Course


def keep_end_goal(case: Case, end_goal: str) -> None:
    """Let the course have the end goal that the plan has got: the same fact is not typed twice.

    The plan's own journal entry tells who and why; the case is locked by the command under way.
    """
    course, _created = Course.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    if course.end_goal != end_goal:
        course.end_goal = end_goal
        course.save()


def refuse_while_running(case: Case) -> None:
    """A case is not closed over a programme that runs: its end, certificate and registration would be forgotten.

    Raises ``Refused('not_ended')``; plugged into ``cases.closing.CHECKS``.
    """
    course = Course.objects.filter(case=case, start_on__lte=today(), ended_on__isnull=True).first()
    if course is not None:
        raise Refused(
            "not_ended", _("Programmet er ikke avsluttet. Skriv når og hvordan det sluttet, under Program, først.")
        )
