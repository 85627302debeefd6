"""Invented municipalities: the county, the units of each organisation model, and who works there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from uuid import UUID

from samlop.cooperation.models import Arrangement, OrganisationModel, TalkKind, TalkRule, Task, TaskOwner, Which
from samlop.cooperation.rules import Rule
from samlop.people.models import County, Membership, Municipality, MunicipalityCode, Organisation, Unit, User
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from samlop.site.demo.keys import Keys
from samlop.site.demo.load import Rows
from samlop.site.demo.users import DEMO_USERS
from samlop.site.demo.words import words

OPENED = date(2018, 1, 1)
NO_PASSWORD = "!demo"  # noqa: S105 – begins with «!»: no password fits


@dataclass(frozen=True)
class Actor:
    """Somebody who does something in the demo, with all that the journal keeps of them."""

    user: User
    role: str
    unit: Unit | None = None

    @property
    def user_id(self) -> UUID:
        return self.user.pk

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def unit_id(self) -> UUID | None:
        return self.unit.pk if self.unit else None


@dataclass
class Town:
    """A municipality with its units by what they are for, and the people who work in each role."""

    key: str
    keys: Keys
    municipality: Municipality
    units: dict[str, Unit] = field(default_factory=dict)
    staff: dict[Role, list[Actor]] = field(default_factory=dict)
    by_username: dict[str, Actor] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    districts: list[Town] = field(default_factory=list)
    groups: set[UUID] = field(default_factory=set)
    """The groups that are made already; the districts share it."""

    @property
    def owner(self) -> Unit:
        return self.units["owner"]

    @property
    def nynorsk(self) -> bool:
        return self.municipality.written_language == "nn"

    def someone(self, role: Role, number: int) -> Actor:
        """Person no. ``number`` in a role, round and round."""
        people = self.staff[role]
        return people[number % len(people)]


@dataclass(frozen=True)
class UnitPlan:
    """One unit of a town: what it is for, kind, name, and how many work there in each role."""

    key: str
    kind: UnitKind
    name: str
    organisation: OrganisationKind
    people: tuple[tuple[Role, int], ...] = ()


@dataclass(frozen=True)
class TownPlan:
    """One municipality of the small demo."""

    key: str
    name: str
    code: str
    language: str
    model: OrganisationModel
    units: tuple[UnitPlan, ...]
    talks: tuple[tuple[TalkKind, UnitKind, Which, int], ...]
    tasks: dict[Task, str]


_MUNICIPAL, _NAV = OrganisationKind.MUNICIPALITY, OrganisationKind.NAV
_ADVISER, _TEACHER, _LEADER = Role.PROGRAMME_ADVISER, Role.TEACHER, Role.LEADER
_SCHOOL_TALKS = (TalkKind.TRIANGULAR_TALK, UnitKind.ADULT_EDUCATION, Which.ALL, 1)
_NAV_AT_HANDOVER = (TalkKind.HANDOVER_TALK, UnitKind.NAV_STATE, Which.ALL, 1)


def tasks(
    owner: str, school: str, practice: str, settlement: str, *, without: tuple[Task, ...] = ()
) -> dict[Task, str]:
    """Who owns which task; a task left out is unowned, as it is in real municipalities."""
    owners = {
        Task.PROGRAMME: owner,
        Task.SETTLEMENT: settlement,
        Task.MAPPING: owner,
        Task.PLAN: owner,
        Task.DECISIONS: owner,
        Task.NORWEGIAN: school,
        Task.LANGUAGE_PRACTICE: practice,
        Task.WORK_PRACTICE: practice,
        Task.NAV_NEED: "nav",
        Task.ATTENDANCE: school,
        Task.HOLIDAY_WEEKS: owner,
        Task.HANDOVER: owner,
        Task.BENEFIT: owner,
    }
    return {task: unit for task, unit in owners.items() if task not in without}


TOWNS = (
    # An independent refugee office owns the programme; teachers and NAV are units of their own.
    TownPlan(
        "elvestad",
        "Elvestad",
        "9701",
        "nb",
        OrganisationModel.REFUGEE_OFFICE,
        (
            UnitPlan(
                "owner",
                UnitKind.REFUGEE_SERVICE,
                "Elvestad flyktningkontor",
                _MUNICIPAL,
                ((_ADVISER, 4), (_LEADER, 1), (Role.PLACEMENT_COORDINATOR, 1)),
            ),
            UnitPlan("school", UnitKind.ADULT_EDUCATION, "Elvestad voksenopplæring", _MUNICIPAL, ((_TEACHER, 4),)),
            UnitPlan("nav", UnitKind.NAV_STATE, "NAV Elvestad", _NAV, ((Role.NAV_ADVISER, 3), (Role.NAV_LEADER, 1))),
            UnitPlan(
                "health", UnitKind.HEALTH, "Flyktninghelsetjenesten i Elvestad", _MUNICIPAL, ((Role.HEALTH_WORKER, 1),)
            ),
            UnitPlan("volunteers", UnitKind.VOLUNTEER_CENTRE, "Elvestad frivilligsentral", OrganisationKind.VOLUNTARY),
            UnitPlan("employer", UnitKind.EMPLOYER, "Solbakken sykehjem", OrganisationKind.EMPLOYER),
        ),
        ((TalkKind.PLAN_TALK, UnitKind.NAV_STATE, Which.ALL, 1), _SCHOOL_TALKS, _NAV_AT_HANDOVER),
        tasks("owner", "school", "owner", "owner"),
    ),
    # NAV owns the programme and orders the teaching from the learning centre.
    TownPlan(
        "skogdal",
        "Skogdal",
        "9702",
        "nb",
        OrganisationModel.NAV,
        (
            UnitPlan(
                "owner", UnitKind.NAV_MUNICIPAL, "NAV Skogdal, avdeling flyktning", _NAV, ((_ADVISER, 3), (_LEADER, 1))
            ),
            UnitPlan(
                "school",
                UnitKind.ADULT_EDUCATION,
                "Skogdal læringssenter",
                _MUNICIPAL,
                ((_TEACHER, 3), (Role.PLACEMENT_COORDINATOR, 1)),
            ),
            UnitPlan("nav", UnitKind.NAV_STATE, "NAV Skogdal", _NAV, ((Role.NAV_ADVISER, 2), (Role.NAV_LEADER, 1))),
            UnitPlan("volunteers", UnitKind.VOLUNTEER_CENTRE, "Skogdal frivilligsentral", OrganisationKind.VOLUNTARY),
        ),
        ((TalkKind.PLAN_TALK, UnitKind.NAV_STATE, Which.FIRST, 1), _SCHOOL_TALKS, _NAV_AT_HANDOVER),
        tasks("owner", "school", "school", "owner"),
    ),
    # The learning centre owns the programme: advisers and teachers are colleagues.
    TownPlan(
        "lysvatn",
        "Lysvatn",
        "9703",
        "nn",
        OrganisationModel.LEARNING_CENTRE,
        (
            UnitPlan(
                "owner",
                UnitKind.ADULT_EDUCATION,
                "Lysvatn læringssenter",
                _MUNICIPAL,
                ((_ADVISER, 2), (_TEACHER, 3), (_LEADER, 1), (Role.PLACEMENT_COORDINATOR, 1)),
            ),
            UnitPlan("nav", UnitKind.NAV_STATE, "NAV Lysvatn", _NAV, ((Role.NAV_ADVISER, 2), (Role.NAV_LEADER, 1))),
            UnitPlan("health", UnitKind.HEALTH, "Lysvatn helsestasjon", _MUNICIPAL, ((Role.HEALTH_WORKER, 1),)),
        ),
        ((TalkKind.PLAN_TALK, UnitKind.NAV_STATE, Which.LAST, 2), _NAV_AT_HANDOVER),
        tasks("owner", "owner", "owner", "owner"),
    ),
    # NAV owns the programme, the service centre settles. Nobody has taken practice: the matrix shows it.
    TownPlan(
        "storasen",
        "Storåsen",
        "9704",
        "nb",
        OrganisationModel.NAV_SERVICE_CENTRE,
        (
            UnitPlan("owner", UnitKind.NAV_MUNICIPAL, "NAV Storåsen, introteamet", _NAV, ((_ADVISER, 2), (_LEADER, 1))),
            UnitPlan(
                "school", UnitKind.ADULT_EDUCATION, "Voksenpedagogisk senter Storåsen", _MUNICIPAL, ((_TEACHER, 2),)
            ),
            UnitPlan("nav", UnitKind.NAV_STATE, "NAV Storåsen", _NAV, ((Role.NAV_ADVISER, 1), (Role.NAV_LEADER, 1))),
            UnitPlan("service", UnitKind.SERVICE_CENTRE, "Storåsen servicesenter", _MUNICIPAL),
        ),
        ((TalkKind.PLAN_TALK, UnitKind.NAV_STATE, Which.FIRST, 1), _SCHOOL_TALKS),
        tasks("owner", "school", "school", "service", without=(Task.LANGUAGE_PRACTICE, Task.WORK_PRACTICE)),
    ),
)


def no_phone(number: int) -> str:
    """An eight-digit number that cannot be anyone's: Norwegian subscriber numbers never begin with 00."""
    digits = f"00{number % 1_000_000:06d}"
    return f"{digits[:3]} {digits[3:5]} {digits[5:]}"


