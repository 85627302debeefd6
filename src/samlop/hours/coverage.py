"""How many participants are short in each week of a year: below full time, or with days without programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samlop.hours.alike import Plans
from samlop.hours.counting import WeekSum, monday_of
from samlop.hours.leaves import Leaves
from samlop.hours.regime import Regime, regimes


@dataclass(frozen=True, slots=True)
class Covered:
    """One week over all participants: how many are in the programme, below full time, and with a day without any."""

    monday: date
    in_programme: int
    short: int
    with_empty_days: int


def participants_weeks(
    case_ids: Collection[UUID], first: date, last: date, on: date, leaves: Leaves | None = None
) -> tuple[Mapping[UUID, Regime], dict[UUID, list[WeekSum]]]:
    """Every week that touches a period, whole, of every participant. Twelve queries however many.

    Weeks that are alike are counted once (``hours.alike``), so a week's sessions are those of somebody with the same:
    their places and keys may be another's. ``leaves`` are the leaves granted, where they are read already.
    """
    first, last = monday_of(first), monday_of(last) + timedelta(days=6)
    rules = regimes(case_ids, on, leaves=leaves)
    plans = Plans.of(case_ids, {one.municipality_id for one in rules.values()}, first, last)
    return rules, {key: plans.weeks(rule) for key, rule in rules.items()}


def covered(weeks: Mapping[UUID, Sequence[WeekSum]]) -> list[Covered]:
    """Count each week over the participants."""
    counts: dict[date, list[int]] = {}
    for ours in weeks.values():
        for week in ours:
            if not week.programme_days:
                continue
            count = counts.setdefault(week.monday, [0, 0, 0])
            count[0] += 1
            count[1] += not week.week.full_time
            count[2] += bool(week.empty_days)
    return [Covered(monday, *count) for monday, count in sorted(counts.items())]
