"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.core.templatetags.samlop import day
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import EndGoal, EndReason, HandedOver, NavNeed, Outcome, Reconsideration


def _dates(data: Mapping[str, Any]) -> str:
    parts = []
    if data["start_on"] != data["start_was"]:
        parts.append(_changed(_("start"), data["start_was"], data["start_on"]))
    if data["planned_end_on"] != data["end_was"]:
        parts.append(_changed(_("planlagt slutt"), data["end_was"], data["planned_end_on"]))
    return _("satte datoer for programmet: %(dates)s") % {"dates": ", ".join(parts)}


def _changed(name: str, before: str | None, now: str | None) -> str:
    values = {"name": name, "now": day(now), "before": day(before)}
    if not now:
        return _("%(name)s er tatt bort (var %(before)s)") % values
    if not before:
        return _("%(name)s %(now)s") % values
    return _("%(name)s %(now)s (var %(before)s)") % values


def _end_goal(data: Mapping[str, Any]) -> str:
    if not data["end_goal"]:
        return _("tok bort sluttmålet")
    return _("satte sluttmålet: %(goal)s") % {"goal": EndGoal(data["end_goal"]).label}


def _mapping(data: Mapping[str, Any]) -> str:
    if not data["done_on"]:
        return _("tok tilbake at kartleggingen er gjort")
    return _("noterte at kartleggingen ble gjort %(day)s") % {"day": day(data["done_on"])}


def _nav_need(data: Mapping[str, Any]) -> str:
    if data["need"] == NavNeed.UNCLARIFIED:
        return _("noterte at behovet for bistand fra NAV ikke er avklart")
    values = {"need": NavNeed(data["need"]).label, "day": day(data["on"]), "who": data["who"]}
    return _("avklarte med NAV: deltakeren %(need)s (%(who)s, %(day)s)") % values


def _carried_over(data: Mapping[str, Any]) -> str:
    values = {
        "municipality": data["municipality"],
        "start": day(data["start_on"]) or _("ikke satt"),
        "end": day(data["planned_end_on"]) or _("ikke satt"),
    }
    return _("tok med løpet fra %(municipality)s: start %(start)s, planlagt slutt %(end)s") % values


