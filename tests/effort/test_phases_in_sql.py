"""The phase a list shows is the phase the rule gives, on every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from samlop.core.writing import writing
from samlop.programme.models import Course
from samlop.programme.phases import phase
from samlop.programme.phases_in_sql import phase_expression
from tests.house import House

COURSES = [
    (None, None, None),
    (date(2025, 11, 30), None, None),
    (date(2025, 11, 30), date(2027, 8, 31), None),
    (date(2026, 1, 12), date(2026, 6, 30), None),
    (date(2025, 2, 1), date(2026, 12, 31), date(2026, 6, 30)),
]


@pytest.mark.parametrize(("start", "planned", "ended"), COURSES)
def test_the_database_and_the_rule_agree(house: House, start: date, planned: date, ended: date) -> None:
    with writing("test"):
        Course.objects.create(
            case=house.case, start_on=start, planned_end_on=planned, ended_on=ended, end_reason="work" if ended else ""
        )
    for number in range(0, 1000, 1 if start is None else 3):
        on = date(2025, 1, 30) + timedelta(days=number)
        found = Course.objects.annotate(phase=phase_expression(on)).get().phase
        assert found == phase(on, start, ended or planned), on


@pytest.mark.parametrize("end", [date(2026, 8, 31), date(2026, 8, 30), date(2026, 8, 29), date(2026, 8, 28)])
def test_the_end_of_february_is_counted_alike(house: House, end: date) -> None:
    with writing("test"):
        Course.objects.create(case=house.case, start_on=date(2024, 11, 30), planned_end_on=end)
    for number in range(10):
        on = date(2026, 2, 25) + timedelta(days=number)
        assert Course.objects.annotate(phase=phase_expression(on)).get().phase == phase(on, date(2024, 11, 30), end)
    for number in range(10):
        on = date(2025, 2, 24) + timedelta(days=number)
        assert Course.objects.annotate(phase=phase_expression(on)).get().phase == phase(on, date(2024, 11, 30), end)
