"""The open cases that a viewer works with, loaded once for everything on *Min dag* that derives from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.access.policy import Relation
from samlop.access.scope import Stance, cases_for, slots_of
from samlop.access.viewer import Viewer
from samlop.cases.facts import facts_of, known_towns
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.core.marks import NOWHERE, marks_of
from samlop.core.periods import in_force
from samlop.core.prepared import prepared_by_shape
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.vocabulary import Protection, UnitKind

T = TypeVar("T")

SHARED_BY_TEAMS = frozenset({Section.IDENTITY, Section.PROGRAMME, Section.PLAN})
"""What all named in a team may see, whatever their role; for a load that is nobody's."""


@dataclass
class Caseload:
    """Cases by key, with the team of each. ``mine`` are those where the viewer is named.

    ``viewer`` is whose load it is, ``sections`` what of each case they may see: whoever reads rows by the keys of the
    load asks ``sees`` before a row is shown. ``kept`` holds what several rooms read of the same load;
    ``marks`` are those of the cases and the municipalities round them, read before any fact of the load.
    """

    cases: dict[UUID, Case] = field(default_factory=dict)
    team: dict[UUID, list[TeamMember]] = field(default_factory=lambda: defaultdict(list))
    mine: set[UUID] = field(default_factory=set)
    viewer: Viewer | None = None
    sections: dict[UUID, frozenset[Section]] = field(default_factory=dict)
    rights: dict[UUID, Mapping[Section, Right]] = field(default_factory=dict)
    marks: dict[UUID, int] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def ids(self) -> list[UUID]:
        return list(self.cases)

    def part(self, keys: Collection[UUID]) -> Caseload:
        """The same load with some of its cases only; what is read of it is read anew."""
        return Caseload(
            cases={key: self.cases[key] for key in keys},
            team=defaultdict(list, {key: self.team[key] for key in keys if key in self.team}),
            mine=self.mine.intersection(keys),
            viewer=self.viewer,
            sections={key: self.sections[key] for key in keys if key in self.sections},
            rights={key: self.rights[key] for key in keys if key in self.rights},
            marks=self.marks,
        )

    def sees(self, case_id: UUID, section: Section | str) -> bool:
        """Whether the load's viewer may see a section of one of its cases; without a viewer, what every team shares."""
        return section in (SHARED_BY_TEAMS if self.viewer is None else self.sections.get(case_id, ()))

    def right(self, case_id: UUID, section: Section) -> Right:
        """The right of the load's viewer on a section of one of its cases."""
        return self.rights.get(case_id, {}).get(section, Right.NONE)

    def once(self, name: str, read: Callable[[Caseload], T]) -> T:
        """What ``read`` finds for the load, read once however many rooms ask; ``name`` is «room.what»."""
        if name not in self.kept:
            self.kept[name] = read(self)
        return cast(T, self.kept[name])

    def holder(
        self, case_id: UUID, *, unit_id: UUID | None = None, kinds: tuple[UnitKind, ...] = ()
    ) -> tuple[UUID | None, UUID | None]:
        """Who answers in a case: unit, user of the first team place at the unit or of the kinds, else main contact."""
        places = self.team.get(case_id, [])
        for place in places:
            if (unit_id and place.unit_id == unit_id) or (kinds and place.unit.kind in kinds):
                return place.unit_id, place.user_id
        if unit_id:
            return unit_id, None
        return self.main_contact(case_id)

    def answering(self, case_id: UUID, unit_id: UUID | None, user_id: UUID | None) -> tuple[UUID | None, UUID | None]:
        """(unit, user) for what was given to a person: that person while named at the unit, then the unit's holder."""
        for place in self.team.get(case_id, []):
            if user_id is not None and place.unit_id == unit_id and user_id in (place.user_id, place.deputy_id):
                return unit_id, user_id
        return self.holder(case_id, unit_id=unit_id)

    def main_contact(self, case_id: UUID) -> tuple[UUID | None, UUID | None]:
        """(unit, user) of the main contact; the owning unit where none is named."""
        for place in self.team.get(case_id, []):
            if place.function == TeamFunction.MAIN_CONTACT:
                return place.unit_id, place.user_id
        case = self.cases.get(case_id)
        return (case.owner_unit_id if case else None), None

    def editor(self, case_id: UUID) -> tuple[UUID | None, UUID | None]:
        """(unit, user) of the plan editor; the main contact where none is named."""
        for place in self.team.get(case_id, []):
            if place.is_editor:
                return place.unit_id, place.user_id
        return self.main_contact(case_id)