def _kind(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": DecisionKind(data["kind"]).label}


def _complaint_received(data: Mapping[str, Any]) -> str:
    values = _kind(data) | {"day": day(data["received_on"])}
    if data["late"]:
        return _("registrerte en klage fra %(day)s, etter fristen: %(kind)s") % values
    return _("registrerte en klage fra %(day)s, i tide: %(kind)s") % values


SENTENCES: dict[str, Sentence] = {
    "programme.facts_set": lambda d: _("skrev inn opplysninger om rett, lengde og frister"),
    "programme.end_registered_on": lambda d: (
        _("noterte at slutten på programmet ble registrert i NIR %(day)s") % {"day": day(d["on"])}
    ),
    "programme.certificate_given_on": lambda d: (
        _("noterte at deltakeren fikk deltakerbeviset %(day)s") % {"day": day(d["on"])}
    ),
    "programme.decision_drafted": lambda d: _("laget utkast til vedtak: %(kind)s") % _kind(d),
    "programme.carried_over": _carried_over,
    "programme.decision_changed": lambda d: _("endret utkastet til vedtak: %(kind)s") % _kind(d),
    "programme.decision_discarded": lambda d: _("slettet utkastet til vedtak: %(kind)s") % _kind(d),
    "programme.decision_passed_on": lambda d: (
        _("ga utkastet til %(who)s, etter %(old)s: %(kind)s") % (_kind(d) | {"who": d["who"], "old": d["old"]})
    ),
    "programme.decision_moved_along": lambda d: (
        _("utkastet til vedtak fulgte med til den nye kommunen: %(kind)s") % _kind(d)
    ),
    "programme.decision_came_along": lambda d: (
        _("tok med utkast til vedtak fra %(municipality)s: %(kind)s") % (_kind(d) | {"municipality": d["municipality"]})
    ),
    "programme.decision_signed": lambda d: (
        (
            _("undertegnet vedtak etter delegert myndighet %(day)s: %(kind)s")
            if d.get("delegated")
            else _("undertegnet vedtak %(day)s: %(kind)s")
        )
        % (_kind(d) | {"day": day(d["decided_on"])})
    ),
    "programme.decision_written_in": lambda d: (
        (
            _("rettet et vedtak fra før Samløp, fattet %(day)s: %(kind)s")
            if d["again"]
            else _("skrev inn et vedtak fra før Samløp, fattet %(day)s: %(kind)s")
        )
        % (_kind(d) | {"day": day(d["decided_on"])})
    ),
    "programme.decision_taken_out": lambda d: (
        _("tok bort et vedtak fra før Samløp som var skrevet inn feil (%(day)s): %(kind)s")
        % (_kind(d) | {"day": day(d["decided_on"])})
    ),
    "programme.decision_sent": lambda d: (
        _("noterte at deltakeren ble gitt vedtaket %(day)s (%(how)s): %(kind)s")
        % (_kind(d) | {"day": day(d["sent_on"]), "how": HandedOver(d["how"]).label})
    ),
    "programme.nothing_earlier": lambda d: _("noterte at det ikke er noe vedtak fra før Samløp å skrive inn"),
    "programme.decision_received": lambda d: (
        _("noterte at vedtaket ble mottatt %(day)s: %(kind)s") % (_kind(d) | {"day": day(d["received_on"])})
    ),
    "programme.decision_registered": lambda d: (
        _("noterte at vedtaket ble registrert i NIR %(day)s: %(kind)s") % (_kind(d) | {"day": day(d["registered_on"])})
    ),
    "programme.complaint_received": _complaint_received,
    "programme.complaint_late_accepted": lambda d: (
        _("bestemte at den sene klagen likevel skal behandles: %(kind)s") % _kind(d)
    ),
    "programme.complaint_reconsidered": lambda d: (
        _("vurderte klagen %(day)s – kommunen %(result)s: %(kind)s")
        % (_kind(d) | {"day": day(d["on"]), "result": Reconsideration(d["result"]).label})
    ),
    "programme.complaint_sent": lambda d: (
        _("sendte klagen til statsforvalteren %(day)s: %(kind)s") % (_kind(d) | {"day": day(d["on"])})
    ),
    "programme.complaint_answered": lambda d: (
        _("noterte svaret fra statsforvalteren %(day)s – %(outcome)s: %(kind)s")
        % (_kind(d) | {"day": day(d["on"]), "outcome": Outcome(d["outcome"]).label})
    ),
    "programme.dates_set": _dates,
    "programme.end_goal_set": _end_goal,
    "programme.mapping_done": _mapping,
    "programme.nav_need": _nav_need,
    "programme.ended": lambda d: (
        _("avsluttet programmet %(day)s: %(reason)s")
        % {"day": day(d["ended_on"]), "reason": EndReason(d["reason"]).label}
    ),
    "programme.case_closed": lambda d: _("avsluttet saken"),
    "programme.reopened": lambda d: _("gjenåpnet programmet: %(why)s") % {"why": d["why"]},
}


def _kinds(data: Mapping[str, Any]) -> str:
    return ", ".join(str(DecisionKind(kind).label) for kind in data["kinds"])


OF_THE_MUNICIPALITY: dict[str, Sentence] = {
    "programme.signing_delegated": lambda d: (
        _("delegerte til %(who)s å undertegne fra %(day)s: %(kinds)s")
        % {"who": d["who"], "day": day(d["from"]), "kinds": _kinds(d)}
    ),
    "programme.signing_withdrawn": lambda d: (
        _("trakk tilbake delegeringen til %(who)s: %(kinds)s") % {"who": d["who"], "kinds": _kinds(d)}
    ),
    "programme.register_year": lambda d: (
        _("gikk gjennom NIR for %(year)s (%(day)s)") % {"year": d["year"], "day": day(d["day"])}
    ),
}
"""What is done for the whole municipality and not in one case."""
