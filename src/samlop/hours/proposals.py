"""What of the plan could be put in the week: each step with kind, unit and period filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from samlop.cases.models import Case
from samlop.hours.conflicts import Planned
from samlop.hours.models import OwnSlot
from samlop.hours.vocabulary import Provider
from samlop.people.vocabulary import UnitKind
from samlop.plan.models import Step
from samlop.plan.vocabulary import StepKind, StepStatus

AT_WORK = (
    StepKind.LANGUAGE_PRACTICE,
    StepKind.WORK_PRACTICE,
    StepKind.WORK_TRAINING,
    StepKind.WAGE_SUBSIDY,
    StepKind.JOB,
)
PROVIDERS = {
    UnitKind.ADULT_EDUCATION: Provider.ADULT_EDUCATION,
    UnitKind.REFUGEE_SERVICE: Provider.REFUGEE_SERVICE,
    UnitKind.NAV_STATE: Provider.NAV,
    UnitKind.NAV_MUNICIPAL: Provider.NAV,
    UnitKind.EMPLOYER: Provider.WORK_PLACE,
    UnitKind.VOLUNTEER_CENTRE: Provider.VOLUNTEER,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A step that has no hours in the week yet. ``valid_from`` is not before the week it is asked for."""

    step: Step
    provider: str
    valid_from: date
    valid_to: date | None

    @property
    def unit_id(self) -> UUID | None:
        return self.step.unit_id


def proposals(case: Case, hours: Sequence[Planned], monday: date) -> list[Proposal]:
    """The steps under way or planned that nothing in the week comes from, in the plan's order. Two queries."""
    taught = {one.slot.content for one in hours if one.group is not None}
    rows: Any = Step.objects.filter(
        case=case,
        plan__is_current=True,
        removed_at__isnull=True,
        status__in=(StepStatus.ONGOING, StepStatus.PLANNED),
    ).select_related("unit")
    planned = set(OwnSlot.objects.filter(case=case, step__isnull=False).values_list("step_id", flat=True))
    found = []
    for step in rows:
        over = step.end_on is not None and step.end_on < monday
        if over or step.pk in planned or step.kind in taught:
            continue
        found.append(Proposal(step, provider_of(step), max(step.start_on or monday, monday), step.end_on))
    return found


def provider_of(step: Step) -> str:
    """Who gives the hours of a step: the work place for practice, the participant, or else the unit that answers."""
    if step.kind in AT_WORK:
        return Provider.WORK_PLACE
    if step.by_participant or step.kind == StepKind.OWN_ACTIVITY:
        return Provider.OWN_ACTIVITY
    return PROVIDERS.get(UnitKind(step.unit.kind), Provider.OTHER) if step.unit else Provider.OTHER
