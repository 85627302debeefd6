"""Days of absence and leave that may lengthen the programme, from granted leave here and from the rooms above.

The room ``hours`` knows the days people were away; it adds its source to ``SOURCES`` when the program starts (decision
0022). Here stand the leaves granted by decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from samlop.cases.models import Case
from samlop.law.absence import AddedTime, added_time, reasons
from samlop.law.acts import ActId
from samlop.law.dates import Period, working_days
from samlop.programme.models import Decision, DecisionStatus

DaysByReason = Mapping[str, int]
Source = Callable[[Collection[UUID]], Mapping[UUID, DaysByReason]]
"""Working days away by reason code (``law.absence.reasons``) for many cases, in a fixed number of queries. Days of a
leave that was granted by decision are left out: they are counted here."""

SOURCES: list[Source] = []


def days_away(cases: Collection[Case]) -> dict[UUID, Counter[str]]:
    """Working days away by reason for each case: leaves granted by decision and what the sources know.

    Somebody who moved keeps the time that absence added before: the days of the cases that theirs continues are in the
    sums, and only in the sums. One query, those of the sources, and one for each move of whoever moved most often.
    """
    before = earlier_cases(cases)
    keys = {*before, *(key for found in before.values() for key in found)}
    each = days_of_leave(keys, Decision.objects.filter(case_id__in=keys, kind="leave"))
    for key, days in days_elsewhere(keys).items():
        each[key].update(days)
    return {key: sum((each[one] for one in earlier), each[key]) for key, earlier in before.items()}


def earlier_cases(cases: Iterable[Case]) -> dict[UUID, list[UUID]]:
    """The cases in other municipalities that each case continues, the newest first. No query where nobody has moved."""
    found: dict[UUID, list[UUID]] = {}
    ahead: dict[UUID, UUID] = {}
    for case in cases:
        found[case.pk] = []
        if case.continues_id is not None:
            ahead[case.pk] = case.continues_id
    while ahead:
        for key, before in ahead.items():
            found[key].append(before)
        rows = Case.objects.filter(pk__in=ahead.values(), continues__isnull=False).values_list("pk", "continues_id")
        further = dict(rows)
        ahead = {key: further[before] for key, before in ahead.items() if before in further}
    return found


def days_of_leave(case_ids: Collection[UUID], decisions: Iterable[Decision]) -> dict[UUID, Counter[str]]:
    """Working days of leave that was granted by decision. No query."""
    found: dict[UUID, Counter[str]] = {key: Counter() for key in case_ids}
    for decision in standing(decisions):
        if is_granted_leave(decision) and decision.case_id in found:
            found[decision.case_id][decision.data["reason"]] += working_days(leave_period(decision))
    return found


def days_elsewhere(case_ids: Collection[UUID]) -> dict[UUID, Counter[str]]:
    """Working days away that the rooms above know of. The queries of the sources."""
    found: dict[UUID, Counter[str]] = {}
    for source in SOURCES:
        for key, days in source(case_ids).items():
            found.setdefault(key, Counter()).update(days)
    return found


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Signed decisions that no later signed one replaces."""
    signed = [decision for decision in decisions if decision.status == DecisionStatus.SIGNED]
    replaced = {decision.replaces_id for decision in signed}
    return [decision for decision in signed if decision.pk not in replaced]


def is_granted_leave(decision: Decision) -> bool:
    """Whether a decision grants leave of whole days for a reason that can be counted."""
    if decision.kind != "leave" or not decision.data.get("granted", False):
        return False
    reason = reasons().get(decision.data["reason"])
    return reason is not None and not reason.part_of_day


def leave_period(decision: Decision) -> Period:
    """First and last day of a leave."""
    data: dict[str, Any] = decision.data
    return Period(date.fromisoformat(data["first_day"]), date.fromisoformat(data["last_day"]))


def added(days: DaysByReason, on: date, act: ActId) -> AddedTime:
    """What the days add to the programme; the answer names what is uncertain."""
    return added_time(days, on, act)
