"""The days on which a participant has programme: those with an hour, or working days where no week is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID

from samlop.cases.models import Case
from samlop.hours.days import Days, days_between, is_working_day
from samlop.hours.models import ClassMember, ClassSlot, OwnSlot
from samlop.hours.sessions import Bounds, case_sessions, programme_bounds, touching
from samlop.hours.vocabulary import DayKind
from samlop.law.dates import Period


@dataclass(frozen=True)
class ProgrammeDays:
    """The programme days of cases in a period.

    ``hours`` are the clock hours of each day, of cases with a week planned: none at all in a holiday. ``days`` are the
    municipality's marked days and ``bounds`` the programme's first and last day, for cases where no week is planned.
    """

    hours: Mapping[UUID, Mapping[date, Fraction]] = field(default_factory=dict)
    days: Mapping[UUID, Days] = field(default_factory=dict)
    bounds: Mapping[UUID, Bounds] = field(default_factory=dict)

    @classmethod
    def of(cls, case_ids: Collection[UUID], first: date, last: date) -> ProgrammeDays:
        """A fixed number of queries; none where there are no cases."""
        if not case_ids:
            return cls()
        planned = _with_a_week(case_ids, first, last)
        found: dict[UUID, dict[date, Fraction]] = {}
        for key, sessions in case_sessions(planned, first, last).items():
            days: dict[date, Fraction] = {}
            for session in sessions:
                days[session.day] = days.get(session.day, Fraction(0)) + session.hours
            found[key] = days
        homes = dict(Case.objects.filter(pk__among=list(case_ids)).values_list("pk", "municipality_id"))
        marked = days_between(set(homes.values()), first, last)
        return cls(found, {key: marked[home] for key, home in homes.items()}, programme_bounds(case_ids))

    def within(self, case_id: UUID, period: Period) -> set[date]:
        """The programme days of a case in a period. Never a holiday, nor a day before or after the programme."""
        planned = self.hours.get(case_id)
        if planned is not None:
            return {day for day in planned if period.first <= day <= period.last}
        bounds = self.bounds.get(case_id, Bounds(None, None))
        first, last = bounds.within(period.first, period.last)
        return {
            day
            for day in period.days()
            if first <= day <= last and is_working_day(day) and not self._free(case_id, day)
        }

    def _free(self, case_id: UUID, day: date) -> bool:
        """Whether the whole municipality has holiday."""
        marked = self.days[case_id].on(day).get(None) if case_id in self.days else None
        return marked is not None and marked.kind == DayKind.HOLIDAY


def _with_a_week(case_ids: Iterable[UUID], first: date, last: date) -> set[UUID]:
    """The cases with an hour of their own or of a group planned, whether or not any comes. Two queries."""
    keys = list(case_ids)
    own = OwnSlot.objects.filter(touching(first, last), case_id__among=keys).values_list("case_id", flat=True)
    groups = ClassSlot.objects.filter(touching(first, last)).values("group_id")
    members = ClassMember.objects.filter(touching(first, last), case_id__among=keys, group_id__in=groups)
    return {*own, *members.values_list("case_id", flat=True)}
