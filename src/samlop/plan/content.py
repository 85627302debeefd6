"""The whole plan as plain values: what a version keeps, what is compared, and what export and handover carry.

Codes stay codes (they are words of the field and never reused); names of units and people are kept as text, so that a
version reads the same after someone has left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from samlop.cases.models import Case
from samlop.plan.models import Contradiction, Contribution, PartialGoal, Plan, Step
from samlop.plan.naming import act_of

Content = dict[str, Any]
"""JSON object with ``act``, ``long_term_goal``, ``end_goal``, ``norwegian_goal``, ``partial_goals``, ``steps``,
``contributions`` and ``contradictions``."""

EMPTY: Content = {
    "act": "",
    "long_term_goal": {"text": "", "own": "", "language": ""},
    "end_goal": {"goal": "", "why": ""},
    "norwegian_goal": {"goal": "", "why": ""},
    "partial_goals": [],
    "steps": [],
    "contributions": [],
    "contradictions": [],
}


def read_content(case: Case, plan: Plan) -> Content:
    """The current plan from the database. Four queries and one for the links of contradictions."""
    return content_of(
        case,
        plan,
        PartialGoal.objects.filter(plan=plan, removed_at__isnull=True),
        Step.objects.filter(plan=plan, removed_at__isnull=True).select_related("unit", "user"),
        Contribution.objects.filter(plan=plan, withdrawn_at__isnull=True).select_related("unit"),
        Contradiction.objects.filter(plan=plan).prefetch_related("contributions"),
    )


def content_of(
    case: Case,
    plan: Plan,
    partial_goals: Iterable[PartialGoal],
    steps: Iterable[Step],
    contributions: Iterable[Contribution],
    contradictions: Iterable[Contradiction],
) -> Content:
    """The plan as plain values, from rows that are already there; without what is removed or withdrawn."""
    return {
        "act": act_of(case.permit_granted_on, case.arrived_on).value,
        "long_term_goal": {
            "text": plan.long_term_goal,
            "own": plan.long_term_goal_own,
            "language": plan.own_language,
        },
        "end_goal": {"goal": plan.end_goal, "why": plan.end_goal_why},
        "norwegian_goal": {"goal": plan.norwegian_goal, "why": plan.norwegian_goal_why},
        "partial_goals": [_partial_goal(goal) for goal in partial_goals],
        "steps": [_step(step) for step in steps],
        "contributions": [_contribution(row) for row in contributions],
        "contradictions": [_contradiction(row) for row in contradictions],
    }


def _partial_goal(goal: PartialGoal) -> dict[str, Any]:
    return {
        "id": str(goal.pk),
        "text": goal.text,
        "text_own": goal.text_own,
        "reached_on": goal.reached_on.isoformat() if goal.reached_on else None,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "id": str(step.pk),
        "kind": step.kind,
        "title": step.title,
        "title_own": step.title_own,
        "partial_goal": str(step.partial_goal_id) if step.partial_goal_id else None,
        "start_on": step.start_on.isoformat() if step.start_on else None,
        "end_on": step.end_on.isoformat() if step.end_on else None,
        "unit": step.unit.name if step.unit else "",
        "person": str(step.user) if step.user else "",
        "by_participant": step.by_participant,
        "why": step.why,
        "status": step.status,
        "result": step.result,
    }


def _contribution(row: Contribution) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "author": row.author_name,
        "unit": row.unit.name if row.unit else "",
        "role": row.role,
        "by_participant": row.by_participant,
        "written_at": row.written_at.isoformat(),
        "text": row.text,
        "step": str(row.step_id) if row.step_id else None,
        "partial_goal": str(row.partial_goal_id) if row.partial_goal_id else None,
    }


def _contradiction(row: Contradiction) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "text": row.text,
        "contributions": sorted(str(each.pk) for each in row.contributions.all()),
        "settled_at": row.settled_at.isoformat() if row.settled_at else None,
        "resolution": row.resolution,
    }


def is_empty(content: Content) -> bool:
    """Whether the plan says nothing yet: no goal and no step."""
    return not (
        content["long_term_goal"]["text"]
        or content["long_term_goal"]["own"]
        or content["end_goal"]["goal"]
        or content["partial_goals"]
        or content["steps"]
    )


def content_hash(content: Content) -> str:
    """SHA-256 of the content in a fixed written form."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
