"""The open cases that a viewer works with, loaded once for everything on *Min dag* that derives from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.core.queries import query
from samlop.core.time import today
from samlop.people.vocabulary import UnitKind


@dataclass
class Caseload:
    """Cases by key, with the team of each. ``mine`` are those where the viewer is named.

    ``viewer`` is whose load it is: rooms whose rows lie in several sections scope them by it.
    """

    cases: dict[UUID, Case] = field(default_factory=dict)
    team: dict[UUID, list[TeamMember]] = field(default_factory=lambda: defaultdict(list))
    mine: set[UUID] = field(default_factory=set)
    viewer: Viewer | None = None

    @property
    def ids(self) -> list[UUID]:
        return list(self.cases)

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
    """The viewer's open cases: named in the team, or the unit is in it or owns it. Two queries however many cases."""
    day = on or today()
    load = Caseload(viewer=viewer)
    current = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    involved = TeamMember.objects.filter(current, valid_from__lte=day).filter(
        Q(user_id=viewer.user_id) | Q(deputy_id=viewer.user_id) | Q(unit_id=viewer.unit_id)
    )
    cases = (
        viewer.scope(Case)
        .filter(status=CaseStatus.ACTIVE)
        .filter(Q(pk__in=involved.values("case_id")) | Q(owner_unit_id=viewer.unit_id))
    )
    for case in cases.select_related("person", "municipality"):
        load.cases[case.pk] = case
    places = (
        TeamMember.objects.filter(current, valid_from__lte=day, case_id__in=load.ids)
        .select_related("unit", "user")
        .order_by("valid_from", "pk")
    )
    for place in places:
        load.team[place.case_id].append(place)
        if viewer.user_id in (place.user_id, place.deputy_id):
            load.mine.add(place.case_id)
    return load
