"""What the form of a new decision proposes, from the law and the facts. A person reads it, changes it and decides."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.cases.models import Case
from samlop.core.time import today
from samlop.law.eligibility import Eligibility
from samlop.programme.checks import added_time_of
from samlop.programme.kinds import DecisionKind
from samlop.programme.law_of_case import LawOfCase, law_of, told
from samlop.programme.models import Course

GROUNDS = {
    "under_18": "age",
    "over_55": "age",
    "settled_without_agreement": "no_agreement",
    "two_years_over": "two_years_over",
    "nordic_or_eea": "not_target_group",
    "permit_not_listed": "not_target_group",
    "works_30_hours": "works",
}
"""The ground of a refusal that follows from a condition that is not met."""


def proposal(case: Case, kind: DecisionKind) -> dict[str, Any]:
    """Initial values of the form: what is decided, and the beginning of the reasons."""
    law = law_of(case)
    course = law.course
    if kind is DecisionKind.AWARD:
        start = course.start_on or law.facts.offered_start_on
        return {
            "start_on": start,
            "planned_end_on": proposed_end(case, law, start, course.end_goal) or course.planned_end_on,
            "end_goal": course.end_goal,
            "benefit": True,
            "norwegian": True,
            "reasons": _reasons(law),
        }
    if kind is DecisionKind.REFUSAL:
        answer = law.eligibility(today()).value
        ground = next((GROUNDS[note.code] for note in answer.reasons if note.code in GROUNDS), "") if answer else ""
        return {"ground": ground, "demanded_on": law.facts.demanded_on, "reasons": _reasons(law)}
    return _on_the_way(case, law, course, kind)


def _on_the_way(case: Case, law: LawOfCase, course: Course, kind: DecisionKind) -> dict[str, Any]:
    if kind is DecisionKind.EXTENSION:
        latest = law.latest_end(added_time_of(case, law)).value
        return {"end_was": course.planned_end_on, "planned_end_on": latest.extended if latest else None}
    if kind is DecisionKind.PLAN:
        return {"plan_dated": today(), "norwegian": True}
    if kind is DecisionKind.LEAVE:
        return {"granted": True}
    return {}


def proposed_end(case: Case, law: LawOfCase, start: date | None, goal: str) -> date | None:
    """The last day of the ordinary length; none where the facts do not tell."""
    if start is None or not goal:
        return None
    latest = law.latest_end(added_time_of(case, law), start, goal).value
    return latest.ordinary if latest else None


def _reasons(law: LawOfCase) -> str:
    """The law's own reasons as the beginning of the text; the person writes on from there."""
    answer: Eligibility | None = law.eligibility(today()).value
    if answer is None:
        return ""
    return "\n".join(f"{text} ({paragraphs})" for text, paragraphs in told(answer.reasons))
