"""The spouse and the family, as far as they decide the rate (integreringsloven § 20).

Nothing here changes an amount by itself except what the law says of a spouse who no longer takes part. Where the family
relations say something else than what is written down about the benefit, a person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from samlop.benefit.asking import Ask
from samlop.benefit.models import Circumstance
from samlop.benefit.plain import digest
from samlop.benefit.stops import Stops
from samlop.benefit.vocabulary import CircumstanceKind
from samlop.cases.models import Case
from samlop.core.time import OSLO
from samlop.hours.leaves import granted_leaves
from samlop.law.acts import act_of
from samlop.law.dates import Month, Period, birthday
from samlop.law.parameters import current_book
from samlop.law.person_month import PersonMonth
from samlop.people.models import FamilyMember
from samlop.people.vocabulary import Relation
from samlop.programme.spans import course_spans

PARTNERS = (Relation.SPOUSE, Relation.COHABITANT)


@dataclass(frozen=True)
class Spouse:
    """When the other one of a couple takes part: from ``first`` to ``last``, without the days of ``away``."""

    first: date
    last: date | None
    away: tuple[Period, ...] = ()

    def takes_part(self, days: Period) -> bool:
        """Whether the other is in the programme on any of the days."""
        return self.first <= days.last and (self.last is None or self.last >= days.first)

    def away_in(self, days: Period) -> Period | None:
        """The first stretch of the days when the other is stopped for a time or on leave without benefit."""
        for one in self.away:
            if one.first <= days.last and one.last >= days.first:
                return Period(max(one.first, days.first), min(one.last, days.last))
        return None


def spouses_of(case_ids: Collection[UUID], month: Month) -> Mapping[UUID, Spouse]:
    """The other one of each couple. A fixed number of queries, none where there is no couple."""
    if not case_ids:
        return {}
    spans, stops = course_spans(case_ids), Stops.read(case_ids)
    closed = Case.objects.filter(pk__in=case_ids, closed_at__isnull=False).values_list("pk", "closed_at")
    ends = {key: moment.astimezone(OSLO).date() for key, moment in closed}
    leaves = granted_leaves(list(case_ids), month.first, month.last)
    found = {}
    for key, (first, planned) in spans.items():
        last = min((day for day in (planned, ends.get(key), stops.last_day(key)) if day is not None), default=None)
        away = [leave.days for leave in leaves.get(key, []) if not leave.paid] + stops.temporary.get(key, [])
        found[key] = Spouse(first, last, tuple(sorted(away, key=lambda one: (one.first, one.last))))
    return found


class Relative(NamedTuple):
    """A family relation as far as it decides the rate. ``other`` is the person, where that is a participant too."""

    key: UUID
    relation: str
    together: bool
    in_programme: bool
    birth_date: date | None
    other: UUID | None


@dataclass(frozen=True)
class Family:
    """What the family relations say: partners, whether one is in a programme, children, a parent lived with."""

    relatives: tuple[Relative, ...] = ()

    @property
    def partners(self) -> int:
        return sum(one.relation in PARTNERS for one in self.relatives)

    @property
    def partners_in_programme(self) -> int:
        return sum(one.relation in PARTNERS and one.in_programme for one in self.relatives)

    @property
    def children(self) -> int:
        return sum(one.relation == Relation.CHILD for one in self.relatives)

    @property
    def parents(self) -> int:
        return sum(one.relation == Relation.PARENT for one in self.relatives)

    @property
    def parents_lived_with(self) -> int:
        return sum(one.relation == Relation.PARENT and one.together for one in self.relatives)

    def asks(self, person: PersonMonth, rows: Collection[Circumstance], *, linked: bool) -> list[Ask]:
        """Where the family relations and what is written down about the benefit do not say the same.

        ``rows`` are the circumstances of the month; ``linked`` whether the other one's case is known.
        """
        rules = current_book().as_known()
        if act_of(person.permit_granted, person.arrived, rules)[0] != "integreringsloven":
            return []  # only the newer act has rates that depend on the family
        told = {row.kind for row in rows}
        if rules.find("benefit.rate.couple", person.month.last) is None:
            couple = None
        else:
            couple = self._couple(person, told, linked)
        found = []
        if couple:
            found.append(Ask("family", couple, self._basis((*PARTNERS, Relation.CHILD), rows, CircumstanceKind.COUPLE)))
        if parents := self._parents(person, told):
            basis = self._basis((Relation.PARENT,), rows, CircumstanceKind.WITH_PARENTS)
            found.append(Ask("family", parents, basis))
        return found

    def _basis(self, relations: Collection[str], rows: Collection[Circumstance], kind: str) -> str:
        """The fingerprint of what a question rests on: the relations in question, and what is written down of it."""
        relatives = sorted(one for one in self.relatives if one.relation in relations)
        told = sorted(
            (str(row.pk), row.valid_from, row.valid_to, row.other_case_id) for row in rows if row.kind == kind
        )
        plain = [[None if value is None else str(value) for value in one] for one in (*relatives, *told)]
        return digest(plain)[:16]

    def _couple(self, person: PersonMonth, told: set[str], linked: bool) -> str | None:
        if not person.couple_without_children_both_in_programme:
            missing = CircumstanceKind.COUPLE not in told and self.partners_in_programme and not self.children
            return "couple_not_told" if missing else None
        if self.children:
            return "couple_has_child"
        if not self.partners:
            return "couple_without_partner"
        return None if linked or self.partners_in_programme else "couple_partner_not_in_programme"

    def _parents(self, person: PersonMonth, told: set[str]) -> str | None:
        age = current_book().as_known().at("benefit.full_rate_age.integreringsloven", person.month.last).whole
        if birthday(person.birth_date, age) <= person.month.first:
            return None
        if person.lives_with_parents:
            return "moved_from_parents" if self.parents and not self.parents_lived_with else None
        missing = CircumstanceKind.WITH_PARENTS not in told and self.parents_lived_with
        return "parents_not_told" if missing else None


def families_of(case_ids: Collection[UUID]) -> Mapping[UUID, Family]:
    """The family of each case where one is written down. One query."""
    found: dict[UUID, list[Relative]] = defaultdict(list)
    rows = FamilyMember.objects.filter(person__cases__in=case_ids)
    wanted = ("pk", "relation", "lives_together", "in_programme", "birth_date", "other_id")
    for key, *row in rows.values_list("person__cases", *wanted):
        found[key].append(Relative(*row))
    return {key: Family(tuple(members)) for key, members in found.items()}
