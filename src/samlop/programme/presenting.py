"""What a decision says, as people read it: the parts by name, and one plain sentence to the participant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.core.templatetags.samlop import day
from samlop.law.absence import breast_feeding, reasons
from samlop.law.formatting import month as law_month
from samlop.programme.kinds import PARTS, DecisionKind, Part, PartType, kroner
from samlop.programme.law_of_case import language

Parts = list[tuple[str, str]]


def parts(kind: str, data: Mapping[str, Any]) -> Parts:
    """Label and value of everything that is decided, in the active language; what is empty is left out."""
    found = [(part.label, shown(part, data.get(part.name))) for part in PARTS[DecisionKind(kind)]]
    return [(str(label), text) for label, text in found if text]


def shown(part: Part, value: Any) -> str:
    """One value in words."""
    if part.type is PartType.FLAG:
        return _("Ja") if value else _("Nei")
    if value in (None, ""):
        return ""
    match part.type:
        case PartType.DAY:
            return day(value)
        case PartType.MONTH:
            return month(value)
        case PartType.MONEY:
            return kroner(value)
        case PartType.CHOICE:
            return str(dict(part.choices()).get(value, value))
    return str(value)


def month(value: str) -> str:
    """«november 2026» for «2026-11»."""
    return law_month(date.fromisoformat(f"{value}-01"), language())


def plain(kind: str, data: Mapping[str, Any]) -> str:
    """What the decision means, in one or two plain sentences to the participant."""
    return _PLAIN[DecisionKind(kind)](data)


def _award(data: Mapping[str, Any]) -> str:
    values = {
        "start": day(data["start_on"]),
        "end": day(data["planned_end_on"]),
        "goal": _part("award", data, "end_goal"),
    }
    text = _("Du får introduksjonsprogram fra %(start)s til %(end)s. Målet er: %(goal)s.") % values
    return f"{text} {_('Du får introduksjonsstønad i denne tiden.')}" if data.get("benefit") else text


def _refusal(data: Mapping[str, Any]) -> str:
    return _("Du får ikke introduksjonsprogram. Grunnen er: %(ground)s.") % {
        "ground": _part("refusal", data, "ground").lower()
    }


def _plan(data: Mapping[str, Any]) -> str:
    values = {"day": day(data["plan_dated"])}
    if data["occasion"] == "changed":
        return _("Planen din er endret. Den nye planen er fra %(day)s.") % values
    return _("Du har fått en plan for programmet. Planen er fra %(day)s.") % values


def _extension(data: Mapping[str, Any]) -> str:
    values = {"end": day(data["planned_end_on"]), "was": day(data["end_was"])}
    return _("Programmet ditt blir lengre. Siste dag er nå %(end)s. Før var det %(was)s.") % values


def _leave(data: Mapping[str, Any]) -> str:
    reason = reasons().get(data["reason"])
    values: dict[str, Any] = {
        "reason": reason.label.in_language(language()).lower() if reason else data["reason"],
        "first": day(data["first_day"]),
        "last": day(data["last_day"]),
    }
    if not data["granted"]:
        return _("Du får ikke permisjon fra %(first)s til %(last)s (%(reason)s).") % values
    if reason and reason.part_of_day and data.get("child_born"):
        values["hours"] = breast_feeding(date.fromisoformat(data["child_born"])).hours
        return _("Du har fri for å amme inntil %(hours)s time hver dag fra %(first)s til %(last)s.") % values
    text = _("Du har permisjon fra %(first)s til %(last)s (%(reason)s).") % values
    paid = _("Du får stønad i permisjonen.") if data["paid"] else _("Du får ikke stønad i permisjonen.")
    return f"{text} {paid}"


def _stop(data: Mapping[str, Any]) -> str:
    values = {"first": day(data["first_day"]), "last": day(data["last_day"])}
    if data["mode"] == "temporary":
        return _("Programmet ditt er stanset fra %(first)s til %(last)s.") % values
    return _("Programmet ditt er stanset fra %(first)s.") % values


def _deduction(data: Mapping[str, Any]) -> str:
    values = {"amount": kroner(data["amount_ore"]), "month": month(data["month"]), "about": data["about"]}
    return _("Vi trekker %(amount)s i stønaden for %(month)s. Det gjelder: %(about)s.") % values


def _repayment(data: Mapping[str, Any]) -> str:
    values = {
        "amount": kroner(data["amount_ore"]),
        "first": day(data["first_day"]),
        "last": day(data["last_day"]),
        "about": data["about"],
    }
    return _("Du må betale tilbake %(amount)s for tiden %(first)s–%(last)s. Det gjelder: %(about)s.") % values


def _part(kind: str, data: Mapping[str, Any], name: str) -> str:
    found = next(part for part in PARTS[DecisionKind(kind)] if part.name == name)
    return shown(found, data.get(name))


_PLAIN = {
    DecisionKind.AWARD: _award,
    DecisionKind.REFUSAL: _refusal,
    DecisionKind.PLAN: _plan,
    DecisionKind.EXTENSION: _extension,
    DecisionKind.LEAVE: _leave,
    DecisionKind.STOP: _stop,
    DecisionKind.DEDUCTION: _deduction,
    DecisionKind.REPAYMENT: _repayment,
}
