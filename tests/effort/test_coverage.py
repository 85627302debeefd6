"""Phases that a period touches: the same as asking for the phase on each of its days."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.effort.coverage import Period, phases_between
from samlop.programme.phases import phase

days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@settings(max_examples=200, deadline=None)
@given(days, st.integers(0, 500), st.one_of(st.none(), days), st.one_of(st.none(), st.integers(0, 900)))
def test_as_day_by_day(first: date, length: int, start: date | None, course: int | None) -> None:
    end = start + timedelta(days=course) if start and course is not None else None
    period = Period(first, first + timedelta(days=length))
    by_day = {phase(first + timedelta(days=n), start, end) for n in range(length + 1)}
    assert phases_between(period, start, end) == by_day
