"""The days on which a participant has programme: those with an hour, or working days where no week is planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from samlop.hours.days import is_working_day
from samlop.hours.sessions import case_sessions
from samlop.law.dates import Period


@dataclass(frozen=True)
class ProgrammeDays:
    """The programme days of cases in a period, with the clock hours of each day; empty where no week is planned."""

    hours: Mapping[UUID, Mapping[date, Fraction]] = field(default_factory=dict)

    @classmethod
    def of(cls, case_ids: Collection[UUID], first: date, last: date) -> ProgrammeDays:
        """A fixed number of queries; none where there are no cases."""
        if not case_ids:
            return cls()
        found: dict[UUID, dict[date, Fraction]] = {}
        for key, sessions in case_sessions(case_ids, first, last).items():
            days: dict[date, Fraction] = {}
            for session in sessions:
                days[session.day] = days.get(session.day, Fraction(0)) + session.hours
            found[key] = days
        return cls(found)

    def within(self, case_id: UUID, period: Period) -> set[date]:
        """The programme days of a case in a period."""
        planned = self.hours.get(case_id)
        if planned:
            return {day for day in planned if period.first <= day <= period.last}
        return {day for day in period.days() if is_working_day(day)}
