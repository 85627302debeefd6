"""Who works where: units and the people in them, without asking who looks. Names and reach of colleagues, no cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.core.gate import Acting
from samlop.core.periods import in_force
from samlop.core.time import today
from samlop.people.models import Membership, Municipality, Unit
from samlop.people.places import OF
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind

NOT_IN_TEAMS = (
    UnitKind.EMPLOYER,
    UnitKind.VOLUNTEER_CENTRE,
    UnitKind.COUNTY,
    UnitKind.STATE,
    UnitKind.RESEARCH,
    UnitKind.OPERATIONS,
)
"""Kinds of units that are never in the team of a case: they see what a participant grants them, or no cases at all."""

OWNERS = (
    UnitKind.REFUGEE_SERVICE,
    UnitKind.NAV_STATE,
    UnitKind.NAV_MUNICIPAL,
    UnitKind.ADULT_EDUCATION,
    UnitKind.SERVICE_CENTRE,
)
"""Kinds of units that can own the programme (research/000 § 7, 001 § 7)."""

LEADERS = (Role.LEADER, Role.NAV_LEADER)


@dataclass
class UnitStaff:
    """A unit and those who work there on a day."""

    unit: Unit
    members: list[Membership] = field(default_factory=list)


def open_units(on: date | None = None) -> QuerySet[Unit]:
    """Units that are not closed."""
    return Unit.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on or today()))


def units_of(municipality: Municipality | UUID) -> QuerySet[Unit]:
    """Open units that work in a municipality: its own, and intermunicipal ones that serve it."""
    key = municipality.pk if isinstance(municipality, Municipality) else municipality
    serving = Unit.serves.through.objects.filter(municipality_id=key).values("unit_id")
    return open_units().filter(Q(municipality_id=key) | Q(pk__in=serving))


def with_staff(units: Iterable[Unit], on: date | None = None) -> list[UnitStaff]:
    """Units with their people on a day, by name. One query more than the units themselves."""
    listed = list(units)
    members: dict[UUID, list[Membership]] = defaultdict(list)
    rows = Membership.objects.filter(in_force(on or today()), unit__in=listed, user__is_active=True)
    for row in rows.select_related("user").order_by("user__name", "valid_from"):
        members[row.unit_id].append(row)
    return [UnitStaff(unit, members[unit.pk]) for unit in listed]


def owner_units(municipality_id: UUID) -> QuerySet[Unit]:
    """Units of a municipality that can own a case."""
    return open_units().filter(municipality_id=municipality_id, kind__in=OWNERS).order_by("name", "pk")


def works_at(user_id: UUID, unit_id: UUID, on: date | None = None) -> bool:
    """Whether a person has a role at a unit on a day."""
    return Membership.objects.filter(in_force(on or today()), user_id=user_id, unit_id=unit_id).exists()


def leader_of(unit_id: UUID, on: date | None = None) -> Membership | None:
    """The leader of a unit on a day: the one who has been it longest, where there are several."""
    rows = Membership.objects.filter(in_force(on or today()), unit_id=unit_id, role__in=LEADERS, user__is_active=True)
    return rows.select_related("user", "unit").order_by("valid_from", "pk").first()


def managed_units(by: Acting) -> QuerySet[Unit]:
    """The units whose people a leader looks after: those of the same kind of organisation in the municipality, and
    for a leader in the municipality also employers and volunteers that have no leader in Samløp."""
    if by.municipality_id is None or by.unit_id is None:
        return Unit.objects.none()
    return (
        units_of(by.municipality_id)
        .filter(Q(organisation__kind__in=_managed_organisations(by)) | Q(pk=by.unit_id))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def _managed_organisations(by: Acting) -> list[str]:
    """Kinds of organisations whose units a leader looks after in the municipality."""
    if by.unit_id is None:
        return []
    own = Unit.objects.filter(pk=by.unit_id).values_list("organisation__kind", flat=True).first()
    kinds = [own] if own else []
    if own == OrganisationKind.MUNICIPALITY:
        kinds += [OrganisationKind.EMPLOYER, OrganisationKind.VOLUNTARY]
    return kinds


def kinds_to_add(by: Acting) -> list[UnitKind]:
    """Kinds of units that a leader can add in the municipality; the county's are set up by whoever runs Samløp."""
    kinds = set(_managed_organisations(by)) - {OrganisationKind.COUNTY}
    return [UnitKind(kind) for kind, organisation in OF.items() if organisation in kinds]


def managed_membership(by: Acting, key: UUID) -> Membership | None:
    """A membership at one of the units whose people ``by`` looks after, locked; none where there is no such."""
    rows = Membership.objects.select_for_update(of=("self",)).filter(pk=key, unit__in=managed_units(by).values("pk"))
    return rows.select_related("user", "unit", "deputy").first()


def still_works_at(membership: Membership, after: date) -> bool:
    """Whether the person has another role at the same unit after a day."""
    others = Membership.objects.filter(user_id=membership.user_id, unit_id=membership.unit_id)
    return others.exclude(pk=membership.pk).filter(in_force(after + timedelta(days=1))).exists()