def names(rng: Random) -> Iterator[str]:
    """Names of staff, each once."""
    given, family = words("staff")["given"], words("staff")["family"]
    every = [f"{one} {other}" for one in given for other in family]
    rng.shuffle(every)
    taken = {user.name for user in DEMO_USERS}
    return (name for name in every if name not in taken)


def corner(key: str, number: int) -> Keys:
    """The keys of municipality no. ``number``: room for 100 000 participants before the next."""
    return Keys(key, number * 100_000)


def build(rows: Rows, plan: TownPlan, county: County, number: int) -> Town:
    """Make one municipality with units, staff and arrangement."""
    keys = corner(plan.key, number)
    town = Town(plan.key, keys, Municipality(id=keys("municipality"), name=plan.name, written_language=plan.language))
    rows.add(town.municipality)
    rows.add(
        MunicipalityCode(
            id=keys("code"), municipality=town.municipality, code=plan.code, county=county, valid_from=OPENED
        )
    )
    _units(rows, plan, town)
    _staff(rows, plan, town)
    town.rules = [Rule(*talk) for talk in plan.talks]
    town.districts = _districts(town)
    town.units |= town.districts[0].units
    _arrangement(rows, plan, town)
    return town


def _districts(town: Town) -> list[Town]:
    """The town seen from each of its districts («owner-2», «nav-2» …), or the town itself where it has none."""
    marks = [key.removeprefix("owner") for key in town.units if key.startswith("owner")]
    found = []
    for mark in marks:
        units = {key.removesuffix(mark): unit for key, unit in town.units.items() if key.endswith(mark)}
        units.setdefault("school", units["owner"])
        here = {unit.pk for unit in units.values()}
        staff = {role: [one for one in people if one.unit_id in here] for role, people in town.staff.items()}
        found.append(replace(town, units=units, staff={role: people for role, people in staff.items() if people}))
    return found


