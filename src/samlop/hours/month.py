"""What a month of attendance means for the benefit: the facts, not yet the kroner."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from samlop.law.dates import Period


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One participant's month as the benefit needs it.

    ``absence_days`` are whole programme days and ``absence_hours`` clock hours without a valid reason;
    ``unpaid_leave`` are approved leaves without benefit, both days included. ``missing_rolls`` counts group days
    with no roll taken, ``unsettled`` absences without a reason that somebody has settled: questions before a payment.
    """

    absence_days: int = 0
    absence_hours: Fraction = Fraction(0)
    unpaid_leave: tuple[Period, ...] = field(default=())
    missing_rolls: int = 0
    unsettled: int = 0
