"""What is told about a participant when a case is opened, from the form, a file or another municipality.

One description for all doors, checked in one place; ``opening`` turns it into rows and ``save`` keeps them. Nothing
here asks who may: that is the part of the commands.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import now, today
from samlop.people.models import FamilyMember, Municipality, Person, PersonIdentifier, PersonLanguage, Unit, User
from samlop.people.names import clean_name
from samlop.people.numbers import OfficialNumber
from samlop.people.vocabulary import InterpreterNeed, Protection, UnitKind

SUGGESTED_UNITS: list[Callable[[Municipality], Iterable[Unit]]] = []
"""Units that belong in every new team of a municipality. Filled at start-up by the room that knows the arrangement
(``cooperation``): this room cannot look upwards."""


@dataclass(frozen=True)
class Relative:
    """A family relation that matters for the programme."""

    relation: str
    name: str = ""
    birth_date: date | None = None
    lives_together: bool = True
    in_programme: bool = False


@dataclass(frozen=True)
class Place:
    """A place in the team: a unit, its person (none while the unit has not named anyone) and deputy."""

    unit: Unit
    user: User | None = None
    deputy: User | None = None
    function: str = TeamFunction.OTHER
    is_editor: bool = False


@dataclass(frozen=True, kw_only=True)
class Details:
    """Everything told about a participant. Only a name is required: numbers, dates and gender may come later."""

    given_name: str
    family_name: str = ""
    numbers: tuple[OfficialNumber, ...] = ()
    birth_date: date | None = None
    gender: str = ""
    languages: tuple[str, ...] = ()
    mother_tongue: str = ""
    interpreter: str = InterpreterNeed.UNKNOWN
    phone: str = ""
    email: str = ""
    address: str = ""
    protection: str = Protection.NONE
    family: tuple[Relative, ...] = ()
    settled_on: date | None = None
    settled_by_agreement: bool = True
    arrived_on: date | None = None
    permit: str = ""
    permit_granted_on: date | None = None

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_protected(self) -> bool:
        return self.protection != Protection.NONE


def checked(details: Details) -> Details:
    """The details with clean names and the birth date filled from the number. Raises ``Refused`` at the field."""
    given = clean_name(details.given_name, "given_name")
    family = clean_name(details.family_name, "family_name")
    if not given:  # many have one name only; it stands in the first field
        given, family = family, ""
    if not given:
        raise Refused("missing_name", _("Skriv navnet på deltakeren."), "given_name")
    birth_date = born(details.birth_date, details.numbers)
    check_dates(
        birth_date=birth_date,
        settled_on=details.settled_on,
        arrived_on=details.arrived_on,
        permit_granted_on=details.permit_granted_on,
    )
    return dataclasses.replace(details, given_name=given, family_name=family, birth_date=birth_date)


def born(given: date | None, numbers: Iterable[OfficialNumber]) -> date | None:
    """The birth date, filled from a number where it tells one. Raises ``Refused`` when the two differ."""
    told = {number.birth_date for number in numbers if number.birth_date}
    if len(told) > 1:
        raise Refused("numbers_differ", _("De to numrene forteller om forskjellige fødselsdatoer."), "number")
    if given is None:
        return next(iter(told), None)
    if told and given not in told:
        raise Refused(
            "birth_date_differs",
            _("Fødselsdatoen er en annen enn den i fødselsnummeret. Rett den som er feil."),
            "birth_date",
        )
    return given


def check_dates(
    *, birth_date: date | None, settled_on: date | None, arrived_on: date | None, permit_granted_on: date | None
) -> None:
    """Dates that cannot be are refused at their field; a planned settlement may lie ahead."""
    for place, day in (
        ("birth_date", birth_date),
        ("arrived_on", arrived_on),
        ("permit_granted_on", permit_granted_on),
    ):
        if day and day > today():
            raise Refused("date_ahead", _("Datoen kan ikke være fram i tid."), place)
    for place, day in (
        ("settled_on", settled_on),
        ("arrived_on", arrived_on),
        ("permit_granted_on", permit_granted_on),
    ):
        if day and birth_date and day < birth_date:
            raise Refused("date_before_birth", _("Datoen kan ikke være før deltakeren ble født."), place)
    if settled_on and arrived_on and settled_on < arrived_on:
        raise Refused("settled_before_arrival", _("Bosettingen kan ikke være før ankomsten til Norge."), "settled_on")


class NumberTaken(Exception):
    """A number was registered on somebody else between the check and the saving."""


@dataclass
class Opening:
    """A case about to be opened: its rows, not saved yet, and the journal entries that tell of it."""

    case: Case
    numbers: list[PersonIdentifier] = field(default_factory=list)
    languages: list[PersonLanguage] = field(default_factory=list)
    family: list[FamilyMember] = field(default_factory=list)
    places: list[TeamMember] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


def opening(
    details: Details,
    *,
    owner_unit: Unit,
    places: Iterable[Place],
    how: str,
    disputed: bool = False,
    imported_as: str = "",
    continues: Case | None = None,
    person: Person | None = None,
) -> Opening:
    """The rows of a new case; of a new person too, unless ``person`` is known from before.

    ``how`` is «registered», «imported» or «moved»; ``disputed`` when the numbers are held by somebody else already.
    """
    municipality = owner_unit.municipality
    assert municipality is not None  # checked by ``check_owner``
    who = person or _person(details, municipality)
    case = Case(
        municipality=municipality,
        person=who,
        owner_unit=owner_unit,
        status=CaseStatus.ACTIVE,
        settled_on=details.settled_on,
        settled_by_agreement=details.settled_by_agreement,
        arrived_on=details.arrived_on,
        permit=details.permit,
        permit_granted_on=details.permit_granted_on,
        registered_at=now(),
        imported_as=imported_as,
        continues=continues,
    )
    data = {"how": how, "unit": owner_unit.name}
    made = Opening(case, entries=[Entry(code="case.registered", section=Section.IDENTITY, case=case, data=data)])
    if person is None:
        made.numbers = [number_row(who, number, disputed=disputed) for number in details.numbers]
        made.languages = language_rows(who, details.languages, details.mother_tongue)
        made.family = [FamilyMember(person=who, **dataclasses.asdict(relative)) for relative in details.family]
    for place in places:
        made.places.append(_place(case, place))
        made.entries.append(Entry(code="team.joined", section=Section.IDENTITY, case=case, data=place_data(place)))
    return made


def save(openings: Sequence[Opening]) -> None:
    """Save new cases, few or many, a table at a time. Raises ``NumberTaken``."""
    Person.objects.bulk_create(one.case.person for one in openings if one.case.person._state.adding)
    try:
        with transaction.atomic():
            PersonIdentifier.objects.bulk_create(row for one in openings for row in one.numbers)
    except IntegrityError:
        # The database's own text repeats the number; it goes no further.
        raise NumberTaken from None
    PersonLanguage.objects.bulk_create(row for one in openings for row in one.languages)
    FamilyMember.objects.bulk_create(row for one in openings for row in one.family)
    Case.objects.bulk_create(one.case for one in openings)
    TeamMember.objects.bulk_create(row for one in openings for row in one.places)


def _person(details: Details, municipality: Municipality) -> Person:
    person = Person(
        municipality=municipality,
        given_name=details.given_name,
        family_name=details.family_name,
        birth_date=details.birth_date,
        gender=details.gender,
        phone=details.phone,
        email=details.email,
        address=details.address,
        interpreter=details.interpreter,
        protection=details.protection,
    )
    person.set_name_keys()
    return person


def keep_number(person: Person, number: OfficialNumber, *, disputed: bool = False) -> None:
    """Save one number. Raises ``NumberTaken``."""
    try:
        with transaction.atomic():
            number_row(person, number, disputed=disputed).save(force_insert=True)
    except IntegrityError:
        raise NumberTaken from None


def number_row(person: Person, number: OfficialNumber, *, disputed: bool = False) -> PersonIdentifier:
    """A number as it is kept."""
    return PersonIdentifier(
        person=person,
        municipality_id=person.municipality_id,
        kind=number.kind,
        value=number.value,
        disputed=disputed,
    )


def language_rows(person: Person, codes: Iterable[str], mother_tongue: str) -> list[PersonLanguage]:
    """The languages in order; the first is the one that talks and letters are prepared in."""
    ordered = list(dict.fromkeys([*codes, *([mother_tongue] if mother_tongue else [])]))
    return [
        PersonLanguage(person=person, code=code, order=order, is_mother_tongue=code == mother_tongue)
        for order, code in enumerate(ordered, start=1)
    ]


def _place(case: Case, place: Place) -> TeamMember:
    return TeamMember(
        case=case,
        municipality_id=case.municipality_id,
        unit=place.unit,
        user=place.user,
        deputy=place.deputy,
        function=place.function,
        is_editor=place.is_editor,
        valid_from=today(),
    )


def place_data(place: Any) -> dict[str, Any]:
    """A place in the team as the journal keeps it (``Place`` or ``TeamMember``)."""
    return {
        "unit": place.unit.name,
        "person": str(place.user) if place.user else "",
        "function": str(place.function),
        "editor": place.is_editor,
    }


def check_owner(unit: Unit, by: Viewer) -> None:
    """The owning unit must be one of the viewer's own municipality. Raises ``Refused``."""
    if unit.municipality_id is None or (not by.is_system and unit.municipality_id != by.municipality_id):
        raise Refused("unknown_unit", _("Velg en enhet i din egen kommune."), "owner_unit")
    if unit.closed_on and unit.closed_on < today():
        raise Refused("closed_unit", _("Enheten er lagt ned. Velg en annen."), "owner_unit")


FUNCTIONS = {
    UnitKind.NAV_STATE: TeamFunction.NAV_CONTACT,
    UnitKind.NAV_MUNICIPAL: TeamFunction.NAV_CONTACT,
    UnitKind.ADULT_EDUCATION: TeamFunction.TEACHER,
    UnitKind.HEALTH: TeamFunction.HEALTH,
    UnitKind.CAREER_CENTRE: TeamFunction.CAREER,
    UnitKind.SERVICE_CENTRE: TeamFunction.SETTLEMENT,
}
"""What a unit of a kind usually does in a team."""


def place_of_unit(unit: Unit) -> Place:
    """The place of a unit in a new team, with nobody named: its leader says who it will be."""
    return Place(unit, function=FUNCTIONS.get(UnitKind(unit.kind), TeamFunction.OTHER))


def suggested_units(municipality: Municipality) -> list[Unit]:
    """The units that the municipality's arrangement puts in every team; empty where nothing is set up."""
    return list(dict.fromkeys(unit for suggest in SUGGESTED_UNITS for unit in suggest(municipality)))
