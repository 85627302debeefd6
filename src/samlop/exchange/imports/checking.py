"""Every cell of a list looked at: what becomes of each row, and every error with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.importing import Judged, Row, judge, twins
from samlop.cases.registration import Details, Place, checked
from samlop.cases.team import protected_needs_person
from samlop.cases.vocabulary import TeamFunction
from samlop.core.errors import Refused
from samlop.core.sorting import search_key
from samlop.exchange.imports.columns import COLUMNS, EMPTY, CellTrouble, Column
from samlop.exchange.imports.errors import MOST_ERRORS, CellError, FileRefused, letter
from samlop.exchange.imports.reading import MOST_ROWS, Sheet
from samlop.people.models import Unit, User
from samlop.people.queries import team_staff
from samlop.people.staff import OWNERS
from samlop.people.vocabulary import InterpreterNeed, Protection
from samlop.programme.importing import HEADS, ROOM, Begun
from samlop.programme.importing import checked as programme_checked

NUMBERS = ("number", "duf")


@dataclass(frozen=True)
class Choice:
    """What the page chose for rows that say nothing themselves."""

    owner_unit: Unit
    main_contact: Place


@dataclass
class Checked:
    """The rows that can be registered, and what is wrong with the others."""

    rows: list[Row] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)


@dataclass
class _Staff:
    """Units by name and people by e-mail address, in one municipality."""

    units: dict[str, Unit]
    people: dict[str, list[tuple[Unit, User]]]


def check(sheet: Sheet, *, municipality_id: UUID, choice: Choice, by: Viewer) -> Checked:
    """Look at every cell; compare with who is known only when all of them are right. A fixed number of queries.

    Raises ``FileRefused`` where the columns themselves are wrong.
    """
    top, heads = _heads(sheet)
    columns = _columns(heads)
    lines = [(number, row) for number, row in enumerate(sheet.rows[top + 1 :], start=top + 1) if _filled(row)]
    if not lines:
        raise FileRefused("file_empty", _("Filen har overskrifter, men ingen deltakere under dem."))
    if len(lines) > MOST_ROWS:
        raise FileRefused("file_rows", _("Filen har for mange rader. Del den i flere filer."))
    staff = _staff(municipality_id, by)
    found = Checked()
    for number, row in lines:
        _check_row(number, row, columns, sheet, staff, choice, found)
        if len(found.errors) >= MOST_ERRORS:
            break
    if not found.errors:
        heads_of = {column.key: f"{letter(at)} {column.head}" for at, column in columns.items()}
        for later, earlier in twins(found.rows):
            text = _("Samme person står også i rad %(row)s. La den stå én gang.") % {"row": earlier}
            found.errors.append(CellError(later, heads_of["given_name"], text))
    if not found.errors:
        found.judged = judge(found.rows, municipality_id, by)
    return found


def _heads(sheet: Sheet) -> tuple[int, list[Any]]:
    """The first row with anything in it."""
    for number, row in enumerate(sheet.rows):
        if _filled(row):
            return number, row
    raise FileRefused("file_empty", _("Filen er tom. Bruk malen, og skriv én deltaker på hver rad."))


def _filled(row: Iterable[Any]) -> bool:
    return any(cell not in EMPTY and str(cell).strip() for cell in row)


def _columns(heads: list[Any]) -> dict[int, Column]:
    """Which column stands where. Raises ``FileRefused`` for a missing, unknown or doubled one."""
    found: dict[int, Column] = {}
    for at, head in enumerate(heads):
        text = str(head if head is not None else "").strip().rstrip("*:").strip()
        if not text:
            continue
        column = next((one for one in COLUMNS if one.knows(text)), None)
        if column is None:
            raise FileRefused(
                "file_unknown_column",
                _("Vi kjenner ikke overskriften i kolonne %(where)s. Ta den bort, eller bruk en overskrift fra malen.")
                % {"where": _where(at, text)},
            )
        if column in found.values():
            raise FileRefused(
                "file_double_column", _("Kolonnen «%(head)s» står to ganger. Behold én.") % {"head": column.head}
            )
        found[at] = column
    for column in COLUMNS:
        if column.required and column not in found.values():
            raise FileRefused(
                "file_missing_column",
                _("Kolonnen «%(head)s» mangler. Den første raden må ha overskriftene fra malen.")
                % {"head": column.head},
            )
    return found


_HARMLESS = re.compile(r"[^\d@]{1,40}")


def _where(at: int, text: str) -> str:
    """A file without heads has a person in its first row; that one is not repeated."""
    return f"{letter(at)} («{text}»)" if _HARMLESS.fullmatch(text) and len(text.split()) < 4 else letter(at)


def _check_row(
    number: int,
    row: list[Any],
    columns: dict[int, Column],
    sheet: Sheet,
    staff: _Staff,
    choice: Choice,
    found: Checked,
) -> None:
    values: dict[str, Any] = {}
    places = {column.key: f"{letter(at)} {column.head}" for at, column in columns.items()}
    errors = []
    for at, column in columns.items():
        cell = row[at] if at < len(row) else ""
        try:
            if (number, at) in sheet.formulas:
                raise CellTrouble(_("Cellen er en formel. Samløp regner aldri ut formler. Lim inn verdien."))
            values[column.key] = column.read(cell)
        except CellTrouble as trouble:
            errors.append(CellError(number + 1, places[column.key], str(trouble)))
    if not errors:
        try:
            found.rows.append(_row(number + 1, values, staff, choice))
        except Refused as refusal:
            where = places.get(refusal.field or "", places["given_name"])
            errors.append(CellError(number + 1, where, refusal.text))
    found.errors += errors


def _row(number: int, values: dict[str, Any], staff: _Staff, choice: Choice) -> Row:
    details = checked(
        Details(
            given_name=values["given_name"],
            family_name=values.get("family_name", ""),
            numbers=tuple(value for name in NUMBERS if (value := values.get(name))),
            birth_date=values.get("birth_date"),
            gender=values.get("gender", ""),
            languages=values.get("languages", ()),
            mother_tongue=values.get("mother_tongue", ""),
            interpreter=values.get("interpreter") or InterpreterNeed.UNKNOWN,
            phone=values.get("phone", ""),
            email=values.get("email", ""),
            address=values.get("address", ""),
            protection=values.get("protection") or Protection.NONE,
            settled_on=values.get("settled_on"),
            settled_by_agreement=values.get("settled_by_agreement") != "no",
            arrived_on=values.get("arrived_on"),
            permit=values.get("permit", ""),
            permit_granted_on=values.get("permit_granted_on"),
        )
    )
    unit = _unit(values.get("owner_unit", ""), staff, choice)
    contact = _contact(values.get("main_contact", ""), unit, staff, choice)
    if details.is_protected and contact.user is None:
        raise protected_needs_person("main_contact")
    return Row(number, details, unit, contact, _more(values))


def _more(values: dict[str, Any]) -> dict[str, Any]:
    """What the row tells of a programme; nothing where it tells nothing."""
    told = {name: values[name] for name in HEADS if values.get(name)}
    if not told.keys() - {"benefit", "norwegian"}:
        return {}
    flags = {name: told.get(name) != "no" for name in ("benefit", "norwegian")}
    return {ROOM: programme_checked(Begun(**{**told, **flags}))}


def _unit(name: str, staff: _Staff, choice: Choice) -> Unit:
    if not name:
        return choice.owner_unit
    found = staff.units.get(search_key(name))
    if found is None:
        raise Refused(
            "unknown_unit",
            _("Vi finner ingen slik enhet som kan ha ansvar for programmet. Skriv navnet slik det står i Samløp."),
            "owner_unit",
        )
    return found


def _contact(email: str, unit: Unit, staff: _Staff, choice: Choice) -> Place:
    function: dict[str, Any] = {"function": TeamFunction.MAIN_CONTACT, "is_editor": True}
    if not email:
        return choice.main_contact if unit == choice.owner_unit else Place(unit, **function)
    for at, user in staff.people.get(email.casefold(), []):
        if at == unit:
            return Place(unit, user, **function)
    raise Refused(
        "unknown_contact",
        _("Vi finner ingen med denne e-postadressen i enheten. Kontroller adressen, eller la cellen stå tom."),
        "main_contact",
    )


def _staff(municipality_id: UUID, by: Viewer) -> _Staff:
    units: dict[str, Unit] = {}
    people: dict[str, list[tuple[Unit, User]]] = {}
    for one in team_staff(by, municipality_id):
        if one.unit.kind in OWNERS and one.unit.municipality_id == municipality_id:
            units[search_key(one.unit.name)] = one.unit
        for member in one.members:
            for address in {member.user.email.casefold(), member.user.username.casefold()} - {""}:
                people.setdefault(address, []).append((one.unit, member.user))
    return _Staff(units, people)
