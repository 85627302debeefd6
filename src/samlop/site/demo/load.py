"""Puts rows into the database by COPY, which is many times faster than one insert at a time."""

from __future__ import annotations

import functools
from collections.abc import Callable
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql
from psycopg.types.json import Jsonb

from samlop.core.writing import assert_writing

M = TypeVar("M", bound=models.Model)
Values = tuple[Any, ...]


class Rows:
    """Rows waiting to be written, in any order: references between them are checked when the transaction ends.

    ``add`` keeps an object that may still change until ``write``; ``put`` keeps plain values and is many times faster.
    """

    def __init__(self) -> None:
        self._objects: dict[type[models.Model], list[models.Model]] = {}
        self._values: dict[type[models.Model], list[Values]] = {}
        self.count = 0

    def add(self, row: M) -> M:
        """Keep an object until ``write``."""
        self._objects.setdefault(type(row), []).append(row)
        self.count += 1
        return row

    def put(self, model: type[models.Model], **values: Any) -> None:
        """Keep a row given as values by column name (``case_id``); what is left out gets the model's default."""
        table = _table(model)
        if not values.keys() <= table.names:
            raise TypeError(f"{model.__name__} has no {sorted(values.keys() - table.names)}")
        self._values.setdefault(model, []).append(table.pick({**table.defaults, **values}))
        self.count += 1

    def write(self) -> None:
        """Write everything and forget it. Needs a transaction and the writing guard; the caller opens both."""
        connection.ensure_connection()
        for model, objects in self._objects.items():
            values = _table(model).read
            self._values.setdefault(model, []).extend(values(row) for row in objects)
        for model, rows in self._values.items():
            assert_writing(model._meta.label)
            _copy(model, rows)
        self._objects.clear()
        self._values.clear()


class _Table:
    """What is needed of a model to turn rows into COPY's lines."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        attributes = [str(field.attname) for field in fields]
        self.columns = [str(field.column) for field in fields]
        self.names = frozenset(attributes)
        # A default that is made anew each time (keys, moments) must be given: the demo is the same every time.
        self.defaults = {
            field.attname: field.get_default()
            for field in fields
            if field.default is NOT_PROVIDED or not callable(field.default) or isinstance(field, models.JSONField)
        }
        self.pick: Callable[[dict[str, Any]], Values] = _wrapped(fields, itemgetter(*attributes))
        self.read: Callable[[models.Model], Values] = _wrapped(fields, attrgetter(*attributes))


_table = functools.cache(_Table)


def _wrapped(fields: list[Any], plain: Callable[[Any], Any]) -> Callable[[Any], Values]:
    """The values of a row, with JSON as the driver wants it."""
    json_at = [index for index, field in enumerate(fields) if isinstance(field, models.JSONField)]
    if not json_at:
        return plain

    def values(row: Any) -> Values:
        found = list(plain(row))
        for index in json_at:
            found[index] = Jsonb(found[index])
        return tuple(found)

    return values


def _copy(model: type[models.Model], rows: list[Values]) -> None:
    columns = sql.SQL(", ").join(map(sql.Identifier, _table(model).columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
