"""The facts that every list of open cases begins with – the case, the person, the team with names – kept by marks.

An adviser opens *Min dag* many times a day, and colleagues of the same unit open it over the same cases. What is kept
is nobody's own: which cases somebody may see is asked of the database each time (``access.scope``), and only these are
looked up here. A case is used again on the same day while its mark and those of the municipalities round it stand, and
never for more than five minutes (decision 0033).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.db.models.base import ModelState

from samlop.cases.models import Case, TeamMember
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.time import now
from samlop.people.models import Unit, User

LONGEST = timedelta(minutes=5)
MOST = 5_000
"""Cases kept in one process, each with person and team: some forty megabytes."""


@dataclass(frozen=True, slots=True)
class Facts:
    """A case with its person and municipality, and the places of its team on a day, oldest first, with their names."""

    case: Case
    team: list[TeamMember]

    @property
    def towns(self) -> frozenset[UUID]:
        """The municipalities whose people and settings the case depends on: its own, and those of the team's units."""
        units = {place.unit.municipality_id for place in self.team}
        return frozenset({self.case.municipality_id, *filter(None, units)})

    def copied(self) -> Facts:
        """With a case and a list of one's own: what a page hangs on them is not seen by the next."""
        return Facts(_copy(self.case), list(self.team))


@dataclass(frozen=True, slots=True)
class _Kept:
    facts: Facts
    towns: frozenset[UUID]
    stamp: tuple[Any, ...] | None
    until: datetime


_kept: dict[UUID, _Kept] = {}


def facts_of(keys: Collection[UUID], on: date, marks: Mapping[UUID, int]) -> dict[UUID, Facts]:
    """The facts of cases on a day, in the order of the keys. No query where all are kept, else four for the rest.

    ``marks`` has a number for each case and for each municipality of ``known_towns``, read before this is asked.
    """
    if not settings.KEEP_LINES:
        return _read(list(keys), on)
    at = now()
    found = {key: kept.facts for key in keys if (kept := _kept.get(key)) and _holds(key, kept, on, marks, at)}
    for key, facts in _read([key for key in keys if key not in found], on).items():
        found[key] = facts
        _kept[key] = _Kept(facts, facts.towns, _stamp(key, facts.towns, on, marks), at + LONGEST)
    _make_room()
    return {key: found[key].copied() for key in keys if key in found}


def known_towns(keys: Iterable[UUID]) -> set[UUID]:
    """The municipalities whose marks decide whether the kept facts of these cases hold, as far as they are known."""
    return {town for key in keys if (kept := _kept.get(key)) for town in kept.towns}


def forget() -> None:
    """Forget all facts, as a new process does."""
    _kept.clear()


def _holds(key: UUID, kept: _Kept, on: date, marks: Mapping[UUID, int], at: datetime) -> bool:
    return kept.stamp is not None and at < kept.until and kept.stamp == _stamp(key, kept.towns, on, marks)


def _stamp(key: UUID, towns: frozenset[UUID], on: date, marks: Mapping[UUID, int]) -> tuple[Any, ...] | None:
    """What the facts of a case hold for; nothing where a mark was not read before them: then they are read again."""
    if not towns <= marks.keys():
        return None
    return on, marks[key], *((town, marks[town]) for town in sorted(towns))


def _read(keys: Collection[UUID], on: date) -> dict[UUID, Facts]:
    found = {case.pk: Facts(case, []) for case in _cases(keys)}
    for place in _with_names(_places(list(found), on)):
        found[place.case_id].team.append(place)
    return {key: found[key] for key in keys if key in found}


@prepared
def _cases(keys: Collection[UUID]) -> QuerySet[Case]:
    return Case.objects.filter(pk__among=keys).select_related("person", "municipality")


@prepared
def _places(cases: Collection[UUID], on: date) -> QuerySet[TeamMember]:
    """The places in the teams that hold on a day, oldest first."""
    return TeamMember.objects.filter(in_force(on), case_id__among=cases).order_by("valid_from", "pk")


@prepared
def _units(keys: Collection[UUID]) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__among=keys)


@prepared
def _users(keys: Collection[UUID]) -> QuerySet[User]:
    return User.objects.filter(pk__among=keys)


def _with_names(places: list[TeamMember]) -> list[TeamMember]:
    """The places with their unit and user: few units and people stand in very many places."""
    units = {unit.pk: unit for unit in _units({place.unit_id for place in places})}
    users = {user.pk: user for user in _users({place.user_id for place in places if place.user_id})}
    for place in places:
        place.unit = units[place.unit_id]
        place.user = users[place.user_id] if place.user_id else None
    return places


def _copy(case: Case) -> Case:
    """The same row as an object of its own; the person and the municipality are shared, and only read."""
    own = Case.__new__(Case)
    own.__dict__.update(case.__dict__, _state=ModelState())
    own._state.db, own._state.adding = case._state.db, False
    own._state.fields_cache = dict(case._state.fields_cache)
    return own


def _make_room() -> None:
    """Drop what was kept first when there is too much: it is the least likely to be asked for again."""
    surplus = len(_kept) - MOST
    if surplus > 0:
        for key in list(islice(_kept, surplus + MOST // 10)):
            _kept.pop(key, None)
