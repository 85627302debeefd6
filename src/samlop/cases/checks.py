"""Checks of what must hold: every journal is whole, from its first entry to the last that was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from samlop.cases.models import Case, JournalEntry, JournalHead

CHUNK = 2_000
"""Entries fetched at a time: memory stays the same however long the journals are."""


@dataclass(frozen=True)
class Broken:
    """The first entry where a case's journal does not hold together."""

    municipality: str
    case_id: UUID
    seq: int
    what: str

    def __str__(self) -> str:
        return f"{self.municipality}, sak {self.case_id}, innføring {self.seq}: {self.what}"


def journal(tell: Callable[[int, int], None] = lambda done, total: None) -> tuple[int, Broken | None]:
    """Read every journal and verify its chain; the number of entries read, and the first broken one or none.

    The whole is read as it stood at one moment, through a cursor in the database. ``tell`` gets the progress.
    """
    with transaction.atomic():
        count, broken = chains(_entries(), tell, JournalEntry.objects.count())
        return count, broken or _gone()


def _entries() -> Iterator[JournalEntry]:
    """All entries by case and number, each with what the head of its journal says."""
    rows = JournalEntry.objects.order_by("case_id", "seq")
    with_head = rows.annotate(
        head_length=F("case__journal_head__length"),
        head_hash=F("case__journal_head__hash"),
        municipality_name=F("municipality__name"),
    )
    return with_head.iterator(chunk_size=CHUNK)


def chains(
    entries: Iterable[Any], tell: Callable[[int, int], None] = lambda done, total: None, total: int = 0
) -> tuple[int, Broken | None]:
    """Walk entries ordered by case and number: each must be as it was written and point at the one before, the numbers
    must have no gap, and the last must be the last that the head knows."""
    count = 0
    last: Any = None
    for entry in entries:
        if last is not None and entry.case_id != last.case_id:
            if broken := _cut_off(last):
                return count, broken
            last = None
        if broken := _broken(entry, last):
            return count, broken
        last, count = entry, count + 1
        if count % CHUNK == 0:
            tell(count, total)
    tell(count, total)
    return count, _cut_off(last) if last is not None else None


def _broken(entry: Any, before: Any) -> Broken | None:
    expected = before.seq + 1 if before is not None else 1
    if entry.seq != expected:
        return _found(entry, expected, "mangler")
    if entry.previous_hash != (before.hash if before is not None else ""):
        return _found(entry, entry.seq, "peker ikke på den før")
    if entry.hash != entry.fingerprint():
        return _found(entry, entry.seq, "er endret etter at den ble skrevet")
    return None


def _cut_off(last: Any) -> Broken | None:
    """Entries taken away at the end: the head, which the database keeps, knows of more than there is."""
    if last.head_length is None:
        return _found(last, last.seq, "hodet for tidslinjen er borte, så det kan mangle innføringer etter denne")
    if last.head_length != last.seq:
        return _found(last, min(last.head_length, last.seq) + 1, "mangler (slutten av tidslinjen er tatt bort)")
    if last.head_hash != last.hash:
        return _found(last, last.seq, "er ikke den som ble skrevet sist")
    return None


def _found(entry: Any, seq: int, what: str) -> Broken:
    return Broken(entry.municipality_name, entry.case_id, seq, what)


def _gone() -> Broken | None:
    """A case whose whole journal is gone: every case begins with its registration."""
    empty = Case.objects.exclude(Exists(JournalEntry.objects.filter(case=OuterRef("pk"))))
    emptied = empty.filter(Exists(JournalHead.objects.filter(case=OuterRef("pk"))))
    case = emptied.select_related("municipality").first() or empty.select_related("municipality").first()
    return Broken(str(case.municipality), case.pk, 1, "mangler (hele tidslinjen er borte)") if case else None
