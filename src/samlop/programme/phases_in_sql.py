"""``programme.phases`` as database expressions, for lists and reports that cannot ask row by row.

The month arithmetic of PostgreSQL is that of ``core.time.add_months``: the month's last day where the day is missing.
A test walks the days and compares the two.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, DateField, F, Func, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan, LessThanOrEqual

from samlop.programme.phases import END_MONTHS, START_MONTHS, Phase


class MonthsLater(Func):
    """A date some months later (or earlier): ``MonthsLater("start_on", 3)``."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field: Any = DateField()

    def __init__(self, day: Any, months: Any) -> None:
        later = Func(
            _value(months), function="make_interval", template="make_interval(months => (%(expressions)s)::int)"
        )
        super().__init__(day, later)


def _value(months: Any) -> Any:
    return Value(months) if isinstance(months, int) else months


def end_of_course(path: str = "") -> Coalesce:
    """The last day of the programme: the actual one where it has ended, else the planned one."""
    return Coalesce(F(f"{path}ended_on"), F(f"{path}planned_end_on"))


def phase_expression(on: date | Combinable, path: str = "") -> Case:
    """The phase of a course on a day; ``path`` leads to the course («course__»), ``on`` may be a column."""
    day = Value(on, output_field=DateField()) if isinstance(on, date) else on
    start, end = F(f"{path}start_on"), end_of_course(path)
    started = f"{path}start_on__isnull"
    return Case(
        When(Q(**{started: True}), then=Value(Phase.BEFORE.value)),
        When(LessThan(day, start), then=Value(Phase.BEFORE.value)),
        When(LessThan(end, day), then=Value(Phase.AFTER.value)),
        When(LessThan(day, MonthsLater(start, START_MONTHS)), then=Value(Phase.START.value)),
        When(LessThanOrEqual(MonthsLater(end, -END_MONTHS), day), then=Value(Phase.END.value)),
        default=Value(Phase.DURING.value),
        output_field=CharField(),
    )
