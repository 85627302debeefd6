"""What a signed decision does to the course: it is written once, by the decision, and not typed again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.templatetags.samlop import day
from samlop.programme.kinds import DecisionKind
from samlop.programme.law_of_case import LawOfCase
from samlop.programme.models import Course, CourseFacts, Decision


def take_effect(case: Case, decision: Decision) -> list[Entry]:
    """The award sets dates and goal, the extension the new last day; others leave the course as it is."""
    data = decision.data
    if decision.kind == DecisionKind.AWARD:
        course = _course(case)
        start = date.fromisoformat(data["start_on"])
        _count_used_before(case, course, start)
        entries = _dates(course, start, date.fromisoformat(data["planned_end_on"]))
        return entries + _goal(course, data["end_goal"])
    if decision.kind == DecisionKind.EXTENSION:
        course = Course.objects.get(case=case)
        return _dates(course, course.start_on, date.fromisoformat(data["planned_end_on"]))
    return []


def follow_earlier(case: Case, decision: Decision) -> list[Entry]:
    """Let the course have what it lacks of dates and goal from a decision made before the case came into Samløp.

    What stands already is not overwritten: it may be newer than the paper – unless it came from the decision that this
    one corrects. An extension puts the last day off where it is later. Raises ``Refused('start_differs')``: one of the
    two first days is wrong, and a person knows which.
    """
    data, course = decision.data, _course(case)
    if decision.kind == DecisionKind.AWARD:
        start = date.fromisoformat(data["start_on"])
        wrong: dict[str, Any] = decision.replaces.data if decision.replaces else {}
        if course.start_on not in (None, start) and _iso(course.start_on) != wrong.get("start_on"):
            text = _("Programmet står med første dag %(day)s. Rett den under Program først, eller rett den her.")
            raise Refused("start_differs", text % {"day": day(course.start_on)}, "start_on")
        keeps_end = course.planned_end_on and _iso(course.planned_end_on) != wrong.get("planned_end_on")
        end = course.planned_end_on if keeps_end else date.fromisoformat(data["planned_end_on"])
        keeps_goal = course.end_goal and course.end_goal != wrong.get("end_goal")
        return _dates(course, start, end) + ([] if keeps_goal else _goal(course, data["end_goal"]))
    if decision.kind == DecisionKind.EXTENSION and course.start_on is not None:
        end = date.fromisoformat(data["planned_end_on"])
        return _dates(course, course.start_on, max(end, course.planned_end_on or end))
    return []


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _course(case: Case) -> Course:
    course: Course
    course, _created = Course.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    return course


def _count_used_before(case: Case, course: Course, start: date) -> None:
    """Where a programme that came along from another municipality begins anew here, the days used there are kept."""
    facts = CourseFacts.objects.filter(case=case).first() or CourseFacts(case=case)
    used = LawOfCase(case, course, facts).used_before(start)
    if used != facts.used_before_days:
        facts.used_before_days = used
        facts.save()


def _dates(course: Course, start_on: date | None, planned_end_on: date | None) -> list[Entry]:
    before = (course.start_on, course.planned_end_on)
    if before == (start_on, planned_end_on):
        return []
    course.start_on, course.planned_end_on = start_on, planned_end_on
    course.save()
    data = {"start_on": start_on, "planned_end_on": planned_end_on, "start_was": before[0], "end_was": before[1]}
    return [Entry(code="programme.dates_set", section=Section.PROGRAMME, data=data)]


def _goal(course: Course, end_goal: str) -> list[Entry]:
    if course.end_goal == end_goal:
        return []
    before, course.end_goal = course.end_goal, end_goal
    course.save()
    return [Entry(code="programme.end_goal_set", section=Section.PROGRAMME, data={"end_goal": end_goal, "was": before})]
