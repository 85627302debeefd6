"""Paying back little by little: how an amount is split over months, and what is taken in a run.

Of each plan one instalment is taken in a run, the oldest that is left: one that there was no room for moves all the
later ones, so that nobody is taken more in a month than was agreed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samlop.benefit.calendar import last_over, month_after
from samlop.benefit.models import BenefitRun, Correction, Instalment, RepaymentPlan
from samlop.benefit.plain import month_of
from samlop.benefit.vocabulary import PlanBasis, PlanState, RunStatus
from samlop.law.dates import Month

MOST_MONTHS = 36
"""A plan is no longer than this; more is a decision of its own."""


def number_of(ore: int, monthly_ore: int) -> int:
    """How many instalments it takes, the last one maybe smaller."""
    return -(-ore // monthly_ore)


def schedule(ore: int, monthly_ore: int, first: Month) -> list[tuple[Month, int]]:
    """The months and what is taken in each, in øre; the sum is exactly ``ore``."""
    found = []
    month = first
    for _number in range(number_of(ore, monthly_ore)):
        taken = min(monthly_ore, ore)
        found.append((month, taken))
        ore -= taken
        month = month_after(month)
    return found


def first_open_month(municipality_id: UUID, on: date) -> Month:
    """The first month whose benefit is not approved: the last that is over, or the one after the last approved."""
    closed = BenefitRun.objects.filter(municipality_id=municipality_id, status=RunStatus.APPROVED)
    last = closed.order_by("-month").values_list("month", flat=True).first()
    over = last_over(on)
    return over if last is None or last < over.first else month_after(month_of(last))


@dataclass(frozen=True)
class Due:
    """An instalment to take in a run. ``rest_ore`` is left of the plan afterwards."""

    instalment: Instalment
    plan: RepaymentPlan
    correction: Correction
    count: int
    rest_ore: int

    @property
    def is_decided(self) -> bool:
        return self.plan.basis == PlanBasis.DECIDED


def due_in(case_ids: Collection[UUID], month: date) -> dict[UUID, list[Due]]:
    """The instalments of each case that a run of a month takes, one of each plan. One query."""
    rows = Instalment.objects.filter(case_id__in=case_ids, plan__state=PlanState.CONFIRMED)
    by_plan: dict[UUID, list[Instalment]] = defaultdict(list)
    for row in rows.select_related("plan__correction").order_by("plan__confirmed_at", "plan_id", "number"):
        by_plan[row.plan_id].append(row)
    found: dict[UUID, list[Due]] = defaultdict(list)
    for instalments in by_plan.values():
        left = [one for one in instalments if one.statement_id is None]
        if left and left[0].month <= month:
            now = left[0]
            rest = sum(one.ore for one in left[1:])
            found[now.case_id].append(Due(now, now.plan, now.plan.correction, len(instalments), rest))
    return found


def waiting_cases(municipality_id: UUID, month: date) -> set[UUID]:
    """The cases of a municipality with an instalment to take in the run of a month."""
    rows = Instalment.objects.filter(
        municipality_id=municipality_id, statement__isnull=True, month__lte=month, plan__state=PlanState.CONFIRMED
    )
    return set(rows.values_list("case_id", flat=True))


def being_proposed(corrections: Collection[Correction]) -> set[UUID]:
    """The differences that a proposed plan is about: they are not taken whole meanwhile."""
    rows = RepaymentPlan.objects.filter(correction__in=corrections, state=PlanState.PROPOSED)
    return set(rows.values_list("correction_id", flat=True))


def rest_of(plan: RepaymentPlan) -> int:
    """Øre of a running plan that are not taken yet."""
    return sum(one.ore for one in plan.instalments.all() if one.statement_id is None)
