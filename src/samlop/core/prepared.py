"""Lists that are asked again and again: the SQL is written once, and only the values change."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Hashable, KeysView
from enum import Enum
from typing import Any, ParamSpec, TypeVar, cast

from django.db import connections
from django.db.models import Expression, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from samlop.core.lookups import Among

P = ParamSpec("P")
Row = TypeVar("Row")


class Slot(Expression):
    """The place of an argument in a prepared list, by the argument's name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]


def prepared(build: Callable[P, QuerySet[Any, Row]]) -> Callable[P, list[Row]]:
    """Make a function that builds a list into one that reads it, with the SQL written at the first call only.

    Django spends as long on writing a short question as the database on answering it, and *Min dag* asks forty.
    The function is called once with a ``Slot`` for each argument: it may hand them on to lookups (``case_id__among``,
    ``valid_to__gte``), not look at them. Arguments are keys, lists of keys, days, times, numbers and texts.
    What is read is new each time; only the SQL is kept.
    """
    signature = inspect.signature(build)

    @functools.cache
    def ready() -> _Ready:
        return _Ready(cast(Any, build)(**{name: Slot(name) for name in signature.parameters}))

    @functools.wraps(build)
    def read(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return ready().read(given.arguments)

    return read


def prepared_by_shape(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """As ``prepared``, for a list of a few shapes: the first argument is kept as it is, and the SQL written for each.

    The shape is something hashable that decides which conditions there are (the relations a role has to a case), never
    a value of somebody's own: shapes are few, and their SQL is kept. Slots made by the shape itself are filled by name
    (``**_slots``).
    """
    _shape, *arguments = inspect.signature(build).parameters.values()
    names = [one.name for one in arguments if one.kind is not one.VAR_KEYWORD]

    @functools.lru_cache(maxsize=512)
    def ready(of: Hashable) -> _Ready:
        return _Ready(build(of, **{name: Slot(name) for name in names}))

    @functools.wraps(build)
    def read(of: Hashable, **given: Any) -> list[Row]:
        return ready(of).read(given)

    return read


class _Ready:
    """A list with its SQL. The compiler kept is never run itself: each reading runs a copy of it with its values."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.rows, self.using = rows, rows.db
        self.compiler = rows.query.get_compiler(self.using)
        self.sql, self.params = self.compiler.as_sql()
        self.converters = self.compiler.get_converters([one[0] for one in self.compiler.select])
        self.keys = _keys_needed(rows)

    def read(self, given: dict[str, Any]) -> list[Any]:
        if any(not given[name] for name in self.keys):
            return []
        params = tuple(_value(given[one.name]) if isinstance(one, Slot) else one for one in self.params)
        return list(self._with(params))

    def _with(self, params: tuple[Any, ...]) -> QuerySet[Any, Any]:
        """The list as Django knows it, except that its SQL is written already."""
        compiler: Any = copy.copy(self.compiler)
        compiler.connection = connections[self.using]  # each thread has its own
        compiler.as_sql = lambda *_args, **_named: (self.sql, params)
        compiler.get_converters = lambda _fields: self.converters
        query: Any = copy.copy(self.rows.query)
        query.get_compiler = lambda *_args, **_named: compiler
        rows: Any = object.__new__(type(self.rows))
        rows.__dict__.update(self.rows.__dict__, _query=query)
        return cast(QuerySet[Any, Any], rows)


def _keys_needed(rows: QuerySet[Any, Any]) -> list[str]:
    """The lists of keys without which there is nothing to find: the question is then not asked."""
    where = rows.query.where
    if where.negated or where.connector != "AND":
        return []
    return [one.rhs.name for one in where.children if isinstance(one, Among) and isinstance(one.rhs, Slot)]


def _value(value: Any) -> Any:
    """The value as the database driver takes it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, set, frozenset, tuple, KeysView)):
        return [_value(one) for one in value]
    return value
