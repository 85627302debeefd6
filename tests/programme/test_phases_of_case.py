"""The days of each phase agree with the phase of each day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samlop.programme.phases import phase
from samlop.programme.phases_of_case import spans_of


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 12), date(2028, 1, 11)),
        (date(2026, 1, 12), None),
        (date(2026, 1, 31), date(2026, 6, 30)),
        (date(2026, 1, 12), date(2026, 3, 1)),
        (date(2026, 1, 12), date(2026, 1, 12)),
    ],
)
def test_every_day_is_in_the_phase_it_has(start: date, end: date | None) -> None:
    spans = spans_of(start, end)
    day = start - timedelta(days=3)
    while day < (end or start + timedelta(days=400)) + timedelta(days=3):
        held = [s.code for s in spans if (s.first is None or s.first <= day) and (s.last is None or day <= s.last)]
        assert held == [phase(day, start, end)], day
        day += timedelta(days=1)
