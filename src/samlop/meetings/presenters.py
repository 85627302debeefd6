"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.cases.journal import Sentence
from samlop.cooperation.models import TalkKind
from samlop.core.templatetags.samlop import day, moment


def kind_name(kind: str, number: int | None) -> str:
    """«plansamtale 3», «teammøte»."""
    label = str(TalkKind(kind).label)
    return f"{label} {number}" if number else label


def _named(text: Callable[[], str]) -> Sentence:
    """A sentence with the name of the meeting, its moments written out and a stated end left out when empty."""

    def sentence(data: Mapping[str, Any]) -> str:
        values = dict(data) | {"name": kind_name(data["kind"], data.get("number"))}
        for key in ("starts_at", "was"):
            if values.get(key):
                values[key] = moment(datetime.fromisoformat(values[key]))
        for key in ("due_on", "held_on"):
            values[key] = day(values.get(key))
        return text() % values

    return sentence


def _action(text: Callable[[], str]) -> Sentence:
    def sentence(data: Mapping[str, Any]) -> str:
        told = text() % data
        if data.get("who"):
            told += _(" – ansvarlig: %(who)s") % data
        if data.get("due_on"):
            told += _(", frist %(day)s") % {"day": day(data["due_on"])}
        return told

    return sentence


def _invited(data: Mapping[str, Any]) -> str:
    parts = []
    if data["added"]:
        parts.append(_("la til %(names)s") % {"names": ", ".join(data["added"])})
    if data["removed"]:
        parts.append(_("tok bort %(names)s") % {"names": ", ".join(data["removed"])})
    name = kind_name(data["kind"], data.get("number"))
    return _("endret hvem som er invitert til %(name)s: %(what)s") % {"name": name, "what": ", ".join(parts)}


def _attendance(data: Mapping[str, Any]) -> str:
    values = {"present": data["present"], "name": kind_name(data["kind"], data.get("number"))}
    return _("noterte hvem som var til stede i %(name)s (%(present)s)") % values


def _attended(data: Mapping[str, Any]) -> str:
    values = {
        "name": kind_name(data["kind"], data.get("number")),
        "day": day(data["held_on"]),
        "who": data.get("names") or _("enheten"),
    }
    if not data.get("own", True):
        return _("noterte at %(who)s deltok i %(name)s %(day)s") % values
    if data.get("names") and "own" in data:
        return _("deltok i %(name)s %(day)s sammen med %(who)s") % values
    return _("deltok i %(name)s %(day)s") % values


def _passed_on(data: Mapping[str, Any]) -> str:
    parts = []
    if data["texts"]:
        parts.append(", ".join(f"«{text}»" for text in data["texts"]))
    if data["meetings"]:
        n = data["meetings"]
        parts.append(ngettext("plassen i %(n)s møte", "plassen i %(n)s møter", n) % {"n": n})
    values = {"who": data["who"], "old": data["old"], "what": _(" og ").join(parts)}
    return _("ga %(who)s det %(old)s, som slutter, skulle gjøre: %(what)s") % values


def _closed(data: Mapping[str, Any]) -> str:
    values = {"name": kind_name(data["kind"], data.get("number")), "day": day(data["held_on"]), "n": data["actions"]}
    text = ngettext(
        "lukket %(name)s %(day)s med %(n)s oppgave", "lukket %(name)s %(day)s med %(n)s oppgaver", data["actions"]
    )
    return text % values


SENTENCES: dict[str, Sentence] = {
    "meetings.planned": _named(lambda: _("kalte inn til %(name)s %(starts_at)s")),
    "meetings.moved": _named(lambda: _("endret tid eller sted for %(name)s: %(starts_at)s (var %(was)s)")),
    "meetings.cancelled": _named(lambda: _("avlyste %(name)s %(starts_at)s: %(why)s")),
    "meetings.invited": _invited,
    "meetings.point_added": _named(lambda: _("satte på sakslisten til %(name)s: %(text)s")),
    "meetings.point_removed": _named(lambda: _("tok av sakslisten til %(name)s: %(text)s")),
    "meetings.agenda_ordered": _named(lambda: _("endret rekkefølgen på sakslisten til %(name)s")),
    "meetings.minutes_written": _named(lambda: _("skrev i referatet fra %(name)s")),
    "meetings.minutes_amended": _named(lambda: _("skrev et tillegg til referatet fra %(name)s")),
    "meetings.attendance": _attendance,
    "meetings.closed": _closed,
    "meetings.passed_on": _passed_on,
    "meetings.attended": _attended,
    "meetings.action_added": _action(lambda: _("skrev ned en oppgave: %(text)s")),
    "meetings.action_changed": _action(lambda: _("endret en oppgave: %(text)s")),
    "meetings.action_done": lambda d: _("gjorde ferdig: %(text)s") % d,
    "meetings.action_dropped": lambda d: _("droppet oppgaven «%(text)s»: %(why)s") % d,
    "meetings.action_reopened": lambda d: _("åpnet igjen oppgaven: %(text)s") % d,
}
