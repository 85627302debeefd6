"""The spouse and the family, as far as they decide the rate (integreringsloven § 20).

Nothing here changes an amount by itself except what the law says of a spouse who no longer takes part. Where the family
relations say something else than what is written down about the benefit, a person is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from samlop.benefit.asking import Ask
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


@dataclass(frozen=True)
class Family:
    """What the family relations say: partners, whether one is in a programme, children, a parent lived with."""

    partners: int = 0
    partners_in_programme: int = 0
    children: int = 0
    parents: int = 0
    parents_lived_with: int = 0

    @classmethod
    def of(cls, rows: Iterable[tuple[str, bool, bool]]) -> Family:
        """From relation, lives together, in a programme."""
        rows = list(rows)
        partners = [row for row in rows if row[0] in PARTNERS]
        parents = [row for row in rows if row[0] == Relation.PARENT]
        return cls(
            partners=len(partners),
            partners_in_programme=sum(1 for _relation, _together, taking in partners if taking),
            children=sum(1 for row in rows if row[0] == Relation.CHILD),
            parents=len(parents),
            parents_lived_with=sum(1 for _relation, together, _taking in parents if together),
        )

    def asks(self, person: PersonMonth, told: set[str], *, linked: bool) -> list[Ask]:
        """Where the family relations and what is written down about the benefit do not say the same.

        ``told`` are the kinds of circumstances of the month; ``linked`` whether the other one's case is known.
        """
        rules = current_book().as_known()
        if act_of(person.permit_granted, person.arrived, rules)[0] != "integreringsloven":
            return []  # only the newer act has rates that depend on the family
        if rules.find("benefit.rate.couple", person.month.last) is None:
            couple = None
        else:
            couple = self._couple(person, told, linked)
        return [Ask("family", code) for code in (couple, self._parents(person, told)) if code]

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
    found: dict[UUID, list[tuple[str, bool, bool]]] = defaultdict(list)
    rows = FamilyMember.objects.filter(person__cases__in=case_ids)
    for key, *row in rows.values_list("person__cases", "relation", "lives_together", "in_programme"):
        found[key].append((row[0], row[1], row[2]))
    return {key: Family.of(members) for key, members in found.items()}
