"""What an absence does to the payment, in kroner, before it is told: the law's own calculation with and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from samlop.benefit.facts import facts_of
from samlop.hours.programme_days import ProgrammeDays
from samlop.law.benefit import benefit
from samlop.law.dates import ONE_DAY, Month, Period
from samlop.law.person_month import PersonMonth
from samlop.law.refused import Refused as LawRefused


@dataclass(frozen=True)
class MonthCost:
    """One month: what it pays without the absence, and what is taken if it has no valid reason. Amounts in øre."""

    month: Month
    days: int
    hours: Decimal | None
    pays: int
    takes: int
    references: Sequence[str] = ()

    @property
    def left(self) -> int:
        return self.pays - self.takes


def costs(case: Any, period: Period, hours: Decimal | None) -> list[MonthCost]:
    """The months that the absence touches; none where it is not known what the payment is worked out from."""
    programme = ProgrammeDays.of([case.pk], period.first, period.last)
    found = []
    for month in _months(period):
        person = facts_of([case.pk], month)[case.pk].person
        if person is None:
            return []
        inside = Period(max(period.first, month.first), min(period.last, month.last))
        held = programme.within(case.pk, inside)
        cost = _cost(person, len(held) if hours is None else 0, hours if held else None)
        if cost is not None:
            found.append(cost)
    return found


def _cost(person: PersonMonth, days: int, hours: Decimal | None) -> MonthCost | None:
    more = replace(
        person,
        absence_days=person.absence_days + days,
        absence_hours=person.absence_hours + Fraction(hours or 0),
    )
    try:
        before, after = benefit(person), benefit(more)
    except LawRefused:
        return None
    if not before.lines:
        return None
    references = [one for line in after.lines if line.code == "ABSENCE" for one in line.references]
    return MonthCost(person.month, days, hours, before.net, before.net - after.net, references)


def _months(period: Period) -> list[Month]:
    found, day = [], period.first
    while day <= period.last:
        found.append(Month(day.year, day.month))
        day = found[-1].last + ONE_DAY
    return found
