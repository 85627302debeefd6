"""Codes of the room → readable sentences, for the journal of what is not about one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.core.organisation import Sentence
from samlop.people.vocabulary import Role, UnitKind


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d.%m.%Y}" if text else ""


def _added(data: Mapping[str, Any]) -> str:
    values = {
        "who": data["who"],
        "role": str(Role(data["role"]).label),
        "unit": data["unit"],
        "day": _day(data["from"]),
    }
    return _("ga %(who)s rollen %(role)s ved %(unit)s fra %(day)s") % values


def _left(data: Mapping[str, Any]) -> str:
    values = {"who": data["who"], "unit": data["unit"], "day": _day(data["last_day"])}
    return _("satte siste dag for %(who)s ved %(unit)s til %(day)s og ga sakene til andre") % values


def _unit_added(data: Mapping[str, Any]) -> str:
    return _("la til enheten %(unit)s (%(kind)s)") % {"unit": data["unit"], "kind": UnitKind(data["kind"]).label}


def _unit_changed(data: Mapping[str, Any]) -> str:
    if data["was"] != data["unit"]:
        return _("ga enheten %(was)s navnet %(unit)s") % data
    return _("endret hvordan man når %(unit)s") % data


def _municipality(data: Mapping[str, Any]) -> str:
    if data["was"] != data["name"]:
        return _("ga kommunen navnet %(name)s (før: %(was)s)") % data
    return (
        _("satte målformen i brev til nynorsk") if data["language"] == "nn" else _("satte målformen i brev til bokmål")
    )


def _numbered(data: Mapping[str, Any]) -> str:
    return _("ga kommunen nummeret %(code)s fra %(day)s") % {"code": data["code"], "day": _day(data["from"])}


SENTENCES: dict[str, Sentence] = {
    "people.member_added": _added,
    "people.member_changed": lambda d: _("endret opplysninger om %(who)s ved %(unit)s") % d,
    "people.member_left": _left,
    "people.county_added": lambda d: _("la til fylket %(name)s (%(code)s)") % d,
    "people.municipality_added": lambda d: _("la kommunen inn i Samløp med nummeret %(code)s") % d,
    "people.municipality_changed": _municipality,
    "people.municipality_number": _numbered,
    "people.unit_added": _unit_added,
    "people.unit_changed": _unit_changed,
    "people.password_link": lambda d: _("laget en lenke til nytt passord for %(who)s") % d,
}
