"""When the plan must be there and when it must be looked at again. Pure: takes days, asks no clock and no database.

Source: «Innen 6 måneder skal alle være kartlagt og individuell plan skal være utarbeidet» (research/001 § 3.2) and the
half-yearly plan talk (§ 3.3). Both periods are settings of the municipality.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from samlop.core.time import add_months
from samlop.stats.proportions import percent

DEADLINE_MONTHS = 6
REVIEW_MONTHS = 6


class PlanStatus(StrEnum):
    """Where a case stands towards its first plan."""

    UNKNOWN = "unknown"
    """The day it counts from is not registered, so no deadline runs."""
    APPROVED = "approved"
    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class PlanDeadline:
    """The deadline of the first plan: ``due_on`` is the last day in time, ``soon_from`` the first of the last month."""

    status: PlanStatus
    due_on: date | None = None
    soon_from: date | None = None
    in_time: bool | None = None
    """Whether an approved plan came in time; none while there is no plan or no deadline."""


def plan_deadline(
    on: date, counts_from: date | None, approved_on: date | None, months: int = DEADLINE_MONTHS
) -> PlanDeadline:
    """The status on a day: settled 15 January with six months is on track until 15 June, due soon until 15 July.

    ``counts_from`` is the settlement, or the start of the programme where the municipality has chosen that.
    """
    if counts_from is None:
        return PlanDeadline(PlanStatus.APPROVED if approved_on else PlanStatus.UNKNOWN)
    due_on = add_months(counts_from, months)
    soon_from = add_months(due_on, -1) + timedelta(days=1)
    if approved_on is not None:
        return PlanDeadline(PlanStatus.APPROVED, due_on, soon_from, approved_on <= due_on)
    if on > due_on:
        status = PlanStatus.OVERDUE
    elif on >= soon_from:
        status = PlanStatus.DUE_SOON
    else:
        status = PlanStatus.ON_TRACK
    return PlanDeadline(status, due_on, soon_from)


def review_due_on(
    last_talk_on: date | None, material_change_on: date | None = None, months: int = REVIEW_MONTHS
) -> date | None:
    """The day the next plan talk is due: so many months after the last, or at once on a material change."""
    ordinary = add_months(last_talk_on, months) if last_talk_on else None
    days = [day for day in (ordinary, material_change_on) if day is not None]
    return min(days, default=None)


@dataclass(frozen=True)
class OnTime:
    """Plans approved in time among those that could have been: k of n."""

    k: int
    n: int

    @property
    def share(self) -> float | None:
        """k / n as a number between 0 and 1; none when nobody is counted."""
        return self.k / self.n if self.n else None

    @property
    def percent(self) -> str:
        """The share in whole per cent, half up; empty when nobody is counted."""
        return percent(self.k, self.n) if self.n else ""

    @property
    def late(self) -> int:
        """How many had no plan in time."""
        return self.n - self.k
