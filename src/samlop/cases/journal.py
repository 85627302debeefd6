"""Appending to the journal of a case, and telling its entries. Checking it is in ``checks.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.time import now, today

Sentence = Callable[[Mapping[str, Any]], str]
"""Turns the data of an entry into a readable sentence in the active language, without the actor's name."""

_sentences: dict[str, Sentence] = {}


class UnknownCode(KeyError):
    """A journal code without a sentence: a programming error."""


def tell(sentences: Mapping[str, Sentence]) -> None:
    """Register a room's sentences (its ``presenters.SENTENCES``) by dotted code; called when the program starts."""
    for code, sentence in sentences.items():
        if code in _sentences and _sentences[code] is not sentence:
            raise ValueError(f"{code} has two sentences")
        _sentences[code] = sentence


def codes() -> frozenset[str]:
    """Every journal code the program knows."""
    return frozenset(_sentences)


def sentence(entry: JournalEntry) -> str:
    """What was done, in the active language: «skrev i planen: …»."""
    try:
        return _sentences[entry.code](entry.data)
    except KeyError as missing:
        if entry.code not in _sentences:
            raise UnknownCode(entry.code) from missing
        return _("gjorde en endring som ikke kan vises")


def append(case: Case, by: Viewer, entry: Entry) -> JournalEntry:
    """Write the next entry of a case whose row is locked. Raises ``UnknownCode`` for a code nobody can read."""
    if entry.code not in _sentences:
        raise UnknownCode(entry.code)
    last = JournalEntry.objects.filter(case=case).order_by("-seq").values("seq", "hash").first()
    if entry.corrects is not None and (last is None or not 0 < entry.corrects <= last["seq"]):
        raise Refused("unknown_entry", _("Hendelsen du vil rette, finnes ikke i denne saken."), "corrects")
    row = _row(case, by, entry, (last["seq"] if last else 0) + 1, last["hash"] if last else "")
    row.save(force_insert=True)
    return row


def begin(entries: Iterable[Entry], by: Viewer) -> None:
    """Write the first entries of cases that were made in this transaction, many at once. Each names its case."""
    last: dict[UUID, JournalEntry] = {}
    rows = []
    for entry in entries:
        if entry.code not in _sentences:
            raise UnknownCode(entry.code)
        before = last.get(entry.case.pk)
        row = _row(entry.case, by, entry, before.seq + 1 if before else 1, before.hash if before else "")
        last[entry.case.pk] = row
        rows.append(row)
    JournalEntry.objects.bulk_create(rows, batch_size=500)


def append_each(entries: Iterable[Entry], by: Viewer) -> None:
    """Write one entry in each of many cases, whose rows are locked here. Each entry names its case, no case twice."""
    by_case = {entry.case.pk: entry for entry in entries}
    if unknown := {entry.code for entry in by_case.values()} - codes():
        raise UnknownCode(min(unknown))
    list(Case.objects.select_for_update().filter(pk__in=by_case).order_by("pk").values_list("pk"))
    last = JournalEntry.objects.filter(case_id__in=by_case).order_by("case_id", "-seq").distinct("case_id")
    ends = {key: (seq, hashed) for key, seq, hashed in last.values_list("case_id", "seq", "hash")}
    rows = []
    for key, entry in by_case.items():
        seq, hashed = ends.get(key, (0, ""))
        rows.append(_row(entry.case, by, entry, seq + 1, hashed))
    JournalEntry.objects.bulk_create(rows, batch_size=500)


def _row(case: Case, by: Viewer, entry: Entry, seq: int, previous_hash: str) -> JournalEntry:
    unit = entry.unit or by.unit
    row = JournalEntry(
        case=case,
        municipality_id=case.municipality_id,
        seq=seq,
        code=entry.code,
        section=entry.section,
        at=now(),
        happened_on=entry.happened_on or today(),
        user_id=by.user_id,
        user_name=by.name,
        unit_id=unit.pk if unit else None,
        unit_name=unit.name if unit else "",
        unit_kind=unit.kind if unit else "",
        role=by.role or "",
        on_behalf_of=entry.on_behalf_of,
        data=plain(entry.data),
        effort=entry.effort or "",
        minutes=entry.minutes,
        corrects=entry.corrects,
        previous_hash=previous_hash,
    )
    row.hash = row.fingerprint()
    return row


def plain(value: Any) -> Any:
    """Data as JSON keeps it: dates as ISO text, keys and decimals as text. Raises ``TypeError`` on anything else."""
    match value:
        case None | bool() | int() | str():
            return str(value) if isinstance(value, str) else value
        case date() | datetime():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot stand in the journal")
