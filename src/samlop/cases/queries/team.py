"""The team of a case, and who could be in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.team import may_change_place, may_manage
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.people.queries import team_staff
from samlop.people.staff import UnitStaff


@dataclass
class Team:
    """The places of a case by when they hold, and what the viewer may do with them."""

    current: list[TeamMember] = field(default_factory=list)
    coming: list[TeamMember] = field(default_factory=list)
    former: list[TeamMember] = field(default_factory=list)
    may_manage: bool = False
    changeable: set[object] = field(default_factory=set)


@query(section=Section.IDENTITY)
def team(viewer: Viewer, case: Any) -> tuple[Case, Team]:
    """The opened case and its team. One query more than opening it."""
    found = Team(may_manage=may_manage(viewer, case))
    day = today()
    for place in case.team.select_related("unit", "user", "deputy").order_by("valid_from", "pk"):
        if place.valid_to and place.valid_to < day:
            found.former.append(place)
            continue
        (found.coming if place.valid_from > day else found.current).append(place)
        if case.is_open and may_change_place(viewer, case.viewer_rights, place.unit_id):
            found.changeable.add(place.pk)
    found.current.sort(key=lambda place: (place.function != "main_contact", not place.is_editor, place.unit.name))
    return case, found


@query(section=Section.IDENTITY)
def possible_team(viewer: Viewer, case: Any) -> list[UnitStaff]:
    """Units and people who can have a place in the team."""
    return team_staff(viewer, case.municipality)
