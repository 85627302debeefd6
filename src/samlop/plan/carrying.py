"""When the participant moves: the plan goes along to the new municipality, which reviews it at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import now, today
from samlop.plan.current import current_plan
from samlop.plan.models import PartialGoal, Plan, Step
from samlop.plan.vocabulary import StepStatus

ENDED = (StepStatus.DONE, StepStatus.STOPPED)


def carry(old: Case, new: Case, by: Viewer) -> Iterable[Entry]:
    """Copy goals and steps to the new case; the old plan, its contributions and versions stay and can be read there.

    What has been done keeps the unit it was done at. What is not finished has nobody who answers for it yet: the new
    municipality chooses. To move is a material change, so that the review is due at once.
    """
    plan = current_plan(old.pk)
    if plan is None:
        return []
    moment = now()
    copy = Plan.objects.create(
        case=new,
        opened_at=moment,
        changed_at=moment,
        own_language=plan.own_language,
        long_term_goal=plan.long_term_goal,
        long_term_goal_own=plan.long_term_goal_own,
        end_goal=plan.end_goal,
        end_goal_why=plan.end_goal_why,
        norwegian_goal=plan.norwegian_goal,
        norwegian_goal_why=plan.norwegian_goal_why,
        long_term_goal_revision=plan.long_term_goal_revision,
        end_goal_revision=plan.end_goal_revision,
        norwegian_goal_revision=plan.norwegian_goal_revision,
        material_change_on=today(),
        material_change_why=_("Flyttet fra %(municipality)s.") % {"municipality": str(old.municipality)},
    )
    goals = _partial_goals(plan, copy)
    steps = _steps(plan, copy, goals)
    data = {"municipality": str(old.municipality), "goals": len(goals), "steps": steps}
    return [Entry(code="plan.carried_over", section=Section.PLAN, case=new, data=data)]


def _partial_goals(plan: Plan, copy: Plan) -> dict[UUID, PartialGoal]:
    """The copies by the key of what they are copies of."""
    rows = {
        goal.pk: PartialGoal(
            case=copy.case,
            municipality_id=copy.municipality_id,
            plan=copy,
            order=goal.order,
            text=goal.text,
            text_own=goal.text_own,
            reached_on=goal.reached_on,
        )
        for goal in plan.partial_goals.filter(removed_at__isnull=True)
    }
    PartialGoal.objects.bulk_create(rows.values())
    return rows


def _steps(plan: Plan, copy: Plan, goals: dict[UUID, PartialGoal]) -> int:
    rows = []
    for step in plan.steps.filter(removed_at__isnull=True):
        ended = step.status in ENDED
        rows.append(
            Step(
                case=copy.case,
                municipality_id=copy.municipality_id,
                plan=copy,
                partial_goal=goals.get(step.partial_goal_id) if step.partial_goal_id else None,
                kind=step.kind,
                title=step.title,
                title_own=step.title_own,
                start_on=step.start_on,
                end_on=step.end_on,
                unit_id=step.unit_id if ended else None,
                user_id=step.user_id if ended else None,
                by_participant=step.by_participant,
                why=step.why,
                status=step.status,
                result=step.result,
            )
        )
    return len(Step.objects.bulk_create(rows))