def _units(rows: Rows, plan: TownPlan, town: Town) -> None:
    organisations: dict[str, Organisation] = {}
    for index, unit in enumerate(plan.units):
        name = {_MUNICIPAL: f"{plan.name} kommune", _NAV: "Arbeids- og velferdsetaten (NAV)"}.get(
            unit.organisation, unit.name
        )
        if name not in organisations:
            organisations[name] = rows.add(
                Organisation(
                    id=town.keys("organisation", name),
                    name=name,
                    kind=unit.organisation.value,
                    municipality=town.municipality,
                )
            )
        town.units[unit.key] = rows.add(
            Unit(
                id=town.keys("unit", unit.key),
                organisation=organisations[name],
                name=unit.name,
                kind=unit.kind.value,
                municipality=town.municipality,
                phone=no_phone(int(plan.code) * 10 + index),
                email=f"{unit.key}.{plan.key}@example.test",
                address=f"Storgata {index * 2 + 1}, {plan.name}",
            )
        )


def _staff(rows: Rows, plan: TownPlan, town: Town) -> None:
    fixed = {(user.unit, user.role): user for user in DEMO_USERS if user.town == plan.key and user.unit}
    fresh = names(Random(f"{town.keys.path}/staff"))  # noqa: S311 – the demo must be the same every time
    for unit in plan.units:
        for role, count in unit.people:
            for index in range(count):
                known = fixed.get((unit.key, role)) if index == 0 else None
                place = len(town.staff.get(role, ())) + 1
                username = known.username if known else f"{plan.key}-{role.value.replace('_', '-')}-{place}"
                name = known.name if known else next(fresh)
                add_staff(rows, town, town.units[unit.key], role, username, name)


def add_staff(rows: Rows, town: Town, unit: Unit, role: Role, username: str, name: str) -> Actor:
    """An account with a role at a unit since the demo began."""
    user = rows.add(
        User(
            id=town.keys("user", username),
            username=username,
            name=name,
            email=f"{username}@example.test",
            phone=no_phone(sum(map(ord, username)) * 37),
            password=NO_PASSWORD,
        )
    )
    membership = Membership(
        id=town.keys("membership", username), user=user, unit=unit, role=role.value, valid_from=OPENED
    )
    rows.add(membership)
    actor = Actor(user, role.value, unit)
    town.staff.setdefault(role, []).append(actor)
    town.by_username[username] = actor
    return actor


def _arrangement(rows: Rows, plan: TownPlan, town: Town) -> None:
    rows.add(Arrangement(id=town.keys("arrangement"), municipality=town.municipality, model=plan.model.value))
    for task, unit in plan.tasks.items():
        rows.add(
            TaskOwner(
                id=town.keys("task", task),
                municipality=town.municipality,
                task=task.value,
                unit=town.units.get(unit, town.owner),
            )
        )
    for talk, kind, which, count in plan.talks:
        rows.put(
            TalkRule,
            id=town.keys("rule", talk, kind, which),
            municipality_id=town.municipality.pk,
            talk=talk.value,
            unit_kind=kind.value,
            which=which.value,
            count=count,
        )
