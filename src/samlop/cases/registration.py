"""What is told about a participant when a case is opened, from the form, a file or another municipality.

One description for all doors, checked in one place; ``enter`` turns it into rows. Nothing here asks who may: that is
the commands' part.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
from samlop.people.vocabulary import InterpreterNeed, Protection

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
    for field, day in (
        ("birth_date", birth_date),
        ("arrived_on", arrived_on),
        ("permit_granted_on", permit_granted_on),
    ):
        if day and day > today():
            raise Refused("date_ahead", _("Datoen kan ikke være fram i tid."), field)
    for field, day in (
        ("settled_on", settled_on),
        ("arrived_on", arrived_on),
        ("permit_granted_on", permit_granted_on),
    ):
        if day and birth_date and day < birth_date:
            raise Refused("date_before_birth", _("Datoen kan ikke være før deltakeren ble født."), field)
    if settled_on and arrived_on and settled_on < arrived_on:
        raise Refused("settled_before_arrival", _("Bosettingen kan ikke være før ankomsten til Norge."), "settled_on")


class NumberTaken(Exception):
    """A number was registered on somebody else between the check and the saving."""


def enter(
    details: Details,
    *,
    owner_unit: Unit,
    places: Iterable[Place],
    how: str,
    disputed: bool = False,
    imported_as: str = "",
    continues: Case | None = None,
    person: Person | None = None,
) -> tuple[Case, list[Entry]]:
    """Make the person (unless known from before), the case and its team; the case and the journal entries of it.

    ``how`` is «registered», «imported» or «moved»; ``disputed`` when the numbers are held by somebody else already.
    Raises ``NumberTaken``.
    """
    municipality = owner_unit.municipality
    assert municipality is not None  # checked by ``check_owner``
    person = person or _person(details, municipality, disputed)
    case = Case.objects.create(
        municipality=municipality,
        person=person,
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
    entries = [
        Entry(code="case.registered", section=Section.IDENTITY, case=case, data={"how": how, "unit": owner_unit.name})
    ]
    entries += [_joined(case, place) for place in places]
    return case, entries


def _person(details: Details, municipality: Municipality, disputed: bool) -> Person:
    person = Person.objects.create(
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
    for number in details.numbers:
        add_number(person, number, disputed=disputed)
    set_languages(person, details.languages, details.mother_tongue)
    FamilyMember.objects.bulk_create(
        FamilyMember(person=person, **dataclasses.asdict(relative)) for relative in details.family
    )
    return person


def add_number(person: Person, number: OfficialNumber, *, disputed: bool = False) -> None:
    """Keep a number on a person. Raises ``NumberTaken`` when somebody else in the municipality got it first."""
    try:
        with transaction.atomic():
            PersonIdentifier.objects.create(
                person=person,
                municipality_id=person.municipality_id,
                kind=number.kind,
                value=number.value,
                disputed=disputed,
            )
    except IntegrityError:
        raise NumberTaken from None


def set_languages(person: Person, codes: Iterable[str], mother_tongue: str) -> None:
    """The languages in order; the first is the one that talks and letters are prepared in."""
    ordered = list(dict.fromkeys([*codes, *([mother_tongue] if mother_tongue else [])]))
    PersonLanguage.objects.bulk_create(
        PersonLanguage(person=person, code=code, order=order, is_mother_tongue=code == mother_tongue)
        for order, code in enumerate(ordered, start=1)
    )


def _joined(case: Case, place: Place) -> Entry:
    TeamMember.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        unit=place.unit,
        user=place.user,
        deputy=place.deputy,
        function=place.function,
        is_editor=place.is_editor,
        valid_from=today(),
    )
    return Entry(code="team.joined", section=Section.IDENTITY, case=case, data=place_data(place))


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


def suggested_units(municipality: Municipality) -> list[Unit]:
    """The units that the municipality's arrangement puts in every team; empty where nothing is set up."""
    return list(dict.fromkeys(unit for suggest in SUGGESTED_UNITS for unit in suggest(municipality)))
