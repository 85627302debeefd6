"""Database constraints for periods: the first day before the last, and no two at once.

The embedded PostgreSQL has no ``btree_gist``; a range of the key's hash beside the date range gives the same guard
without an extension.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class _DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class _KeyRange(Func):
    """A one-point range of the key as text: equal keys overlap, others never do (``textrange`` is ours, see 0001)."""

    function = "TEXTRANGE"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field: Any = models.TextField()


class _AsText(Func):
    template = "(%(expressions)s)::text"
    output_field: Any = models.TextField()


def period_in_order(name: str, start: str = "valid_from", end: str = "valid_to") -> models.CheckConstraint:
    """The last day, when known, is not before the first."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}))


def no_overlap(
    name: str, *keys: str, start: str = "valid_from", end: str = "valid_to", condition: Q | None = None
) -> ExclusionConstraint:
    """Rows with the same keys never share a day; both first and last days count, an empty end is open."""
    expressions: list[tuple[Any, str]] = [
        (_KeyRange(_AsText(key), _AsText(key)), RangeOperators.OVERLAPS) for key in keys
    ]
    expressions.append((_DateRange(start, end, Value("[]")), RangeOperators.OVERLAPS))
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)
