"""Changing what stands about a participant, by right. Every change is told; an official number never is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases import duplicates
from samlop.cases.models import Case, TeamMember
from samlop.cases.registration import (
    Details,
    NumberTaken,
    Relative,
    born,
    check_dates,
    check_owner,
    keep_number,
    language_rows,
    place_data,
)
from samlop.cases.team import check_still_reachable, current_places
from samlop.cases.values import CONTACT, PERSON, SETTLEMENT, Values, contact_values, merge, person_values
from samlop.cases.vocabulary import Permit, TeamFunction
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.languages import LANGUAGES
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import FamilyMember, Person, PersonLanguage, Unit
from samlop.people.names import clean_name
from samlop.people.numbers import OfficialNumber
from samlop.people.vocabulary import Gender, IdentifierKind, InterpreterNeed, Protection

CODES: dict[str, set[str]] = {
    "interpreter": set(InterpreterNeed.values),
    "gender": {"", *Gender.values},
    "protection": set(Protection.values),
    "permit": {"", *Permit.values},
    "settled_by_agreement": {"yes", "no"},
}
_LONGEST = {"phone": 40, "email": 254, "address": 300}
_DATES = ("birth_date", "settled_on", "arrived_on", "permit_granted_on")


@command(section=Section.IDENTITY, right=Right.CONTRIBUTE)
def change_contact(*, case: Any, typed: Values, seen: Values, by: Viewer) -> Case:
    """Change how to reach and talk with the participant; the participant may do it too.

    ``typed`` and ``seen`` hold plain text by field (``cases.values``). Only what was changed since it was seen is
    written. Raises ``Refused``; ``changed_meanwhile`` where somebody else changed the same field.
    """
    _refuse_closed(case)
    person: Person = case.person
    before = contact_values(person)
    mine = _mine({name: value for name, value in typed.items() if name in CONTACT}, seen, before)
    _check_codes(mine)
    after = before | mine
    for name in ("phone", "email", "address", "interpreter"):
        setattr(person, name, after[name])
    person.save()
    if {"language", "other_languages", "mother_tongue"} & set(mine):
        spoken = [*after["language"].split(), *after["other_languages"].split()]
        PersonLanguage.objects.filter(person=person).delete()
        PersonLanguage.objects.bulk_create(language_rows(person, spoken, after["mother_tongue"]))
    return done(case, *_told("case.contact_changed", before, mine))


@command(section=Section.IDENTITY, right=Right.MANAGE)
def change_person(
    *,
    case: Any,
    typed: Values,
    seen: Values,
    numbers: Mapping[str, OfficialNumber | None] | None = None,
    numbers_seen: Values | None = None,
    owner_unit: Unit | None = None,
    by: Viewer,
) -> Case:
    """Change who the participant is, settlement and permit, official numbers, and which unit owns the case.

    ``numbers`` holds the fields «number» and «duf»; none takes the number away. Raises ``Refused``:
    ``changed_meanwhile``, ``number_known``, ``protected_needs_person`` and those of registering.
    """
    _refuse_closed(case)
    person: Person = case.person
    before = person_values(case)
    mine = _mine({name: value for name, value in typed.items() if name in (*PERSON, *SETTLEMENT)}, seen, before)
    _check_codes(mine)
    after = before | mine
    entries = _change_numbers(case, numbers, numbers_seen or {}, by) if numbers is not None else []
    _write_person(case, after)
    filled = person_values(case)
    mine = {name: filled[name] for name in filled if filled[name] != before[name]}
    check_still_reachable(case, person)
    entries = [*_told("case.person_changed", before, mine), *entries]
    if owner_unit is not None and owner_unit.pk != case.owner_unit_id:
        entries += _change_owner(case, owner_unit, by)
    return done(case, *entries)


def _mine(typed: Values, seen: Values, now: Values) -> Values:
    """What of it is a change. Raises ``Refused('changed_meanwhile')`` where two changed the same field."""
    found = merge(seen, typed, now)
    if found.clashes:
        raise Refused(
            "changed_meanwhile",
            _("Noen andre har endret det samme mens du skrev. Se hva som står nå, og lagre på nytt hvis du vil endre."),
        )
    return found.mine


def _refuse_closed(case: Case) -> None:
    if not case.is_open:
        raise Refused("no_writing_closed", _("Saken er avsluttet. Åpne den igjen for å endre noe."))


def _check_codes(mine: Values) -> None:
    for name, value in mine.items():
        if name in CODES and value not in CODES[name]:
            raise Refused("unknown_choice", _("Velg en av mulighetene i listen."), name)
        if name in _LONGEST and len(value) > _LONGEST[name]:
            raise Refused("too_long", _("Teksten er for lang."), name)
        if name in ("language", "other_languages", "mother_tongue") and set(value.split()) - set(LANGUAGES):
            raise Refused("unknown_language", _("Velg et av språkene i listen."), name)


def _told(code: str, before: Values, mine: Values) -> list[Entry]:
    changes = [{"field": name, "old": before.get(name, ""), "new": value} for name, value in mine.items()]
    return [Entry(code=code, section=Section.IDENTITY, data={"changes": changes})] if changes else []


def _write_person(case: Case, after: Values) -> None:
    person: Person = case.person
    given, family = clean_name(after["given_name"], "given_name"), clean_name(after["family_name"], "family_name")
    if not given:
        given, family = family, ""
    if not given:
        raise Refused("missing_name", _("Skriv navnet på deltakeren."), "given_name")
    days = {name: date.fromisoformat(after[name]) if after[name] else None for name in _DATES}
    held = [
        OfficialNumber(IdentifierKind(row.kind), row.value, _told_by(row.kind, row.value))
        for row in person.identifiers.all()
    ]
    days["birth_date"] = born(days["birth_date"], held)
    check_dates(**days)
    person.given_name, person.family_name, person.birth_date = given, family, days["birth_date"]
    person.gender, person.protection = after["gender"], after["protection"]
    person.save()
    case.settled_on, case.arrived_on = days["settled_on"], days["arrived_on"]
    case.permit, case.permit_granted_on = after["permit"], days["permit_granted_on"]
    case.settled_by_agreement = after["settled_by_agreement"] == "yes"
    case.save()


def _told_by(kind: str, value: str) -> date | None:
    from samlop import identifiers

    return None if kind == IdentifierKind.DUF else identifiers.birth_date(value)


_KINDS = {"number": (IdentifierKind.BIRTH_NUMBER, IdentifierKind.D_NUMBER), "duf": (IdentifierKind.DUF,)}


def _change_numbers(case: Case, numbers: Mapping[str, OfficialNumber | None], seen: Values, by: Viewer) -> list[Entry]:
    """Add, correct or take away numbers; a D-number stays beside the birth number that came later."""
    person: Person = case.person
    entries: list[Entry] = []
    for field, number in numbers.items():
        held = {row.kind: row for row in person.identifiers.filter(kind__in=_KINDS[field])}
        shown = next((held[kind] for kind in _KINDS[field] if kind in held), None)
        if (number.value if number else "") == (shown.value if shown else ""):
            continue
        if (shown.value if shown else "") != seen.get(field, ""):
            if (number.value if number else "") == seen.get(field, ""):
                continue  # not touched here, changed by somebody else
            raise Refused(
                "changed_meanwhile", _("Noen andre har endret nummeret mens du skrev. Se hva som står nå."), field
            )
        if number is None:
            assert shown is not None  # else nothing was changed
            entries.append(_number_told(shown.kind, "removed"))
            shown.delete()
            continue
        replaced = held.get(number.kind)
        if replaced:
            replaced.delete()
        entries += _keep_number(case, number, field, by)
        entries.append(_number_told(number.kind, "changed" if replaced else "added"))
    return entries


def _number_told(kind: str, what: str) -> Entry:
    return Entry(code="case.number_changed", section=Section.IDENTITY, data={"kind": kind, "what": what})


def _keep_number(case: Case, number: OfficialNumber, field: str, by: Viewer) -> list[Entry]:
    """Keep a number, or say who has it – to those who may know; else leave word with those who hold the other case."""
    asked = Details(given_name=case.person.name, numbers=(number,))
    found = duplicates.known(case.municipality_id, asked).matches(asked)
    found = [match for match in found if match.by_number and match.person_id != case.person_id]
    shown = duplicates.likely(by, case.municipality_id, found)
    if shown:
        raise Refused(
            "number_known",
            _("Nummeret er registrert på %(name)s. Kontroller det.") % {"name": shown[0].person.name},
            field,
        )
    try:
        keep_number(case.person, number, disputed=bool(found))
    except NumberTaken:
        raise Refused("changed_meanwhile", _("Nummeret ble registrert av noen andre nå. Prøv igjen."), field) from None
    return duplicates.note_suspicions(case, found)


def _change_owner(case: Case, unit: Unit, by: Viewer) -> list[Entry]:
    """Another unit answers for the programme from now; it comes into the team if it is not there."""
    check_owner(unit, by)
    old = case.owner_unit
    case.owner_unit = unit
    case.save()
    change = {"field": "owner_unit", "old": old.name, "new": unit.name}
    entries = [Entry(code="case.person_changed", section=Section.IDENTITY, data={"changes": [change]})]
    if not current_places(case).filter(unit=unit).exists():
        place = TeamMember.objects.create(
            case=case, municipality_id=case.municipality_id, unit=unit, function=TeamFunction.OTHER, valid_from=today()
        )
        entries.append(Entry(code="team.joined", section=Section.IDENTITY, data=place_data(place)))
    return entries


@command(section=Section.IDENTITY, right=Right.MANAGE)
def change_family(*, case: Any, rows: Sequence[tuple[UUID | None, Relative]], seen: Sequence[UUID], by: Viewer) -> Case:
    """Change the family relations. ``rows`` have the key of an existing one or none; those ``seen`` and not in ``rows``
    are taken away. What others added meanwhile stays."""
    _refuse_closed(case)
    held = {row.pk: row for row in case.person.family.all()}
    told: dict[str, list[str]] = {"added": [], "changed": [], "removed": []}
    kept = {key for key, _relative in rows if key}
    for gone in set(seen) - kept:
        if gone in held:
            told["removed"].append(held[gone].relation)
            held[gone].delete()
    for key, relative in rows:
        row = held.get(key) if key else FamilyMember(person=case.person)
        if row is None:  # taken away by somebody else meanwhile: what was typed is not lost
            row = FamilyMember(person=case.person)
        if _relative_changed(row, relative):
            told["changed" if row.pk in held else "added"].append(relative.relation)
            row.save()
    if not any(told.values()):
        return case
    return done(case, Entry(code="case.family_changed", section=Section.IDENTITY, data=told))


def _relative_changed(row: FamilyMember, relative: Relative) -> bool:
    wanted = {
        "relation": relative.relation,
        "name": clean_name(relative.name, "name"),
        "birth_date": relative.birth_date,
        "lives_together": relative.lives_together,
        "in_programme": relative.in_programme,
    }
    changed = row._state.adding or any(getattr(row, name) != value for name, value in wanted.items())
    for name, value in wanted.items():
        setattr(row, name, value)
    return changed
