"""What whoever runs the installation sets up: counties, municipalities with their numbers, units, and those who answer.

Everything else in a municipality is done by its leaders. What is done here stands in the municipality's own log
(*Endringslogg*), where they read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Acting
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.stale import only_changed
from samlop.people.accounts import account_of, keep, never_in
from samlop.people.models import County, Membership, Municipality, MunicipalityCode, Organisation, Unit, User
from samlop.people.names import clean_name
from samlop.people.places import OF, appointed_at, organisation_for, unit_name
from samlop.people.staff import open_units, units_of
from samlop.people.vocabulary import OrganisationKind, UnitKind


@command(permission=Permission.OPERATE)
def add_county(*, code: str, name: str, valid_from: date, by: Acting) -> County:
    """Add a county with its number of two digits, from a day.

    Raises ``Refused``: ``county_number``, ``number_taken``, ``missing_name``.
    """
    number = _number(code, 2, _("Fylkesnummeret har to siffer, for eksempel 34."))
    shown = _name(name, _("Skriv navnet på fylket."))
    if County.objects.filter(_still(valid_from), code=number).exists():
        raise Refused("number_taken", _("Dette fylkesnummeret er i bruk. Skriv det nye fylkets eget nummer."), "code")
    made: County = County.objects.create(code=number, name=shown, valid_from=valid_from)
    note(by, "people.county_added", {"name": made.name, "code": number})
    return made


@command(permission=Permission.OPERATE)
def add_municipality(
    *, name: str, written_language: str, code: str, county: County, valid_from: date, by: Acting
) -> Municipality:
    """Add a municipality with its number of four digits in a county, from a day; its leaders come next.

    Raises ``Refused``: ``missing_name``, ``municipality_number``, ``number_elsewhere``, ``number_taken``.
    """
    shown = _name(name, _("Skriv navnet på kommunen."))
    number = _municipality_number(code, county, valid_from)
    made: Municipality = Municipality.objects.create(name=shown, written_language=written_language)
    MunicipalityCode.objects.create(municipality=made, code=number, county=county, valid_from=valid_from)
    data = {"name": made.name, "code": number, "from": valid_from.isoformat()}
    note(by, "people.municipality_added", data, municipality_id=made.pk)
    return made


@command(permission=Permission.OPERATE)
def change_municipality(
    *, municipality: UUID, values: Mapping[str, str], seen: Mapping[str, str] | None = None, by: Acting
) -> Municipality:
    """Change a municipality's name (``name``) and the language of its letters (``written_language``: nb, nn).

    Only what was changed against what was ``seen`` is written. Raises ``Refused``: ``missing_name``, ``name_too_long``,
    ``unknown_language``, ``changed_meanwhile``.
    """
    row = Municipality.objects.select_for_update().filter(pk=municipality).first()
    if row is None:
        raise not_found()
    now = {"name": row.name, "written_language": row.written_language}
    mine = only_changed({name: values[name] for name in now if name in values}, seen, now)
    if "name" in mine:
        mine["name"] = _name(mine["name"], _("Skriv navnet på kommunen."))
    if mine.get("written_language", "nb") not in ("nb", "nn"):
        raise Refused("unknown_language", _("Velg bokmål eller nynorsk."), "written_language")
    if all(now[name] == value for name, value in mine.items()):
        return row
    for name, value in mine.items():
        setattr(row, name, value)
    row.save(update_fields=list(mine))
    data = {"name": row.name, "was": now["name"], "language": row.written_language}
    note(by, "people.municipality_changed", data, municipality_id=row.pk)
    return row


@command(permission=Permission.OPERATE)
def change_number(*, municipality: UUID, code: str, county: County, valid_from: date, by: Acting) -> MunicipalityCode:
    """Give a municipality a new number from a day, as when county borders change; the old one ends the day before.

    Raises ``Refused``: ``municipality_number``, ``number_elsewhere``, ``number_taken``, ``before_the_last``.
    """
    row = Municipality.objects.select_for_update().filter(pk=municipality).first()
    if row is None:
        raise not_found()
    last = row.codes.order_by("-valid_from").first()
    if last is not None and valid_from <= last.valid_from:
        text = _("Det nye nummeret må gjelde fra en dag etter %(day)s, da det forrige begynte.")
        raise Refused("before_the_last", text % {"day": f"{last.valid_from:%d.%m.%Y}"}, "valid_from")
    number = _municipality_number(code, county, valid_from, but=row)
    if last is not None and (last.valid_to is None or last.valid_to >= valid_from):
        last.valid_to = valid_from - timedelta(days=1)
        last.save(update_fields=["valid_to"])
    made: MunicipalityCode = MunicipalityCode.objects.create(
        municipality=row, code=number, county=county, valid_from=valid_from
    )
    note(by, "people.municipality_number", {"code": number, "from": valid_from.isoformat()}, municipality_id=row.pk)
    return made


@command(permission=Permission.OPERATE)
def set_up_unit(
    *,
    municipality: UUID,
    kind: str,
    name: str,
    phone: str = "",
    email: str = "",
    address: str = "",
    serves: Iterable[Municipality] = (),
    by: Acting,
) -> Unit:
    """Add a unit that works in a municipality; ``serves`` are others it works in too (intermunicipal).

    Raises ``Refused``: ``kind_not_here``, ``missing_name``, ``name_too_long``, ``unit_exists``.
    """
    row = Municipality.objects.select_for_update().filter(pk=municipality).first()
    if row is None:
        raise not_found()
    if kind not in OF:
        raise Refused("kind_not_here", _("Denne typen enhet finnes ikke i en kommune. Velg en annen."), "kind")
    shown = unit_name(name, units_of(row))
    made: Unit = Unit.objects.create(
        organisation=organisation_for(kind, row, shown),
        name=shown,
        kind=kind,
        municipality=row,
        phone=phone.strip(),
        email=email.strip(),
        address=address.strip(),
    )
    others = [one for one in serves if one.pk != row.pk]
    made.serves.set(others)
    for one in (row, *others):
        note(by, "people.unit_added", {"unit": made.name, "kind": kind}, municipality_id=one.pk)
    return made


@command(permission=Permission.OPERATE)
def add_county_unit(*, county: UUID, name: str, phone: str = "", email: str = "", by: Acting) -> Unit:
    """Add a unit of the county's own, whose advisers read numbers without names.

    Raises ``Refused``: ``missing_name``, ``name_too_long``, ``unit_exists``.
    """
    row = County.objects.select_for_update().filter(pk=county).first()
    if row is None:
        raise not_found()
    shown = unit_name(name, open_units().filter(county=row))
    organisation = Organisation.objects.create(name=shown, kind=OrganisationKind.COUNTY)
    made: Unit = Unit.objects.create(
        organisation=organisation,
        name=shown,
        kind=UnitKind.COUNTY,
        county=row,
        phone=phone.strip(),
        email=email.strip(),
    )
    note(by, "people.unit_added", {"unit": made.name, "kind": UnitKind.COUNTY.value})
    return made


@command(permission=Permission.OPERATE)
def appoint(
    *, unit: UUID, role: str, name: str, email: str, phone: str = "", valid_from: date, by: Acting
) -> Membership:
    """Appoint who answers for a unit (a leader; at the county an adviser); leaders give the others their roles.

    Whoever runs the installation sees no case, and does not appoint themselves.
    Raises ``Refused``: ``role_not_here``, ``own_role``, ``account_closed``, ``missing_name``, ``already_member``.
    """
    row = open_units().filter(pk=unit).first()
    if row is None:
        raise not_found()
    if role not in appointed_at(row.kind):
        text = _("Denne rollen gir kommunens leder, på siden «Ansatte». Velg en annen.")
        raise Refused("role_not_here", text, "role")
    user = account_of(email, name, phone)
    if user.pk == by.user_id:
        raise Refused(
            "own_role", _("Du kan ikke gi deg selv en rolle. Den som drifter Samløp, ser ingen saker."), "email"
        )
    made = keep(Membership(user=user, unit=row, role=role, valid_from=valid_from))
    data = {"who": user.name, "role": role, "unit": row.name, "from": valid_from.isoformat()}
    note(by, "people.member_added", data, municipality_id=row.municipality_id)
    return made


@command(permission=Permission.OPERATE)
def first_password(*, membership: UUID, by: Acting) -> User:
    """Let somebody who has been appointed, and has never had a password, choose the first by a personal link.

    A forgotten one is renewed by a leader, or by ``samlop password-link`` on the server. Raises ``Refused``.
    """
    row = Membership.objects.filter(pk=membership).select_related("user", "unit").first()
    if row is None or row.role not in appointed_at(row.unit.kind):
        raise not_found()
    if not never_in(row.user) or row.user.persons.exists() or row.user_id == by.user_id:
        raise Refused(
            "has_password",
            _("Personen har et passord fra før. En leder, eller «samlop password-link» på tjeneren, lager et nytt."),
        )
    note(by, "people.password_link", {"who": row.user.name}, municipality_id=row.unit.municipality_id)
    return row.user


def _number(text: str, digits: int, otherwise: str) -> str:
    number = text.strip()
    if len(number) != digits or not (number.isascii() and number.isdigit()):
        raise Refused("county_number" if digits == 2 else "municipality_number", otherwise, "code")
    return number


def _municipality_number(text: str, county: County, on: date, *, but: Municipality | None = None) -> str:
    number = _number(text, 4, _("Kommunenummeret har fire siffer, for eksempel 3403."))
    if number[:2] != county.code:
        told = {"code": county.code, "county": county.name}
        text = _("Kommunenummeret må begynne med %(code)s, som er nummeret til %(county)s.") % told
        raise Refused("number_elsewhere", text, "code")
    held: QuerySet[MunicipalityCode] = MunicipalityCode.objects.filter(_still(on), code=number)
    if (held.exclude(municipality=but) if but else held).exists():
        raise Refused("number_taken", _("En annen kommune har dette nummeret. Kontroller det."), "code")
    return number


def _still(on: date) -> Q:
    """Rows that hold on a day or later."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=on)


def _name(text: str, otherwise: str) -> str:
    name = clean_name(text, "name")
    if not name:
        raise Refused("missing_name", otherwise, "name")
    if len(name) > 80:
        raise Refused("name_too_long", _("Navnet er for langt. Det kan ha høyst 80 tegn."), "name")
    return name
