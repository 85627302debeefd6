"""What most tests begin with, built once by the models and then written again as it was: rows in one script.

Every copy is new: keys of its own, in the order the first ones were made, and objects nobody else holds. The rows are
written inside the test, so that they are undone with it; nothing is shared between tests but the time it took.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

import time_machine
from django.db import connection
from psycopg import ClientCursor

from samlop.core import time as clock
from samlop.core.ids import uuid7_from

Built = TypeVar("Built")

_KEY = re.compile(r"'([0-9a-f]{12}7[0-9a-f]{19})'::uuid")
_INSERT = re.compile(r"(INSERT INTO .+? VALUES )(\(.+\))", re.DOTALL)
_ONLY_READS = ("SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")


@dataclass(frozen=True)
class _First:
    """The first building: its rows as text, cut where keys stand, and its objects with numbers for keys."""

    day: date
    text: list[str]
    """Text, number of a key, text, number of a key … text."""
    objects: bytes
    keys: int


class Copies(Generic[Built]):
    """Calls ``build`` the first time of a day; afterwards writes what it made once more, with new keys."""

    def __init__(self, build: Callable[[], Built]) -> None:
        self._build = build
        self._first: _First | None = None

    def __call__(self) -> Built:
        if clock._set_now.get() or time_machine.escape_hatch.is_travelling():
            return self._build()  # the rows hold what the clock said
        if self._first is None or self._first.day != clock.today():
            return self._build_and_remember()
        return self._again(self._first)

    def _build_and_remember(self) -> Built:
        day, rows = clock.today(), _Rows()
        with connection.execute_wrapper(rows):
            built = self._build()
        text = _KEY.split(rows.script())
        order = {key: place for place, key in enumerate(sorted(set(text[1::2])))}
        text[1::2] = [str(order[key]) for key in text[1::2]]
        self._first = _First(day, text, _with_numbers(built, order), len(order))
        return built

    def _again(self, first: _First) -> Built:
        keys = _new_keys(first.keys)
        words = [f"'{key}'::uuid" for key in keys]
        text = first.text.copy()
        text[1::2] = [words[int(number)] for number in text[1::2]]
        with connection.cursor() as cursor:
            cursor.execute("".join(text))
        loader = pickle.Unpickler(io.BytesIO(first.objects))
        loader.persistent_load = keys.__getitem__  # type: ignore[method-assign]
        built: Built = loader.load()
        return built


class _Rows:
    """Listens to a building and keeps the rows it writes."""

    def __init__(self) -> None:
        self._rows: list[tuple[str, str]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(_ONLY_READS):
            whole = _INSERT.fullmatch(sql)
            if many or whole is None:
                raise AssertionError(f"A building that is copied only adds rows whose keys it makes itself: {sql}")
            row = ClientCursor(context["connection"].connection).mogrify(whole[2], params)
            self._rows.append((whole[1], row))
        return execute(sql, params, many, context)

    def script(self) -> str:
        """Rows of a table together, tables in the order they were met."""
        met = {head: place for place, head in reversed(list(enumerate(head for head, _row in self._rows)))}
        rows = sorted(self._rows, key=lambda row: met[row[0]])
        return ";".join(head + ",".join(row for _head, row in group) for head, group in groupby(rows, itemgetter(0)))


def _with_numbers(built: object, order: dict[str, int]) -> bytes:
    """The objects as bytes, every key that stands in a row replaced by its number."""

    class Pickler(pickle.Pickler):
        def persistent_id(self, one: Any) -> int | None:
            return order.get(one.hex) if isinstance(one, UUID) else None

    file = io.BytesIO()
    Pickler(file, protocol=5).dump(built)
    return file.getvalue()


def _new_keys(number: int) -> list[UUID]:
    """Keys as ``uuid7`` would have made them in the milliseconds until now, each later than the one before."""
    now = time.time_ns() // 1_000_000
    return [uuid7_from(now - number + place, os.urandom(10)) for place in range(number)]
