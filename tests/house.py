"""The people that tests are about: one municipality with every role, another with a stranger, and a case.

Elvestad: refugee service (owner), NAV, adult education, health. Skogdal: a refugee service with the stranger.
The case belongs to Elvestad; adviser (editor, main contact), nav and teacher are named in its team.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.core.time import OSLO, today
from samlop.core.writing import writing
from samlop.people.models import County, Membership, Municipality, MunicipalityCode, Organisation, Person, Unit, User
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from tests.copies import Copies

EARLY = date(2010, 1, 1)


@dataclass
class House:
    """Everything ``build`` made, by name."""

    municipality: Municipality
    other_municipality: Municipality
    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    case: Any = None

    def viewer(self, name: str) -> Viewer:
        """The viewer of a user by name («adviser», «nav», «teacher», «leader», «stranger», «participant» …)."""
        if name == "participant":
            return Viewer.participant(self.users["participant"])
        membership = Membership.objects.select_related("user", "unit__municipality").get(user=self.users[name])
        return Viewer.acting(membership)


def person(municipality: Municipality, given: str = "Amina", family: str = "Østby", **extra: Any) -> Person:
    """A person in a municipality."""
    with writing("test"):
        return Person.objects.create(municipality=municipality, given_name=given, family_name=family, **extra)


def case(
    house: House,
    who: Person | None = None,
    *,
    team: tuple[str, ...] = ("adviser", "nav", "teacher"),
    settled_on: date | None = None,
) -> Case:
    """A case in Elvestad with the named users in its team; the adviser is main contact and editor."""
    functions = {"adviser": "main_contact", "nav": "nav_contact", "teacher": "teacher"}
    with writing("test"):
        made = Case.objects.create(
            municipality=house.municipality,
            person=who or person(house.municipality),
            owner_unit=house.units["refugee"],
            settled_on=settled_on or today() - timedelta(days=60),
            registered_at=datetime(2025, 1, 1, 12, tzinfo=OSLO),
        )
        for name in team:
            user = house.users[name]
            TeamMember.objects.create(
                case=made, municipality=house.municipality, unit=user.memberships.get().unit, user=user,
                function=functions.get(name, "other"), is_editor=name == "adviser", valid_from=EARLY,
            )  # fmt: skip
    return made


def _build() -> House:
    """Make the municipality, its people and one case."""
    with writing("test"):
        county = County.objects.create(code="97", name="Innlandsfylket", valid_from=EARLY)
        elvestad, skogdal = (Municipality.objects.create(name=name) for name in ("Elvestad", "Skogdal"))
        for number, municipality in (("9701", elvestad), ("9702", skogdal)):
            MunicipalityCode.objects.create(municipality=municipality, code=number, county=county, valid_from=EARLY)
        house = House(elvestad, skogdal)
        _units(house, county)
        for name, role, unit in PEOPLE:
            _user(house, name, role, unit)
        house.users["participant"] = User.objects.create_user("participant", name="Amina Østby")
    house.case = case(house, person(elvestad, user=house.users["participant"]))
    return house


build = Copies(_build)
"""The municipality, its people and one case, new each time."""

PEOPLE = [
    ("adviser", Role.PROGRAMME_ADVISER, "refugee"),
    ("colleague", Role.PROGRAMME_ADVISER, "refugee"),
    ("leader", Role.LEADER, "refugee"),
    ("nav", Role.NAV_ADVISER, "nav"),
    ("nav_colleague", Role.NAV_ADVISER, "nav"),
    ("nav_leader", Role.NAV_LEADER, "nav"),
    ("teacher", Role.TEACHER, "school"),
    ("placement", Role.PLACEMENT_COORDINATOR, "school"),
    ("health", Role.HEALTH_WORKER, "health"),
    ("stranger", Role.PROGRAMME_ADVISER, "other_refugee"),
    ("other_leader", Role.LEADER, "other_refugee"),
    ("county", Role.COUNTY_ADVISER, "county"),
    ("evaluator", Role.EVALUATOR, "research"),
    ("operator", Role.OPERATOR, "operations"),
    ("employer", Role.EMPLOYER, "employer"),
    ("volunteer", Role.VOLUNTEER, "volunteers"),
]


def _units(house: House, county: County) -> None:
    elvestad, skogdal = house.municipality, house.other_municipality
    made = [
        ("refugee", UnitKind.REFUGEE_SERVICE, OrganisationKind.MUNICIPALITY, elvestad, None),
        ("nav", UnitKind.NAV_STATE, OrganisationKind.NAV, elvestad, None),
        ("school", UnitKind.ADULT_EDUCATION, OrganisationKind.MUNICIPALITY, elvestad, None),
        ("health", UnitKind.HEALTH, OrganisationKind.MUNICIPALITY, elvestad, None),
        ("other_refugee", UnitKind.REFUGEE_SERVICE, OrganisationKind.MUNICIPALITY, skogdal, None),
        ("county", UnitKind.COUNTY, OrganisationKind.COUNTY, None, county),
        ("research", UnitKind.RESEARCH, OrganisationKind.RESEARCH, None, None),
        ("operations", UnitKind.OPERATIONS, OrganisationKind.OPERATOR, None, None),
        ("employer", UnitKind.EMPLOYER, OrganisationKind.EMPLOYER, elvestad, None),
        ("volunteers", UnitKind.VOLUNTEER_CENTRE, OrganisationKind.VOLUNTARY, elvestad, None),
    ]
    for name, kind, organisation_kind, municipality, in_county in made:
        organisation = Organisation.objects.create(
            name=f"{organisation_kind.label} {municipality or ''}".strip(),
            kind=organisation_kind,
            municipality=municipality,
        )
        house.units[name] = Unit.objects.create(
            organisation=organisation,
            name=f"{kind.label} {municipality or ''}".strip().capitalize(),
            kind=kind,
            municipality=municipality,
            county=in_county,
        )


def _user(house: House, name: str, role: Role, unit: str) -> None:
    user = User.objects.create_user(name, name=name.replace("_", " ").capitalize(), email=f"{name}@example.test")
    Membership.objects.create(user=user, unit=house.units[unit], role=role, valid_from=EARLY)
    house.users[name] = user
