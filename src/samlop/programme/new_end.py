"""The last day of the programme when granted leave comes in addition: proposed, and set by a person with one press."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from samlop.cases.models import Case
from samlop.core.time import today
from samlop.law.absence import AddedTime
from samlop.law.dates import working_days
from samlop.law.remaining import add_working_days
from samlop.programme.absences import added, days_away, is_granted_leave, leave_period, standing
from samlop.programme.kinds import DecisionKind
from samlop.programme.law_of_case import LawOfCase, law_of, told
from samlop.programme.models import Decision


@dataclass(frozen=True)
class NewEnd:
    """A later last day: from which day, by how many working days, and what the law says."""

    start_on: date
    end_was: date
    end_on: date
    days: int
    references: tuple[str, ...]
    uncertain: list[tuple[str, str]]


def new_end(case: Case) -> NewEnd | None:
    """The last day that leave granted since the programme was awarded or extended would give; none where it has ended,
    nothing is decided, or the day stands already.

    Counted from the last day that was decided, so that it can be asked as often as one likes; never after the last
    lawful day.
    """
    law = law_of(case)
    start, end = law.course.start_on, law.course.planned_end_on
    if start is None or end is None or law.course.ended_on is not None:
        return None
    decisions = standing(Decision.objects.filter(case=case, kind__in=("award", "extension", "leave")))
    lasting = [row for row in decisions if row.kind != DecisionKind.LEAVE]
    base = max(lasting, key=lambda row: (row.kind == DecisionKind.EXTENSION, _when(row)), default=None)
    if base is None:
        return None
    away = days_away([case])[case.pk]
    after = added(away, start, law.act)
    days = after.days - added(_before(away, decisions, base), start, law.act).days
    until = add_working_days(date.fromisoformat(base.data["planned_end_on"]), max(days, 0))
    latest = _limit(law, after, base)
    until = min(until, latest) if latest else until
    if until <= end:
        return None
    return NewEnd(start, end, until, days, after.references, told(after.uncertain))


def _when(row: Decision) -> tuple[date, str]:
    return row.decided_on or today(), str(row.pk)


def _before(away: Counter[str], decisions: list[Decision], base: Decision) -> Counter[str]:
    """The days away that were known when the last day was decided: without leave that was granted afterwards."""
    known = Counter(away)
    for row in decisions:
        if is_granted_leave(row) and _when(row) > _when(base):
            known[row.data["reason"]] -= working_days(leave_period(row))
    return known


def _limit(law: LawOfCase, after: AddedTime, base: Decision) -> date | None:
    """The last lawful day; none where the facts do not tell."""
    latest = law.latest_end(after).value
    if latest is None:
        return None
    return latest.extended if base.kind == DecisionKind.EXTENSION and latest.extended else latest.ordinary
