"""Periods: which rows hold on a day, and database constraints that keep them in order and apart.

The embedded PostgreSQL has no ``btree_gist``; a one-point range of the key's 64-bit hash beside the date range gives
the same guard without an extension. Two different keys with the same hash would be refused too; among a million cases
the chance of one such pair is less than one in ten million. (A range over the key as text never collides, but its index
is twice as large and four times as slow to fill.)
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class _DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class _KeyHash(Func):
    """The key as 64 bits, the same on every server (``hashtextextended`` of its text)."""

    template = "hashtextextended((%(expressions)s)::text, 0)"
    output_field: Any = models.BigIntegerField()


class _KeyRange(Func):
    """A one-point range of two equal hashes: equal keys overlap, others do not."""

    function = "INT8RANGE"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field: Any = BigIntegerRangeField()


def in_force(day: date, prefix: str = "") -> Q:
    """Rows whose period holds on a day; both first and last days count. ``prefix`` is a path such as ``team__``."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    )


def period_in_order(name: str, start: str = "valid_from", end: str = "valid_to") -> models.CheckConstraint:
    """The last day, when known, is not before the first."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": F(start)}))


def no_overlap(
    name: str, *keys: str, start: str = "valid_from", end: str = "valid_to", condition: Q | None = None
) -> ExclusionConstraint:
    """Rows with the same keys never share a day; both first and last days count, an empty end is open."""
    expressions: list[tuple[Any, str]] = [
        (_KeyRange(_KeyHash(key), _KeyHash(key)), RangeOperators.OVERLAPS) for key in keys
    ]
    expressions.append((_DateRange(start, end, Value("[]")), RangeOperators.OVERLAPS))
    return ExclusionConstraint(name=name, expressions=expressions, condition=condition)
