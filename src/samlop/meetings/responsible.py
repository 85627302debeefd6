"""Who can answer for an action, as a form asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from samlop.cases.models import Case, TeamMember
from samlop.meetings.models import Action
from samlop.people.models import Unit


@dataclass(frozen=True)
class Responsible:
    """Somebody who can answer for an action: the value of the choice and its words."""

    key: str
    label: str


def responsible_choices(case: Case, team: Iterable[TeamMember]) -> list[Responsible]:
    """The participant, the persons of the team, and its units."""
    people: list[Responsible] = []
    units: dict[UUID, Unit] = {}
    for place in team:
        units.setdefault(place.unit_id, place.unit)
        for user in filter(None, (place.user, place.deputy)):
            key = f"person:{user.pk}:{place.unit_id}"
            if all(one.key != key for one in people):
                people.append(Responsible(key, f"{user.name}, {place.unit.name}"))
    in_units = [Responsible(f"unit:{key}", unit.name) for key, unit in units.items()]
    return [Responsible("participant", case.person.name), *people, *in_units]


def responsible_key(action: Action) -> str:
    """The choice that an action's responsible is, for a form."""
    if action.by_participant:
        return "participant"
    if action.user_id:
        return f"person:{action.user_id}:{action.unit_id}"
    return f"unit:{action.unit_id}" if action.unit_id else ""
