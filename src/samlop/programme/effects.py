"""What a signed decision does to the course: it is written once, by the decision, and not typed again."""

from __future__ import annotations

from datetime import date

from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.programme.kinds import DecisionKind
from samlop.programme.law_of_case import LawOfCase
from samlop.programme.models import Course, CourseFacts, Decision


def take_effect(case: Case, decision: Decision) -> list[Entry]:
    """The award sets dates and goal, the extension the new last day; others leave the course as it is."""
    data = decision.data
    if decision.kind == DecisionKind.AWARD:
        course, _created = Course.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
        start = date.fromisoformat(data["start_on"])
        _count_used_before(case, course, start)
        entries = _dates(course, start, date.fromisoformat(data["planned_end_on"]))
        return entries + _goal(course, data["end_goal"])
    if decision.kind == DecisionKind.EXTENSION:
        course = Course.objects.get(case=case)
        return _dates(course, course.start_on, date.fromisoformat(data["planned_end_on"]))
    return []


def _count_used_before(case: Case, course: Course, start: date) -> None:
    """Where a programme that came along from another municipality begins anew here, the days used there are kept."""
    facts = CourseFacts.objects.filter(case=case).first() or CourseFacts(case=case)
    used = LawOfCase(case, course, facts).used_before(start)
    if used != facts.used_before_days:
        facts.used_before_days = used
        facts.save()


def _dates(course: Course, start_on: date | None, planned_end_on: date) -> list[Entry]:
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
