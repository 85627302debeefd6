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

AT_UNIT: list[Callable[[Leaver, User | None, Viewer], None]] = []
"""Filled at start-up by the rooms above that keep work of a unit which is about no case (a group): takes who leaves,
who takes over at the unit (none: the unit answers) and who lets them leave. Inside the transaction of the leaving."""


def heir_at_unit(membership: Membership, last_day: date) -> User | None:
    """Who takes over what is about no case: the person's own deputy, else the unit's leader; none where neither is."""
    staff = colleagues(membership, last_day)
    leader = leader_of(membership.unit_id, last_day + timedelta(days=1))
    asked = (membership.deputy_id, leader.user_id if leader else None)
    return next((staff[key] for key in asked if key is not None and key in staff), None)


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
