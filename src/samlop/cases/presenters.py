"""Journal codes of the room → readable sentences, told without the name of whoever acted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.cases.journal import Sentence
from samlop.cases.vocabulary import Need, Permit, TeamFunction
from samlop.core.languages import language_name
from samlop.people.vocabulary import Gender, IdentifierKind, InterpreterNeed, Protection, Relation

FIELD_NAMES: dict[str, str | Promise] = {
    "given_name": gettext_lazy("fornavn"),
    "family_name": gettext_lazy("etternavn"),
    "birth_date": gettext_lazy("fødselsdato"),
    "gender": gettext_lazy("kjønn"),
    "language": gettext_lazy("språk i samtaler og brev"),
    "other_languages": gettext_lazy("andre språk"),
    "mother_tongue": gettext_lazy("morsmål"),
    "interpreter": gettext_lazy("behov for tolk"),
    "phone": gettext_lazy("telefon"),
    "email": gettext_lazy("e-post"),
    "address": gettext_lazy("adresse"),
    "protection": gettext_lazy("adressebeskyttelse"),
    "settled_on": gettext_lazy("bosatt"),
    "settled_by_agreement": gettext_lazy("bosatt etter avtale"),
    "arrived_on": gettext_lazy("kom til Norge"),
    "permit": gettext_lazy("oppholdsgrunnlag"),
    "permit_granted_on": gettext_lazy("tillatelsen gitt"),
    "owner_unit": gettext_lazy("ansvarlig enhet"),
}

_LABELS: dict[str, Mapping[str, Any]] = {
    "gender": dict(Gender.choices),
    "interpreter": dict(InterpreterNeed.choices),
    "protection": dict(Protection.choices),
    "permit": dict(Permit.choices),
    "settled_by_agreement": {"yes": gettext_lazy("ja"), "no": gettext_lazy("nei")},
}
_DATES = ("birth_date", "settled_on", "arrived_on", "permit_granted_on")
_LANGUAGES = ("language", "other_languages", "mother_tongue")


def shown(field: str, value: str) -> str:
    """A kept value as people read it: dates, code lists and languages in words."""
    if not value:
        return ""
    if field in _DATES:
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    if field in _LANGUAGES:
        return ", ".join(language_name(code) for code in value.split())
    return str(_LABELS.get(field, {}).get(value, value))


def listed(parts: list[str]) -> str:
    """«a, b og c»."""
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _change(change: Mapping[str, str]) -> str:
    name = str(FIELD_NAMES.get(change["field"], change["field"]))
    old, new = (shown(change["field"], change.get(side, "")) for side in ("old", "new"))
    if old and new:
        return _("endret %(name)s fra «%(old)s» til «%(new)s»") % {"name": name, "old": old, "new": new}
    if new:
        return _("skrev inn %(name)s: «%(new)s»") % {"name": name, "new": new}
    return _("tok bort %(name)s «%(old)s»") % {"name": name, "old": old}


def _changes(data: Mapping[str, Any]) -> str:
    return listed([_change(change) for change in data["changes"]])


def _numbers(data: Mapping[str, Any]) -> str:
    verb = {"added": _("la inn %(kind)s"), "changed": _("rettet %(kind)s"), "removed": _("tok bort %(kind)s")}
    kind = str(IdentifierKind(data["kind"]).label)
    return verb[data["what"]] % {"kind": kind}


def _registered(data: Mapping[str, Any]) -> str:
    told = {
        "registered": _("registrerte saken hos %(unit)s"),
        "imported": _("registrerte saken hos %(unit)s fra en liste"),
        "moved": _("opprettet saken hos %(unit)s etter flytting"),
    }
    return told.get(data.get("how", ""), _("registrerte saken")) % {"unit": data.get("unit", "")}


def _family(data: Mapping[str, Any]) -> str:
    counts = (
        (len(data["added"]), _relations("added", data["added"])),
        (len(data["changed"]), _relations("changed", data["changed"])),
        (len(data["removed"]), _relations("removed", data["removed"])),
    )
    return listed([text for count, text in counts if count])


def _relations(verb: str, relations: list[str]) -> str:
    verbs = {
        "added": _("la til familie: %(who)s"),
        "changed": _("rettet familie: %(who)s"),
        "removed": _("tok bort familie: %(who)s"),
    }
    return verbs[verb] % {"who": listed([str(Relation(relation).label) for relation in relations])}


def who(place: Mapping[str, Any]) -> str:
    """«Kari Lund ved Flyktningtjenesten», or the unit alone while it has not named anyone."""
    if place["person"]:
        return _("%(person)s ved %(unit)s") % {"person": place["person"], "unit": place["unit"]}
    return str(place["unit"])


def _function(data: Mapping[str, Any]) -> str:
    function = str(TeamFunction(data["function"]).label)
    return _("%(function)s og planansvarlig") % {"function": function} if data["editor"] else function


def _joined(data: Mapping[str, Any]) -> str:
    return _("tok med %(who)s i saksteamet som %(function)s") % {"who": who(data), "function": _function(data)}


def _team_changed(data: Mapping[str, Any]) -> str:
    values = {"who": who(data["new"]), "old": who(data["old"]), "function": _function(data["new"])}
    if values["who"] == values["old"]:
        return _("endret rollen til %(who)s i saksteamet: %(function)s") % values
    return _("lot %(who)s overta etter %(old)s i saksteamet som %(function)s") % values


def _took_over(data: Mapping[str, Any]) -> str:
    values = {
        "old": data["old"]["person"],
        "who": who(data["new"]),
        "function": _function(data["new"]),
        "day": f"{date.fromisoformat(data['from']):%d.%m.%Y}",
    }
    return _("overførte plassen etter %(old)s, som slutter: %(who)s er %(function)s fra %(day)s") % values


def _needs(data: Mapping[str, Any]) -> str:
    parts = []
    for key, text in (
        ("added", _("la til behov for tilrettelegging: %(what)s")),
        ("ended", _("avsluttet behov: %(what)s")),
    ):
        if data[key]:
            parts.append(text % {"what": listed([str(Need(code).label) for code in data[key]])})
    return listed(parts)


def _with(text: str | Promise, *keys: str) -> Sentence:
    return lambda data: str(text) % {key: data.get(key, "") for key in keys}


def _reasoned(text: str | Promise) -> Callable[[Mapping[str, Any]], str]:
    def tell(data: Mapping[str, Any]) -> str:
        reason = data.get("reason", "")
        return _("%(what)s. Grunn: %(reason)s") % {"what": text, "reason": reason} if reason else str(text)

    return tell


SENTENCES: dict[str, Sentence] = {
    "case.registered": _registered,
    "case.maybe_registered_twice": lambda d: _("registrerte en person som kan være den samme"),
    "case.registration_settled": lambda d: (
        _("avklarte at det var samme person som var registrert på nytt")
        if d["same_person"]
        else _("avklarte at registreringen gjaldt en annen person")
    ),
    "case.registered_twice": lambda d: _("avsluttet saken etter kontroll. Spør lederen din hvis du lurer på noe"),
    "case.contact_changed": _changes,
    "case.person_changed": _changes,
    "case.number_changed": _numbers,
    "case.family_changed": _family,
    "case.closed": _reasoned(gettext_lazy("avsluttet saken")),
    "case.reopened": _reasoned(gettext_lazy("åpnet saken igjen")),
    "case.moved_out": _with(
        gettext_lazy("flyttet saken til %(unit)s i %(municipality)s. Grunn: %(reason)s"),
        "unit",
        "municipality",
        "reason",
    ),
    "case.moved_in": _with(gettext_lazy("tok over saken fra %(municipality)s"), "municipality"),
    "team.joined": _joined,
    "team.changed": _team_changed,
    "team.took_over": _took_over,
    "team.left": lambda d: _("tok %(who)s ut av saksteamet") % {"who": who(d)},
    "needs.changed": _needs,
    "notes.added": lambda d: _("skrev et notat for navngitte personer"),
    "notes.reader_named": lambda d: (
        _("lot %(who)s lese et notat for navngitte personer, fordi leseren slutter") % {"who": d["who"]}
    ),
    "journal.corrected": lambda d: _("rettet en tidligere hendelse: %(text)s") % {"text": d["text"]},
}

GROUPS: dict[str, str | Promise] = {
    "case": gettext_lazy("saken"),
    "team": gettext_lazy("saksteamet"),
    "needs": gettext_lazy("tilrettelegging"),
    "notes": gettext_lazy("notater"),
    "plan": gettext_lazy("planen"),
    "meeting": gettext_lazy("møter"),
    "meetings": gettext_lazy("møter"),
    "programme": gettext_lazy("programmet"),
    "course": gettext_lazy("programmet"),
    "norwegian": gettext_lazy("norsk"),
    "effort": gettext_lazy("innsats"),
    "handover": gettext_lazy("overføring"),
    "access": gettext_lazy("innsyn"),
    "journal": gettext_lazy("rettelser"),
}
"""The first word of a code → what the timeline's filter calls it; an unknown one is shown as it is."""
