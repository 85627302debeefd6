"""One part of the plan, for its form – and, when two have written at once, what the other one wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.plan.current import current_plan
from samlop.plan.models import Contradiction, Contribution, ContributionDraft, PartialGoal, Plan, Step
from samlop.plan.responsible import Responsible, responsible_key


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def plan_to_edit(viewer: Viewer, case: Any) -> tuple[Case, Plan]:
    """The case and its plan; one that is not opened yet stands empty and unsaved."""
    plan = current_plan(case.pk)
    return case, plan or Plan(case=case, municipality_id=case.municipality_id, revision=0)


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def partial_goal_to_edit(viewer: Viewer, case: Any, key: UUID) -> tuple[Case, PartialGoal]:
    """A partial goal of the case. Raises ``Refused('not_found')``."""
    found = PartialGoal.objects.select_related("plan").filter(case=case, pk=key).first()
    if found is None:
        raise not_found()
    return case, found


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def step_to_edit(viewer: Viewer, case: Any, key: UUID) -> tuple[Case, Step]:
    """A step of the case. Raises ``Refused('not_found')``."""
    found = Step.objects.select_related("plan", "unit", "user", "partial_goal").filter(case=case, pk=key).first()
    if found is None:
        raise not_found()
    return case, found


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def contribution_to_edit(viewer: Viewer, case: Any, key: UUID) -> tuple[Case, ContributionDraft]:
    """The viewer's own draft. Raises ``Refused('not_found')``, also for another person's."""
    found = ContributionDraft.objects.filter(case=case, pk=key, author_id=viewer.user_id).first()
    if found is None:
        raise not_found()
    return case, found


@query(scoped="the partial goals of a plan that was opened for the viewer")
def partial_goals(viewer: Viewer, plan: Plan) -> list[PartialGoal]:
    """The partial goals that stand in the plan."""
    return list(PartialGoal.objects.filter(plan=plan, removed_at__isnull=True)) if plan.revision else []


@query(scoped="the steps of a plan that was opened for the viewer")
def steps(viewer: Viewer, plan: Plan) -> list[Step]:
    """The steps that stand in the plan."""
    return list(Step.objects.filter(plan=plan, removed_at__isnull=True)) if plan.revision else []


@query(scoped="the shared contributions of a plan that was opened for the viewer")
def contributions(viewer: Viewer, plan: Plan) -> list[Contribution]:
    """What stands in the plan, newest first."""
    rows = Contribution.objects.filter(plan=plan, withdrawn_at__isnull=True).select_related("unit")
    return list(rows) if plan.revision else []


@query(scoped="a contradiction of a plan that was opened for the viewer")
def contradiction(viewer: Viewer, plan: Plan, key: UUID) -> Contradiction | None:
    """One contradiction with its contributions; none where it is not in the plan."""
    rows = Contradiction.objects.filter(plan=plan, pk=key).prefetch_related("contributions__unit")
    return rows.first() if plan.revision else None


@query(scoped="asks only about a case that was opened for the viewer")
def responsible_choices(viewer: Viewer, case: Case, step: Step | None = None) -> list[Responsible]:
    """Who can answer for a step: every team place today, the owning unit, and whoever the step names already."""
    day = today()
    places = (
        TeamMember.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), case=case, valid_from__lte=day)
        .select_related("unit", "user")
        .order_by("unit__name", "valid_from", "pk")
    )
    pairs = [(place.unit, place.user) for place in places]
    pairs += [(unit, None) for unit in {place.unit for place in places if place.user}]
    pairs.append((case.owner_unit, None))
    if step is not None and step.unit:
        pairs.append((step.unit, step.user))
    found = {responsible_key(unit, user): Responsible(unit, user) for unit, user in pairs}
    return sorted(found.values(), key=lambda each: (each.unit.name, each.user is None, each.label))


@dataclass(frozen=True)
class Conflict:
    """Who changed a part meanwhile, and when."""

    who: str
    unit: str
    at: datetime


@query(scoped="asks only about a case that was opened for the viewer; entries of the section plan")
def conflict_of(viewer: Viewer, case: Case, codes: tuple[str, ...], key: UUID | None = None) -> Conflict | None:
    """The latest change with one of the codes, to the step or goal with the key where one is given."""
    entries = JournalEntry.objects.filter(case=case, section=Section.PLAN, code__in=codes)
    if key is not None:
        entries = entries.filter(Q(data__step=str(key)) | Q(data__goal=str(key)))
    entry = entries.order_by("-seq").first()
    return Conflict(entry.user_name, entry.unit_name, entry.at) if entry else None
