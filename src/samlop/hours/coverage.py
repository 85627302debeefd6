"""How many participants are short in each week of a year: below full time, or with days without programme."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samlop.hours.counting import WeekSum, monday_of, weeks_of
from samlop.hours.days import Days, days_between
from samlop.hours.regime import Regime, regimes
from samlop.hours.sessions import case_sessions


@dataclass(frozen=True, slots=True)
class Covered:
    """One week over all participants: how many are in the programme, below full time, and with a day without any."""

    monday: date
    in_programme: int
    short: int
    with_empty_days: int


def participants_weeks(
    case_ids: Collection[UUID], first: date, last: date, on: date
) -> tuple[Mapping[UUID, Regime], dict[UUID, list[WeekSum]]]:
    """Every week that touches a period, whole, of every participant. Fifteen queries however many."""
    first, last = monday_of(first), monday_of(last) + timedelta(days=6)
    rules = regimes(case_ids, on)
    sessions = case_sessions(case_ids, first, last)
    marks: Mapping[UUID, Days] = days_between({one.municipality_id for one in rules.values()}, first, last)
    weeks = {key: weeks_of(rule, sessions.get(key, ()), marks, first, last) for key, rule in rules.items()}
    return rules, weeks


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
