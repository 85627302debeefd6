"""The plan talks of a programme as a series: which are held, which are planned, when the next is due. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings
from samlop.cooperation.rules import Requirement
from samlop.core.time import add_months

T = TypeVar("T")


def next_talk_due(
    last_talk_on: date | None, settled_on: date | None, start_on: date | None, end_on: date | None, settings: Settings
) -> date | None:
    """The last day for the next plan talk.

    So many months after the last one, or – for the first – the deadline of the plan, counted as the municipality has
    chosen (from the other day where that one is not known). Never after the planned end: what is to be said is said
    before it.
    """
    if last_talk_on is not None:
        due = add_months(last_talk_on, settings.plan_review_months)
    elif (first := settings.first_plan_from(settled_on, start_on) or settled_on or start_on) is not None:
        due = add_months(first, settings.plan_deadline_months)
    else:
        return None
    return min(due, end_on) if end_on is not None else due


@dataclass(frozen=True)
class SeriesTalk(Generic[T]):
    """One talk of the series: the meeting if there is one, when it should be if not, and who must be in it."""

    number: int
    meeting: T | None
    due_on: date | None
    required: list[Requirement]


def series(talks: Sequence[T], next_due_on: date | None, settings: Settings) -> list[SeriesTalk[T]]:
    """The talks that are held or planned, in order, and those still to come of the planned number.

    Only the next one has a day: those after it depend on when it is held.
    """
    total = max(settings.plan_talks, len(talks))
    found = []
    for number in range(1, total + 1):
        meeting = talks[number - 1] if number <= len(talks) else None
        due_on = next_due_on if number == len(talks) + 1 else None
        found.append(SeriesTalk(number, meeting, due_on, settings.required(TalkKind.PLAN_TALK, number)))
    return found
