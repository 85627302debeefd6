"""Hours against the law: full time, work-oriented hours, life skills and parental guidance.

The counting itself is ``samlop.law.content``; here the sessions become what it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from uuid import UUID

from samlop.hours.days import Days, each_day, public_holiday
from samlop.hours.regime import Regime
from samlop.hours.sessions import Session
from samlop.hours.vocabulary import DayKind
from samlop.law.acts import ActId
from samlop.law.content import HOUR, Element, Week
from samlop.law.content import week as law_week
from samlop.law.parameters import rules_known
from samlop.plan.vocabulary import StepKind

LESSONS = frozenset({StepKind.NORWEGIAN.value, StepKind.SOCIAL_STUDIES.value})
"""What is taught in lessons that count 75 minutes."""
WORK_ORIENTED = frozenset(
    kind.value
    for kind in (
        StepKind.LANGUAGE_PRACTICE,
        StepKind.WORK_PRACTICE,
        StepKind.WORK_TRAINING,
        StepKind.WAGE_SUBSIDY,
        StepKind.VOCATIONAL_COURSE,
        StepKind.NAV_MEASURE,
        StepKind.JOB,
    )
)
"""What counts towards the work-oriented hours (integreringsloven § 14 a): practice, work, courses, NAV measures."""
LESSON_MINUTES = 45


class DayState(StrEnum):
    """What a weekday is for a participant (or for a municipality's programme)."""

    PROGRAMME = "programme"
    EMPTY = "empty"
    PUBLIC_HOLIDAY = "public_holiday"
    HOLIDAY = "holiday"
    PLANNING_DAY = "planning_day"
    LEAVE = "leave"
    OUTSIDE = "outside"


FREE = (DayState.PUBLIC_HOLIDAY, DayState.HOLIDAY, DayState.PLANNING_DAY, DayState.LEAVE, DayState.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Provided:
    """Hours somebody gives in a week: by the clock, and as they count."""

    plain: Fraction
    counted: Fraction


@dataclass(frozen=True, slots=True)
class WeekSum:
    """One participant's week against full time. ``days`` tells what each weekday is."""

    monday: date
    sessions: tuple[Session, ...]
    days: Mapping[date, DayState]
    week: Week

    @property
    def programme_days(self) -> int:
        """Days that ask for programme."""
        return sum(state not in FREE for state in self.days.values())

    @property
    def empty_days(self) -> list[date]:
        """Days that ask for programme and have none."""
        return [day for day, state in self.days.items() if state == DayState.EMPTY]

    @property
    def work_hours(self) -> Fraction:
        """Work-oriented clock hours."""
        return sum((one.hours for one in self.sessions if one.content in WORK_ORIENTED), Fraction(0))


def element_of(session: Session) -> Element:
    """What the law counts of a session: its lessons where it is taught in lessons, else its clock time."""
    return Element(*_counted_minutes(session))


def _counted_minutes(session: Session) -> tuple[int, bool]:
    if session.lessons and session.content in LESSONS:
        return session.lessons * LESSON_MINUTES, True
    starts, ends = session.starts, session.ends
    return (ends.hour - starts.hour) * HOUR + ends.minute - starts.minute, False


def monday_of(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.weekday())


def week_of(regime: Regime, monday: date, sessions: Sequence[Session], days: Days) -> WeekSum:
    """Hold the sessions of one week (Monday to Sunday) against full time."""
    filled = {one.day for one in sessions}
    states = {day: day_state(regime, day, days, filled) for day in each_day(monday, monday + timedelta(days=4))}
    asked = sum(state not in FREE for state in states.values())
    answer = held(elements_of(sessions), monday, regime.act, regime.own_activity(monday), asked)
    return WeekSum(monday, tuple(sessions), states, answer)


def elements_of(sessions: Iterable[Session]) -> tuple[tuple[int, bool], ...]:
    """The sessions as sorted (minutes, is lesson), so that weeks alike are counted once."""
    return tuple(sorted(map(_counted_minutes, sessions)))


@lru_cache(maxsize=4096)
def held(elements: tuple[tuple[int, bool], ...], monday: date, act: ActId, own_activity: bool, days: int) -> Week:
    """A week against full time; the same weeks come again and again, for many participants."""
    return law_week(
        [Element(minutes, lesson) for minutes, lesson in elements],
        monday,
        act,
        own_activity=own_activity,
        days=days,
        rules=rules_known(),
    )


def day_state(regime: Regime, day: date, days: Days, filled: Set[date]) -> DayState:
    """What a weekday is for a participant; ``filled`` are the days with an hour."""
    if not regime.in_programme(day):
        return DayState.OUTSIDE
    if regime.on_leave(day):
        return DayState.LEAVE
    if public_holiday(day):
        return DayState.PUBLIC_HOLIDAY
    if not (marks := days.on(day)):
        return DayState.PROGRAMME if day in filled else DayState.EMPTY
    if (whole := marks.get(None)) is not None and whole.kind == DayKind.HOLIDAY:
        return DayState.HOLIDAY
    if day in filled:
        return DayState.PROGRAMME
    if any(mark.kind == DayKind.PLANNING_DAY for mark in marks.values()):
        return DayState.PLANNING_DAY
    return DayState.EMPTY


def by_provider(week: WeekSum, regime: Regime) -> dict[str, Provided]:
    """Hours by who gives them, the most first. The counted hours add up to the week's."""
    groups: dict[str, list[Session]] = {}
    for session in week.sessions:
        groups.setdefault(session.provider, []).append(session)
    found = {}
    for provider, sessions in groups.items():
        counted = held(elements_of(sessions), week.monday, regime.act, regime.own_activity(week.monday), 5).counted
        found[provider] = Provided(sum((one.hours for one in sessions), Fraction(0)), counted)
    return dict(sorted(found.items(), key=lambda pair: -pair[1].counted))


def split_weeks(sessions: Iterable[Session]) -> dict[date, list[Session]]:
    """Sessions by the Monday of their week."""
    found: dict[date, list[Session]] = {}
    for session in sessions:
        found.setdefault(monday_of(session.day), []).append(session)
    return found


def weeks_of(
    regime: Regime, sessions: Iterable[Session], days: Mapping[UUID, Days], first: date, last: date
) -> list[WeekSum]:
    """Every week between two days, also those without a session."""
    split, here = split_weeks(sessions), days.get(regime.municipality_id) or Days()
    monday, found = monday_of(first), []
    while monday <= last:
        found.append(week_of(regime, monday, split.get(monday, []), here))
        monday += timedelta(days=7)
    return found