@query(scoped="starts from viewer.scope(Case), narrowed to cases the viewer or the viewer's unit is in")
def caseload(viewer: Viewer, on: date | None = None) -> Caseload:
    """The viewer's open cases: named in the team, or the unit is in it or owns it. Six queries however many
    cases, and two when their facts are kept (``cases.facts``)."""
    day = on or today()
    if viewer.unit_id is None:
        return Caseload(viewer=viewer)  # nothing waits for those who act for no unit
    return loaded(viewer, dict(_open_cases(shape_of(viewer), on=day, **slots_of(viewer))), day)


Shape = tuple[Stance, frozenset[Relation]]


def shape_of(viewer: Viewer) -> Shape:
    """What of a viewer decides how the question for their cases is written."""
    return Stance.of(viewer), viewer.relations_with(Section.IDENTITY)


def loaded(viewer: Viewer, towns: Mapping[UUID, UUID], day: date) -> Caseload:
    """The load of cases that the viewer may reach and works with: their keys, each with its municipality."""
    load, user_id = Caseload(viewer=viewer), viewer.user_id
    asked = {NOWHERE, viewer.municipality_id or NOWHERE, *towns, *towns.values(), *known_towns(towns)}
    load.marks = dict.fromkeys(asked, 0) | marks_of(asked)
    for key, facts in facts_of(towns, day, load.marks).items():
        load.cases[key] = facts.case
        load.team[key] = facts.team
        if any(user_id in (place.user_id, place.deputy_id) for place in facts.team):
            load.mine.add(key)
    rights = {held: {section: viewer.right(section, held) for section in Section} for held in _possible(viewer)}
    opened = {held: frozenset(s for s, right in found.items() if right >= Right.SEE) for held, found in rights.items()}
    for key, case in load.cases.items():
        held = _relations(viewer, case, load.team[key])
        load.sections[key], load.rights[key] = opened[held], rights[held]
    return load


@prepared_by_shape
def _open_cases(
    shape: Shape, on: date, user_id: UUID, unit_id: UUID, **_slots: Any
) -> QuerySet[Case, tuple[UUID, UUID]]:
    """(case, municipality) of the open cases in the viewer's scope that the viewer or the viewer's unit is in."""
    rows = cases_for(*shape).filter(worked_with(on, user_id, unit_id), status=CaseStatus.ACTIVE)
    return rows.values_list("pk", "municipality_id")


def worked_with(on: date, user_id: UUID, unit_id: UUID) -> Q:
    """The cases where somebody is named in the team on a day, or whose team has their unit, or that it owns."""
    named = Q(user_id=user_id) | Q(deputy_id=user_id) | Q(unit_id=unit_id)
    involved = TeamMember.objects.filter(in_force(on)).filter(named).values("case_id")
    return Q(pk__in=involved) | Q(owner_unit_id=unit_id)


def _possible(viewer: Viewer) -> list[frozenset[Relation]]:
    """The relations that can stand between a viewer and a case of their load, alone and together."""
    return [
        frozenset(
            relation
            for relation, holds in (
                (Relation.SELF, own),
                (Relation.TEAM, named),
                (Relation.UNIT, unit),
                (Relation.MUNICIPALITY, place),
            )
            if holds
        )
        for own in (False, True)
        for named in (False, True)
        for unit in (False, True)
        for place in (False, True)
    ]


def _relations(viewer: Viewer, case: Case, places: list[TeamMember]) -> frozenset[Relation]:
    """The viewer's lasting relations to a case, from the team already read; as ``access.scope`` says them in SQL.

    Emergency access and grants are left out: they open a case for somebody who comes to it, they do not make it wait.
    """
    held = set()
    ours = [place for place in places if place.unit_id == viewer.unit_id]
    if viewer.is_participant:
        return frozenset({Relation.SELF})
    if any(viewer.user_id in (place.user_id, place.deputy_id) for place in ours):
        held.add(Relation.TEAM)
    if case.person.protection == Protection.NONE:
        if ours:
            held.add(Relation.UNIT)
        if case.municipality_id == viewer.municipality_id:
            held.add(Relation.MUNICIPALITY)
    return frozenset(held)
