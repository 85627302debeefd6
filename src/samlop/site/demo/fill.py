"""Writes the demo into the database: the small one in one transaction, the national one in one per municipality."""

from __future__ import annotations

import sys
import time

from django.db import connection, transaction

from samlop.access.viewer import Viewer
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.effort.refresh import refresh
from samlop.people.models import Municipality
from samlop.site.demo import country
from samlop.site.demo import small as small_demo
from samlop.site.demo.country import Size
from samlop.site.demo.load import Rows
from samlop.site.demo.towns import TOWNS, corner


class NotOurs(RuntimeError):
    """The database holds municipalities that are not the demo's."""


def is_filled() -> bool:
    """Whether the small demo is there."""
    return Municipality.objects.filter(pk=corner(TOWNS[0].key, 1)("municipality")).exists()


def _only_ours(is_ours: bool) -> None:
    if not is_ours and Municipality.objects.exists():
        raise NotOurs("Databasen har allerede kommuner som ikke er fra demoen. Velg en tom database.")


def small() -> int:
    """The small demo; all or nothing. Returns the number of rows, none when it is there from before."""
    if is_filled():
        return 0
    _only_ours(False)
    rows = Rows()
    with transaction.atomic(), writing("demo"), one_at_a_time():
        if is_filled():  # somebody else was faster
            return 0
        for town in small_demo.fill(rows, today()):
            print(f"  {town}", file=sys.stderr)
        rows.write()
    _settle()
    refresh(Viewer.system("demo"))  # what the county reads is there at once, not only after the first night
    return rows.count


class one_at_a_time:
    """Lets two fills of the same database take turns (the lock goes with the transaction)."""

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('samlop.demo'))")

    def __exit__(self, *_trouble: object) -> None:
        return None


def _settle() -> None:
    """Let the database learn what is in the tables, so that the first pages are planned well."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def national(municipalities: int, jobs: int) -> int:
    """The whole country, municipality by municipality, ``jobs`` at a time. Returns the number of rows made."""
    _only_ours(is_filled())
    small()
    progress = Progress(country.sizes(municipalities))
    for size, rows in country.fill(municipalities, today(), jobs):
        progress.tell(size, rows)
    progress.end()
    if progress.rows:
        _settle()
    return progress.rows


class Progress:
    """Says how far the fill has come: rows, share of the people, time left by the pace so far."""

    def __init__(self, sizes: list[Size]) -> None:
        self._left = self._whole = sum(_weight(size) for size in sizes)
        self._done = 0
        self.rows = 0
        self._started = self._told = time.monotonic()

    def tell(self, size: Size, rows: int) -> None:
        """One municipality is there; without rows it was there from before."""
        self._left -= _weight(size)
        self.rows += rows
        if rows:
            self._done += _weight(size)
        now = time.monotonic()
        if rows and (now - self._told > 2 or not self._left):
            self._told = now
            share = 1 - self._left / self._whole
            left = (now - self._started) / self._done * self._left
            print(
                f"\r  {share:4.0%}  {self.rows:>10,} rader  omtrent {left / 60:.0f} min igjen   ".replace(",", " "),
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self) -> None:
        print(file=sys.stderr)


def _weight(size: Size) -> int:
    """Work in a municipality: those in a programme have about twice as many rows."""
    return 2 * size.active + size.ended
