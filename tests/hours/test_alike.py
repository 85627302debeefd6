"""Weeks that are alike are counted once; what comes out is what each participant's own week says."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samlop.cases.models import Case
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.counting import WeekSum, weeks_of
from samlop.hours.coverage import participants_weeks
from samlop.hours.days import days_between
from samlop.hours.models import OwnException, WeekChoice
from samlop.hours.regime import regimes
from samlop.hours.sessions import case_sessions
from samlop.hours.vocabulary import DayKind
from tests.hours.presence import decided_leave
from tests.hours.weeks import clock, course, group, hour, join, mark
from tests.house import House, person
from tests.house import case as another_case

FIRST, LAST = date(2026, 10, 5), date(2026, 11, 29)  # eight whole weeks
TODAY = date(2026, 10, 1)


def one_by_one(cases: list[Case]) -> dict[Any, list[WeekSum]]:
    """Each participant's weeks, laid out alone."""
    keys = [case.pk for case in cases]
    rules = regimes(keys, TODAY)
    sessions = case_sessions(keys, FIRST, LAST)
    marks = days_between({rule.municipality_id for rule in rules.values()}, FIRST, LAST)
    return {key: weeks_of(rules[key], sessions[key], marks, FIRST, LAST) for key in keys}


def sums(weeks: list[WeekSum]) -> list[Any]:
    return [
        (one.monday, one.week, dict(one.days), one.empty_days, one.work_hours, one.programme_days,
         sorted((s.day, s.starts, s.ends, s.content, s.provider, s.lessons) for s in one.sessions))
        for one in weeks
    ]  # fmt: skip


def some_day(rng: random.Random) -> date:
    return FIRST + timedelta(days=rng.randrange(-10, 70))


def period(rng: random.Random) -> tuple[date, date | None]:
    first = some_day(rng)
    return first, None if rng.random() < 0.4 else first + timedelta(days=rng.randrange(0, 60))


def municipality_of_chance(house: House, rng: random.Random) -> list[Case]:
    """Groups, participants and a calendar by chance: many alike, and every boundary inside a week."""
    groups = [group(house, f"Spor {number}", start=date(2026, 8, 3)) for number in range(3)]
    for one in groups:
        for weekday in rng.sample(range(1, 6), 3):
            hour(one, weekday, "09.00-13.30", lessons=rng.choice([None, 5]), pattern=rng.choice(["every", "odd"]))
    for number in range(6):
        kind = rng.choice([DayKind.HOLIDAY, DayKind.SCHOOL_FREE, DayKind.PLANNING_DAY, DayKind.OTHER_PROGRAMME])
        day = FIRST + timedelta(days=number * 9 + rng.randrange(5))
        mark(house, day, kind, unit=rng.choice([None, house.units["school"]]))
    cases = [house.case, *(another_case(house, person(house.municipality, f"N{n}")) for n in range(9))]
    for case in cases:
        start, end = rng.choice([(date(2026, 8, 3), date(2028, 8, 2)), (some_day(rng), None), (None, None)])
        if rng.random() < 0.9:
            course(case, start, end)
        if rng.random() < 0.8:
            first, last = rng.choice([(date(2026, 8, 3), None), period(rng)])
            join(case, rng.choice(groups), first, last)
        if rng.random() < 0.5:
            first, last = rng.choice([(date(2026, 8, 3), None), period(rng)])
            made = hour(case, rng.choice([2, 7]), "08.00-15.00", valid_from=first, valid_to=last, place=f"{case.pk}")
            if rng.random() < 0.6:
                day = FIRST + timedelta(days=7 * rng.randrange(8) + made.weekday - 1)
                starts, ends = rng.choice([(None, None), (clock("10"), clock("12"))])
                with writing("test"):
                    OwnException.objects.create(case=case, slot=made, day=day, starts=starts, ends=ends)
        if rng.random() < 0.3:
            first = some_day(rng)
            decided_leave(case, "VELFERD", first, first + timedelta(days=rng.randrange(0, 12)))
        if rng.random() < 0.3:
            with writing("test"):
                WeekChoice.objects.create(case=case, own_activity_from=some_day(rng), own_activity_why="Lekser")
    return cases


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_weeks_of_all_are_those_of_each(house: House, seed: int) -> None:
    from django.db import transaction

    with at(TODAY), transaction.atomic():
        cases = municipality_of_chance(house, random.Random(seed))
        __, weeks = participants_weeks([case.pk for case in cases], FIRST, LAST, TODAY)
        alone = one_by_one(cases)
        for case in cases:
            assert sums(weeks[case.pk]) == sums(alone[case.pk])
        transaction.set_rollback(True)


def test_those_in_the_same_group_share_one_week(house: House) -> None:
    with at(TODAY):
        spor = group(house)
        hour(spor, 1, "09.00-12.00")
        cases = [house.case, *(another_case(house, person(house.municipality, f"N{n}")) for n in range(3))]
        for case in cases:
            course(case)
            join(case, spor)
        __, weeks = participants_weeks([case.pk for case in cases], FIRST, FIRST, TODAY)
    assert len({id(ours[0]) for ours in weeks.values()}) == 1
