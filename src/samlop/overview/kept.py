"""The lines of each participant, kept in this process until something behind them changes.

To derive what is due takes forty questions to the database, and the same person opens Min dag and Saken again and
again. What is kept is one viewer's own: it is used again only on the same day, in the same language, with the same
sections open, while the marks of the case and of the municipalities round it stand (``core.marks``) – and never for
more than five minutes, should a fact ever change without a mark. The facts they derive from may be as old as that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language

from samlop.access.viewer import Viewer
from samlop.cases import facts
from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.marks import NOWHERE, marks_of
from samlop.core.time import now

LONGEST = timedelta(minutes=5)
MOST = 20_000
"""Cases kept in one process, each with a few lines: some thirty megabytes."""

Derive = Callable[[Caseload], list[DueItem]]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of one case, with the marks and the rest that they hold for."""

    stamp: tuple[Any, ...]
    until: datetime
    items: list[DueItem]

    def hold(self, stamp: tuple[Any, ...], at: datetime) -> bool:
        """Whether they may be used again."""
        return self.stamp == stamp and at < self.until


_kept: dict[tuple[Any, ...], _Lines] = {}


def lines_of_cases(viewer: Viewer, load: Caseload, on: date, derive: Derive) -> list[DueItem]:
    """The lines of a viewer's cases: those kept, and those ``derive`` finds for the cases where something has changed.

    At most one query for the marks, and those of ``derive`` for the rest together.
    """
    if not settings.KEEP_LINES:
        return derive(load)
    reader, at = (viewer.user_id, viewer.role, viewer.unit_id), now()
    stamps = _stamps(viewer, load, on)
    kept = {key: _kept.get((*reader, key)) for key in stamps}
    found = {key: lines.items for key, lines in kept.items() if lines and lines.hold(stamps[key], at)}
    if changed := [key for key in stamps if key not in found]:
        found |= {key: [] for key in changed}
        for item in derive(load if len(changed) == len(stamps) else load.part(changed)):
            found[item.case_id].append(item)
        for key in changed:
            _kept[(*reader, key)] = _Lines(stamps[key], at + LONGEST, found[key])
        _make_room()
    return [item for items in found.values() for item in items]


def forget() -> None:
    """Forget all lines and the facts behind them, as a new process does."""
    _kept.clear()
    facts.forget()


def _stamps(viewer: Viewer, load: Caseload, on: date) -> dict[UUID, tuple[Any, ...]]:
    """What the lines of each case hold for. The marks are read before any fact (see ``core.marks``)."""
    here = {NOWHERE, *filter(None, [viewer.municipality_id])}
    towns = {key: _towns(load, key) for key in load.cases}
    asked = {*load.cases, *here.union(*towns.values())}
    marks = load.marks if asked <= load.marks.keys() else dict.fromkeys(asked, 0) | marks_of(asked)
    common = (on, get_language(), tuple(marks[key] for key in sorted(here)))
    return {
        key: (
            *common,
            marks[key],
            tuple((town, marks[town]) for town in sorted(towns[key])),
            load.sections.get(key),
        )
        for key in load.cases
    }


def _towns(load: Caseload, case_id: UUID) -> set[UUID]:
    """The municipalities whose people and settings a case depends on: its own, and those of the units in its team."""
    units = {place.unit.municipality_id for place in load.team.get(case_id, ())}
    return {load.cases[case_id].municipality_id, *filter(None, units)}


def _make_room() -> None:
    """Drop what was kept first when there is too much: it is the least likely to be asked for again."""
    surplus = len(_kept) - MOST
    if surplus > 0:
        for key in list(islice(_kept, surplus + MOST // 10)):
            _kept.pop(key, None)
