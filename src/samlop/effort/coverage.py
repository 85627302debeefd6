"""Coverage: how many of those who need NAV have been helped by NAV, in all and by phase. Pure: facts in, shares out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samlop.core.time import add_months
from samlop.programme.models import NavNeed
from samlop.programme.phases import START_MONTHS, Phase, end_phase_starts
from samlop.stats.proportions import Share

SHOWN_PHASES = (Phase.START, Phase.DURING, Phase.END)
"""The phases where NAV's part is asked for (research/002 § 3)."""


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both counted."""

    first: date
    last: date


@dataclass(frozen=True)
class Stay:
    """A participant's time as it counts for coverage: the programme's dates, and the days the case is open."""

    case_id: UUID
    need: str
    start_on: date | None
    end_on: date | None
    opened: date
    closed: date | None

    def in_period(self, period: Period) -> Period | None:
        """The days of the period when the case was open; none where there is no such day."""
        first, last = max(self.opened, period.first), min(self.closed or period.last, period.last)
        return Period(first, last) if first <= last else None

    def phases(self, period: Period) -> set[Phase]:
        """The phases of the programme that the participant was in on some day of the period."""
        days = self.in_period(period)
        return phases_between(days, self.start_on, self.end_on) if days else set()


def phases_between(days: Period, start_on: date | None, end_on: date | None) -> set[Phase]:
    """The phases that share a day with the period; the same borders as ``programme.phases.phase``."""
    if start_on is None:
        return {Phase.BEFORE}
    starts_during = add_months(start_on, START_MONTHS)
    last_day = end_on or date.max
    starts_end = max(starts_during, end_phase_starts(end_on)) if end_on else date.max
    borders = [
        (Phase.BEFORE, date.min, start_on),
        (Phase.START, start_on, min(starts_during, _after(last_day))),
        (Phase.DURING, starts_during, min(starts_end, _after(last_day))),
        (Phase.END, starts_end, _after(last_day)),
        (Phase.AFTER, _after(last_day), date.max),
    ]
    return {phase for phase, first, until in borders if max(first, days.first) < min(until, _after(days.last))}


def _after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day


@dataclass(frozen=True)
class Coverage:
    """Helped of those in need. ``phase`` is none for the whole course; the keys are the list behind the numbers."""

    phase: Phase | None
    participants: frozenset[UUID]
    in_need: frozenset[UUID]
    helped: frozenset[UUID]

    @property
    def share(self) -> Share:
        return Share(len(self.helped), len(self.in_need))

    @property
    def parts(self) -> list[tuple[str, frozenset[UUID]]]:
        """The numbers in the order of the table, by the name that the list behind them is asked for."""
        return [
            ("participants", self.participants),
            ("in_need", self.in_need),
            ("helped", self.helped),
            ("not_helped", self.not_helped),
        ]

    @property
    def not_helped(self) -> frozenset[UUID]:
        return self.in_need - self.helped


def coverages(
    stays: Iterable[Stay], contacts: Mapping[UUID, Collection[str]], period: Period
) -> tuple[Coverage, list[Coverage]]:
    """Coverage in all and by phase. ``contacts`` are the phases where each participant met NAV within the period."""
    present = {stay.case_id: stay for stay in stays if stay.in_period(period)}
    phases = {key: stay.phases(period) for key, stay in present.items()}
    whole = _coverage(None, present, set(present), set(contacts))
    by_phase = [
        _coverage(
            phase,
            present,
            {key for key, found in phases.items() if phase in found},
            {key for key, found in contacts.items() if phase.value in found},
        )
        for phase in SHOWN_PHASES
    ]
    return whole, by_phase


def _coverage(phase: Phase | None, stays: Mapping[UUID, Stay], inside: set[UUID], met: set[UUID]) -> Coverage:
    in_need = {key for key in inside if stays[key].need == NavNeed.YES}
    return Coverage(phase, frozenset(inside), frozenset(in_need), frozenset(in_need & met))
