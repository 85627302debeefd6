"""The municipality's year held against all-year and full-time: the days without programme, before the supervisor asks.

Found in 134 municipalities with 144 breaches: the programme followed the school's calendar (research/004 F3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samlop.hours.counting import DayState, monday_of
from samlop.hours.days import Days, public_holiday
from samlop.hours.vocabulary import DayKind
from samlop.law.acts import ActId
from samlop.law.content import holiday_days, programme_year

ACT: ActId = "integreringsloven"
NOT_ASKED = (DayState.PUBLIC_HOLIDAY, DayState.HOLIDAY, DayState.PLANNING_DAY, DayState.OUTSIDE)


@dataclass(frozen=True, slots=True)
class YearWeek:
    """A week of the year: what each weekday of the year in it is."""

    monday: date
    days: Mapping[date, DayState]

    @property
    def empty(self) -> list[date]:
        """Days that ask for programme and have none."""
        return [day for day, state in self.days.items() if state == DayState.EMPTY]

    @property
    def is_uncovered(self) -> bool:
        """Whether the week has no programme at all, though some day asks for it."""
        asked = [state for state in self.days.values() if state not in NOT_ASKED]
        return bool(asked) and all(state == DayState.EMPTY for state in asked)


@dataclass(frozen=True, slots=True)
class YearCheck:
    """The year of a municipality. ``allowed_holiday`` is in working days; planning days count as holiday."""

    year: int
    weeks: tuple[YearWeek, ...]
    allowed_holiday: int
    programme_weeks: int
    references: tuple[str, ...]

    def count(self, state: DayState) -> int:
        """Weekdays of one kind."""
        return sum(state == one for week in self.weeks for one in week.days.values())

    @property
    def programme_days(self) -> int:
        return self.count(DayState.PROGRAMME)

    @property
    def holiday(self) -> int:
        """Working days of holiday: the participants' own, and planning days without other programme."""
        return self.count(DayState.HOLIDAY) + self.count(DayState.PLANNING_DAY)

    @property
    def planning_days(self) -> int:
        return self.count(DayState.PLANNING_DAY)

    @property
    def too_much_holiday(self) -> int:
        """Days of holiday beyond what the participants have: days that ask for programme."""
        return max(0, self.holiday - self.allowed_holiday)

    @property
    def holiday_left(self) -> int:
        return max(0, self.allowed_holiday - self.holiday)

    @property
    def empty_days(self) -> list[date]:
        """Days without programme, in order."""
        return [day for week in self.weeks for day in week.empty]

    @property
    def uncovered_weeks(self) -> list[YearWeek]:
        """Weeks without any programme."""
        return [week for week in self.weeks if week.is_uncovered]

    @property
    def partly_covered(self) -> list[YearWeek]:
        """Weeks with programme on some days only."""
        return [week for week in self.weeks if week.empty and not week.is_uncovered]

    @property
    def follows_the_school(self) -> bool:
        """Whether the programme stops with the school for whole weeks (the supervisor's finding)."""
        return bool(self.uncovered_weeks)


def year_check(year: int, marks: Days) -> YearCheck:
    """Hold a municipality's calendar against the year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    weeks, monday = [], monday_of(first)
    while monday <= last:
        inside = [day for day in (monday + timedelta(days=n) for n in range(5)) if first <= day <= last]
        if inside:
            weeks.append(YearWeek(monday, {day: state_of(day, marks) for day in inside}))
        monday += timedelta(days=7)
    allowed, full = holiday_days(last), programme_year(last, ACT)
    references = tuple(dict.fromkeys((full.reference, allowed.reference)))
    return YearCheck(year, tuple(weeks), allowed.whole, full.whole, references)


def state_of(day: date, marks: Days) -> DayState:
    """What a weekday is for the municipality's programme.

    A unit that is closed leaves the day empty unless somebody has other programme; a planning day is a day of holiday
    that the municipality has moved there (Lindesnes, research/004 § 4).
    """
    if public_holiday(day):
        return DayState.PUBLIC_HOLIDAY
    on = marks.on(day)
    if not on:
        return DayState.PROGRAMME
    if (whole := on.get(None)) is not None and whole.kind == DayKind.HOLIDAY:
        return DayState.HOLIDAY
    kinds = {mark.kind for mark in on.values()}
    if DayKind.OTHER_PROGRAMME in kinds:
        return DayState.PROGRAMME
    return DayState.PLANNING_DAY if DayKind.PLANNING_DAY in kinds else DayState.EMPTY
