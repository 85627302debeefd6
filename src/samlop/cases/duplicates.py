"""Who a registration may be about already: the same number, or the same or a similar name with the same birth date.

Only within one municipality. What is found here is not for showing: ``likely`` (for people) keeps to what the viewer
may see; the rest is noted silently and goes to those who hold the case (docs/decisions/0021).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, DuplicateSuspicion
from samlop.cases.registration import Details
from samlop.core.gate import Entry
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.sorting import search_key
from samlop.core.time import now
from samlop.people.models import Person, PersonIdentifier
from samlop.people.names import alike, words


@dataclass(frozen=True)
class Match:
    """A person that the details may be about; ``by_number`` is certain, ``same_name`` nearly so."""

    person_id: UUID
    by_number: bool
    same_name: bool


@dataclass
class Known:
    """The people a municipality knows (all, or those that could match), looked up without further queries."""

    numbers: dict[tuple[str, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    kinds: dict[UUID, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    names: dict[UUID, tuple[frozenset[str], date | None]] = field(default_factory=dict)
    born: dict[date | None, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    worded: dict[frozenset[str], list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def add_person(self, key: UUID, name: str, birth_date: date | None) -> None:
        said = words(name)
        self.names[key] = (said, birth_date)
        self.born[birth_date].append(key)
        self.worded[said].append(key)

    def add_number(self, key: UUID, kind: str, value: str) -> None:
        self.numbers[kind, value].add(key)
        self.kinds[key][kind] = value

    def matches(self, details: Details) -> list[Match]:
        """Who the details may be about, the certain ones first."""
        name = words(details.name)
        certain = {key for number in details.numbers for key in self.numbers.get((number.kind, number.value), ())}
        found = [Match(key, True, self._same_name(key, name, details)) for key in certain]
        for key in self._namesakes(name, details) - certain:
            found.append(Match(key, False, self._same_name(key, name, details)))
        return sorted(found, key=lambda match: (not match.by_number, not match.same_name, str(match.person_id)))

    def _namesakes(self, name: frozenset[str], details: Details) -> set[UUID]:
        # Two different numbers of one kind are two people; that is quicker to see than whether names are alike.
        same = {key for key in self.worded.get(name, ()) if not self._someone_else(key, details)}
        if details.birth_date is None:
            return same
        born = (key for key in self.born.get(details.birth_date, ()) if not self._someone_else(key, details))
        return {key for key in same if self.names[key][1] in (None, details.birth_date)} | {
            key for key in born if alike(self.names[key][0], name)
        }

    def _same_name(self, key: UUID, name: frozenset[str], details: Details) -> bool:
        return bool(name) and self.names[key] == (name, details.birth_date)

    def _someone_else(self, key: UUID, details: Details) -> bool:
        """Whether the person holds another number of the same kind."""
        held = self.kinds.get(key, {})
        return any(held.get(number.kind, number.value) != number.value for number in details.numbers)


def known(municipality_id: UUID, details: Details | None = None) -> Known:
    """The people of a municipality: all, or only those that could match ``details``. Two queries."""
    people = Person.objects.filter(municipality_id=municipality_id)
    numbers = PersonIdentifier.objects.filter(municipality_id=municipality_id)
    if details is not None:
        held = numbers.filter(value__in=[number.value for number in details.numbers]).values("person_id")
        namesakes = Q(search_key=search_key(details.name)) | Q(pk__in=held)
        if details.birth_date:
            namesakes |= Q(birth_date=details.birth_date)
        else:
            # Without a birth date the name alone decides; its words may stand in any order.
            for word in sorted(words(details.name))[:1]:
                namesakes |= Q(search_key__contains=word)
        people = people.filter(namesakes)
        numbers = numbers.filter(person__in=people)
    index = Known()
    for key, given, family, birth_date in people.values_list("pk", "given_name", "family_name", "birth_date"):
        index.add_person(key, f"{given} {family}".strip(), birth_date)
    for key, kind, value in numbers.values_list("person_id", "kind", "value"):
        if key in index.names:
            index.add_number(key, kind, value)
    return index


@dataclass(frozen=True)
class Likely:
    """A possible duplicate that the viewer may see."""

    person: Person
    case: Case
    match: Match


@query(scoped="starts from viewer.scope(Case): who the viewer may not know of is not there")
def likely(viewer: Viewer, municipality_id: UUID, found: Iterable[Match]) -> list[Likely]:
    """The matches that the viewer may know of, each with the person's latest case. One query."""
    matches = {match.person_id: match for match in found}
    if not matches:
        return []
    cases = viewer.scope(Case).filter(municipality_id=municipality_id, person_id__in=list(matches))
    latest: dict[UUID, Case] = {}
    for case in cases.select_related("person", "owner_unit").order_by("registered_at", "pk"):
        latest[case.person_id] = case
    return [Likely(latest[key].person, latest[key], match) for key, match in matches.items() if key in latest]


def hidden(found: Iterable[Match], shown: Iterable[Likely]) -> list[Match]:
    """The matches that the viewer may not know of and that are certain enough to trouble somebody with."""
    seen = {one.person.pk for one in shown}
    return [match for match in found if match.person_id not in seen and (match.by_number or match.same_name)]


def note_suspicions(newer: Case, matches: Iterable[Match]) -> list[Entry]:
    """Leave word with those who hold the first case; whoever registered is told nothing."""
    entries = []
    for match in matches:
        first = Case.objects.filter(person_id=match.person_id).order_by("-registered_at", "-pk").first()
        if first is None or first.pk == newer.pk:
            continue
        first = Case.objects.select_for_update().get(pk=first.pk)
        DuplicateSuspicion.objects.create(
            case=first,
            municipality_id=first.municipality_id,
            newer=newer,
            by_number=match.by_number,
            noted_at=now(),
        )
        entries.append(Entry(code="case.maybe_registered_twice", section=Section.IDENTITY, case=first))
    return entries
