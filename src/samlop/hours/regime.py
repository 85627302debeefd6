"""Which rules the weeks of a case are held against: the act, the dates, the education, the goal, the children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import Value
from django.db.models.functions import Coalesce, NullIf

from samlop.cases.models import Case
from samlop.core.prepared import prepared
from samlop.core.time import add_months
from samlop.hours.leaves import Leaves, pauses
from samlop.law.acts import ActId, act_of
from samlop.law.dates import Period
from samlop.law.parameters import rules_known
from samlop.people.models import FamilyMember
from samlop.people.vocabulary import Relation
from samlop.plan.models import Plan
from samlop.programme.models import EducationLevel, EndGoal

ADULT_MONTHS = 18 * 12


@dataclass(frozen=True, slots=True)
class Regime:
    """What decides how the weeks of one case are counted.

    ``educated`` and ``for_work`` are none while the schooling or the end goal is not known. ``ends_on`` is the last day
    of the programme, ended or else planned. ``own_activity_from`` is the first day that 30 hours are full time.
    ``primary_as_work``: the goal is primary school, which the act names no more, and the answer is that of work.
    """

    case_id: UUID
    municipality_id: UUID
    act: ActId
    starts_on: date | None
    ends_on: date | None
    ended: bool
    educated: bool | None
    for_work: bool | None
    has_child: bool
    own_activity_from: date | None
    leaves: tuple[Period, ...] = ()
    primary_as_work: bool = False

    def on_leave(self, day: date) -> bool:
        """Whether the participant has leave on a day, or the programme is stopped."""
        return bool(self.leaves) and any(leave.first <= day <= leave.last for leave in self.leaves)

    def in_programme(self, day: date) -> bool:
        """Whether a day is within the programme; without a known first day nothing is."""
        return self.starts_on is not None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def own_activity(self, day: date) -> bool:
        """Whether 30 hours are full time on a day."""
        return self.own_activity_from is not None and self.own_activity_from <= day


def regimes(case_ids: Collection[UUID], on: date, *, leaves: Leaves | None = None) -> dict[UUID, Regime]:
    """The regime of each case. Two queries however many cases; ``on`` is the day children are counted under 18.

    ``leaves`` are the leaves and stops in force, where they are read already: then one query.
    """
    leaves = pauses(case_ids) if leaves is None else leaves
    found: dict[UUID, Regime] = {}
    acts: dict[tuple[date | None, date | None], ActId] = {}  # few dates, for many participants
    for row in _facts(list(case_ids), add_months(on, -ADULT_MONTHS)):
        education = row["course_facts__education"]
        dates = row["permit_granted_on"], row["arrived_on"]
        if dates not in acts:
            acts[dates] = act_in_force(*dates)
        primary = row["goal"] == EndGoal.PRIMARY and _names_no_primary_school(row["course__start_on"])
        found[row["pk"]] = Regime(
            case_id=row["pk"],
            municipality_id=row["municipality_id"],
            act=acts[dates],
            starts_on=row["course__start_on"],
            ends_on=row["course__ended_on"] or row["course__planned_end_on"],
            ended=row["course__ended_on"] is not None,
            educated=education == EducationLevel.UPPER_SECONDARY if education else None,
            for_work=row["goal"] == EndGoal.WORK or primary if row["goal"] else None,
            has_child=row["child"],
            own_activity_from=row["week_choice__own_activity_from"],
            leaves=tuple(leave.days for leave in leaves.get(row["pk"], ())),
            primary_as_work=primary,
        )
    return found


@prepared
def _facts(cases: Collection[UUID], born_after: date) -> QuerySet[Case, dict[str, Any]]:
    """What decides the regime of each case; ``child`` says whether there is a child born after a day."""
    goal = Plan.objects.filter(case=OuterRef("pk"), is_current=True).values("end_goal")[:1]
    children = FamilyMember.objects.filter(
        person=OuterRef("person"), relation=Relation.CHILD, birth_date__gt=born_after
    )
    rows = Case.objects.filter(pk__among=cases).annotate(
        goal=Coalesce(NullIf("course__end_goal", Value("")), Subquery(goal), Value("")), child=Exists(children)
    )
    return rows.values(
        "pk",
        "municipality_id",
        "permit_granted_on",
        "arrived_on",
        "course__start_on",
        "course__planned_end_on",
        "course__ended_on",
        "course_facts__education",
        "week_choice__own_activity_from",
        "goal",
        "child",
    )


def _names_no_primary_school(start: date | None) -> bool:
    """Whether a programme follows the lengths of 2026, which know work and upper secondary only."""
    return start is not None and start >= rules_known().at("duration.new_rules_from.work", start).day


def act_in_force(permit_granted_on: date | None, arrived_on: date | None) -> ActId:
    """The act of a case; without a permit's day, the one in force for new cases."""
    if permit_granted_on is None:
        return "integreringsloven"
    return act_of(permit_granted_on, arrived_on, rules_known())[0]
