"""Many registrations at once: who of them is new, known from before, or like somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.cases import duplicates
from samlop.cases.duplicates import Likely, Match
from samlop.cases.models import Case
from samlop.cases.registration import Details, Place
from samlop.core.gate import Entry
from samlop.people.models import Unit


class Verdict(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "known"
    ALIKE = "alike"


@dataclass(frozen=True)
class Row:
    """One participant to register; ``number`` is the row in the file, ``more`` what rooms above keep (``MORE``)."""

    number: int
    details: Details
    owner_unit: Unit
    main_contact: Place
    more: Mapping[str, Any] = field(default_factory=dict)


Keep = Callable[[Sequence[tuple[Case, Any]], Viewer], Iterable[Entry]]
"""Keeps what a list says of new cases beside the registration, and tells of it; each entry names its case."""

MORE: dict[str, Keep] = {}
"""Filled at start-up by the rooms above, by name; called inside ``import_cases`` with what is in ``Row.more``."""


@dataclass
class Judged:
    """A row with what was found: whom it is like (as the viewer may know), and whom the viewer may not know of."""

    row: Row
    verdict: Verdict
    like: Likely | None = None
    unseen: list[Match] = field(default_factory=list)


def judge(rows: Sequence[Row], municipality_id: UUID, by: Viewer) -> list[Judged]:
    """Compare every row with the people of the municipality. Three queries however many rows.

    The same number, or the same name and birth date, is somebody known: nothing is changed. A similar name with the
    same birth date must be looked at. Whoever ``by`` may not know of is not known here.
    """
    index = duplicates.known(municipality_id)
    found = [index.matches(row.details) for row in rows]
    everyone = {match.person_id: match for matches in found for match in matches}
    shown = {one.person.pk: one for one in duplicates.likely(by, municipality_id, everyone.values())}
    return [_judged(row, matches, shown) for row, matches in zip(rows, found, strict=True)]


def _judged(row: Row, matches: list[Match], shown: dict[UUID, Likely]) -> Judged:
    seen = [match for match in matches if match.person_id in shown]
    unseen = [match for match in matches if match.person_id not in shown and (match.by_number or match.same_name)]
    certain = [match for match in seen if match.by_number or match.same_name]
    if certain:
        return Judged(row, Verdict.KNOWN, shown[certain[0].person_id])
    if seen:
        return Judged(row, Verdict.ALIKE, shown[seen[0].person_id], unseen)
    return Judged(row, Verdict.NEW, None, unseen)


def twins(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Rows of one file that are about the same person: (the later, the earlier)."""
    index = duplicates.Known()
    found = []
    for row in rows:
        same = [match for match in index.matches(row.details) if match.by_number or match.same_name]
        if same:
            found.append((row.number, same[0].person_id.int))
            continue
        key = UUID(int=row.number)
        index.add_person(key, row.details.name, row.details.birth_date)
        for number in row.details.numbers:
            index.add_number(key, number.kind, number.value)
    return found
