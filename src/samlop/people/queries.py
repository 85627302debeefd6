"""What is read of units and people for a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch, Q

from samlop.core.errors import not_found
from samlop.core.gate import Acting, gate
from samlop.core.periods import in_force
from samlop.core.queries import query
from samlop.core.rights import Permission
from samlop.core.sorting import sort_key
from samlop.core.time import today
from samlop.people.accounts import never_in
from samlop.people.models import County, Membership, Municipality, MunicipalityCode, Unit
from samlop.people.places import appointed_at
from samlop.people.staff import NOT_IN_TEAMS, UnitStaff, managed_units, open_units, units_of, with_staff


@query(scoped="names and reach of colleagues in one municipality; says nothing of cases")
def team_staff(viewer: Acting, municipality: Municipality | UUID) -> list[UnitStaff]:
    """The units that can be in a team in the municipality, each with its people today. Two queries."""
    return with_staff(units_of(municipality).exclude(kind__in=NOT_IN_TEAMS).order_by("name", "pk"))


@query(scoped="a unit whose people the viewer looks after")
def managed_unit(viewer: Acting, unit: UUID) -> Unit:
    """One unit to change. Raises ``Refused('not_found')``."""
    row = managed_units(viewer).filter(pk=unit).first()
    if row is None:
        raise not_found()
    return row


@dataclass
class Place:
    """A municipality as whoever runs the installation sees it: its number today, and how many units it has."""

    municipality: Municipality
    code: str
    units: int


@dataclass
class CountyPlaces:
    """A county with its municipalities and its own units."""

    county: County
    places: list[Place] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)


@query(scoped="counties, municipalities and units, to those who run the installation; says nothing of cases")
def installation(viewer: Acting) -> list[CountyPlaces]:
    """Every county with its municipalities, by number. Four queries."""
    _operates(viewer)
    counties = {row.pk: CountyPlaces(row) for row in County.objects.order_by("code", "valid_from")}
    count: dict[UUID | None, int] = defaultdict(int)
    for unit in open_units().select_related("county"):
        count[unit.municipality_id] += 1
        if unit.county_id in counties:
            counties[unit.county_id].units.append(unit)
    codes = MunicipalityCode.objects.filter(valid_to__isnull=True).select_related("municipality")
    for row in codes.order_by("code"):
        counties[row.county_id].places.append(Place(row.municipality, row.code, count[row.municipality_id]))
    return list(counties.values())


@dataclass
class Appointed:
    """Somebody the operator has appointed; ``is_new`` while they have never been in."""

    membership: Membership
    is_new: bool


@dataclass
class UnitSetUp:
    """A unit with those who answer for it, and whether the operator appoints somebody there."""

    unit: Unit
    people: list[Appointed] = field(default_factory=list)

    @property
    def may_appoint(self) -> bool:
        return bool(appointed_at(self.unit.kind))


@dataclass
class MunicipalitySetUp:
    """One municipality: its numbers over time, and its units with those who answer for them."""

    municipality: Municipality
    codes: list[MunicipalityCode]
    units: list[UnitSetUp]


@query(scoped="one municipality's numbers, units and leaders, to those who run the installation; says nothing of cases")
def municipality_set_up(viewer: Acting, municipality: UUID) -> MunicipalitySetUp:
    """One municipality. Raises ``Refused('not_found')``. A fixed number of queries."""
    _operates(viewer)
    codes = Prefetch("codes", MunicipalityCode.objects.select_related("county").order_by("-valid_from"))
    row = Municipality.objects.filter(pk=municipality).prefetch_related(codes).first()
    if row is None:
        raise not_found()
    return MunicipalitySetUp(row, list(row.codes.all()), _set_up(list(units_of(row).order_by("name", "pk"))))


@query(scoped="one unit, to those who run the installation; says nothing of cases")
def unit_set_up(viewer: Acting, unit: UUID) -> UnitSetUp:
    """One unit where the operator can appoint somebody. Raises ``Refused('not_found')``."""
    _operates(viewer)
    row = open_units().filter(pk=unit).select_related("municipality", "county").first()
    if row is None or not appointed_at(row.kind):
        raise not_found()
    return _set_up([row])[0]


@query(scoped="names of municipalities and counties are public")
def counties(viewer: Acting) -> list[County]:
    """Counties to choose among, by number: those of today, and those to come."""
    rows = County.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today()))
    return list(rows.order_by("code", "valid_from"))


@query(scoped="names of municipalities are public")
def other_municipalities(viewer: Acting, municipality: UUID) -> list[Municipality]:
    """Those that a unit of a municipality could serve too: the others of its county, by name."""
    here = MunicipalityCode.objects.filter(municipality_id=municipality, valid_to__isnull=True).values("county_id")
    codes = MunicipalityCode.objects.filter(valid_to__isnull=True, county_id__in=here)
    rows = Municipality.objects.filter(pk__in=codes.values("municipality_id")).exclude(pk=municipality)
    return sorted(rows, key=lambda row: sort_key(row.name))


def _set_up(units: list[Unit]) -> list[UnitSetUp]:
    found = {unit.pk: UnitSetUp(unit) for unit in units}
    rows = Membership.objects.filter(in_force(today()), unit__in=units, user__is_active=True)
    participants = set(rows.filter(user__persons__isnull=False).values_list("pk", flat=True))
    for row in rows.select_related("user", "unit").order_by("user__name", "pk"):
        if row.role in appointed_at(row.unit.kind):
            found[row.unit_id].people.append(Appointed(row, row.pk not in participants and never_in(row.user)))
    return list(found.values())


def _operates(viewer: Acting) -> None:
    gate().authorise_permission(viewer, Permission.OPERATE)
