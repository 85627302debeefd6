"""The week as days with blocks: how long each is and how much air stands before it, in half hours, for the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from samlop.hours.counting import DayState, WeekSum
from samlop.hours.days import Days, public_holiday
from samlop.hours.models import Group
from samlop.hours.sessions import Session
from samlop.hours.vocabulary import DayKind

HALF_HOUR = 30
LONGEST = 16
"""The longest block or gap that is drawn, in half hours; longer ones are drawn as long."""


@dataclass(frozen=True, slots=True)
class Block:
    """A session on the page."""

    session: Session
    group: str
    length: int
    gap: int
    clashes: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A day of the week with its blocks; ``label`` tells why a day is not ordinary."""

    day: date
    state: DayState | None
    label: str
    blocks: tuple[Block, ...]


def timetable(week: WeekSum, groups: Mapping[UUID, Group], marks: Days) -> list[Column]:
    """Monday to Friday, and Saturday and Sunday where something comes then."""
    starts = min((minutes(one.starts) for one in week.sessions), default=8 * 60)
    columns = []
    for number in range(7):
        day = week.monday + timedelta(days=number)
        sessions = [one for one in week.sessions if one.day == day]
        if number < 5 or sessions:
            columns.append(
                Column(day, week.days.get(day), label_of(day, marks), tuple(_blocks(sessions, groups, starts)))
            )
    return columns


def _blocks(sessions: list[Session], groups: Mapping[UUID, Group], begins: int) -> list[Block]:
    found: list[Block] = []
    free_from = begins
    for number, one in enumerate(sessions):
        starts, ends = minutes(one.starts), minutes(one.ends)
        group = groups.get(one.group_id) if one.group_id else None
        others = sessions[:number] + sessions[number + 1 :]
        clashes = any(other.starts < one.ends and one.starts < other.ends for other in others)
        found.append(
            Block(one, group.name if group else "", _halves(ends - starts), _halves(starts - free_from, 0), clashes)
        )
        free_from = max(free_from, ends)
    return found


def _halves(length: int, least: int = 1) -> int:
    return max(least, min(round(length / HALF_HOUR), LONGEST))


def minutes(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def label_of(day: date, marks: Days) -> str:
    """What is special about a day: the public holiday, or the words of the year calendar."""
    if name := public_holiday(day):
        return name
    return ", ".join(dict.fromkeys(mark.note or str(DayKind(mark.kind).label) for mark in marks.on(day).values()))
