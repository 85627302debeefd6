"""Who takes over when somebody leaves: worked out for the form and for the command alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.core.periods import in_force
from samlop.people.models import Membership, Unit, User
from samlop.people.staff import leader_of


@dataclass(frozen=True)
class Succession:
    """A place that must change hands, and who takes it: none where the unit stands without a named person."""

    place: TeamMember
    heir: User | None


@dataclass(frozen=True)
class Leaver:
    """Somebody who leaves a unit. ``last_day`` is the last one on which they answer for what is theirs."""

    user: User
    unit: Unit
    last_day: date


@dataclass(frozen=True)
class Work:
    """What a room above keeps of work that a named person answers for (a step, an action, a meeting to come).

    ``cases`` are the keys of the open cases with such work for somebody who leaves; ``pass_on`` gives it in one of
    them – locked, inside the transaction of the leaving – to the one who takes over, or to the unit alone, and tells.
    """

    cases: Callable[[Leaver], Iterable[UUID]]
    pass_on: Callable[[Case, Leaver, User | None], Iterable[Entry]]


WORK: list[Work] = []
"""Filled at start-up by the rooms above."""


@dataclass(frozen=True)
class Held:
    """A piece of work of a unit which is about no case, as the page of leaving lists it: «Gruppe», «Spor 2»."""

    key: UUID
    kind: str
    name: str


@dataclass(frozen=True)
class UnitWork:
    """What a room above keeps of work of a unit which is about no case (a group).

    ``held`` is what somebody who leaves answers for by name after the last day; ``pass_on`` gives each of it (by its
    key) to who takes over, none where the unit answers alone – inside the transaction of the leaving – and tells.
    """

    held: Callable[[Leaver], Iterable[Held]]
    pass_on: Callable[[Leaver, Mapping[UUID, User | None], Viewer], None]


AT_UNIT: list[UnitWork] = []
"""Filled at start-up by the rooms above."""


@dataclass(frozen=True)
class UnitSuccession:
    """Work of the unit that must change hands, and who takes it: none where the unit answers without a name."""

    held: Held
    heir: User | None


def heir_at_unit(membership: Membership, last_day: date) -> User | None:
    """Who takes over what nobody is chosen for: the person's own deputy, else the unit's leader; none where neither
    works there the day after."""
    staff = colleagues(membership, last_day)
    leader = leader_of(membership.unit_id, last_day + timedelta(days=1))
    asked = (membership.deputy_id, leader.user_id if leader else None)
    return next((staff[key] for key in asked if key in staff), None)


def unit_successions(
    membership: Membership, last_day: date, chosen: Mapping[UUID, UUID | None] | None = None
) -> list[UnitSuccession]:
    """Who takes what is about no case: whom the leader has chosen for it, else who takes over at the unit. A choice who
    does not work there then is passed over."""
    leaver = Leaver(membership.user, membership.unit, last_day)
    found = [one for work in AT_UNIT for one in work.held(leaver)]
    if not found:
        return []
    staff, usual = colleagues(membership, last_day), heir_at_unit(membership, last_day)
    asked = {one.key: (chosen or {}).get(one.key) for one in found}
    return [UnitSuccession(one, staff.get(key, usual) if (key := asked[one.key]) else usual) for one in found]


def open_places(membership: Membership, last_day: date) -> list[TeamMember]:
    """Places in open cases that the person holds at the unit after the last day, by the name of the participant."""
    return list(_after(membership, last_day, user_id=membership.user_id).order_by("case__person__sort_key", "pk"))


def deputy_places(membership: Membership, last_day: date) -> list[TeamMember]:
    """Places in open cases where the person is deputy after the last day."""
    return list(_after(membership, last_day, deputy_id=membership.user_id).order_by("case_id", "pk"))


def _after(membership: Membership, last_day: date, **whose: UUID) -> QuerySet[TeamMember]:
    rows = TeamMember.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=last_day),
        unit_id=membership.unit_id,
        case__status=CaseStatus.ACTIVE,
        **whose,
    )
    return rows.select_related("case__person", "unit", "user", "deputy")


def colleagues(membership: Membership, last_day: date) -> dict[UUID, User]:
    """Those who work at the unit the day after, without the one who leaves. One query."""
    rows = Membership.objects.filter(
        in_force(last_day + timedelta(days=1)), unit_id=membership.unit_id, user__is_active=True
    )
    rows = rows.exclude(user_id=membership.user_id).select_related("user").order_by("user__name", "pk")
    return {row.user_id: row.user for row in rows}


def successions(
    membership: Membership, last_day: date, chosen: Mapping[UUID, UUID | None] | None = None
) -> list[Succession]:
    """Who takes each place: whom the leader has chosen for the case, else the place's deputy, else the person's own
    deputy, else the unit's leader. A choice or deputy who does not work there then is passed over."""
    staff = colleagues(membership, last_day)
    leader = leader_of(membership.unit_id, last_day + timedelta(days=1))
    fallback = staff.get(leader.user_id) if leader else None
    found = []
    for place in open_places(membership, last_day):
        asked = [(chosen or {}).get(place.case_id), place.deputy_id, membership.deputy_id]
        heir = next((staff[key] for key in asked if key in staff), fallback)
        found.append(Succession(place, heir))
    return found
