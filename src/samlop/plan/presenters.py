"""Journal codes of the room → readable sentences, and the words pages show for codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.core.languages import language_name
from samlop.core.templatetags.samlop import day
from samlop.plan.vocabulary import NorwegianGoal, ParticipantView, StepKind, StepStatus
from samlop.programme.models import EndGoal

LONGEST_QUOTE = 240


def label(choices: type[Any], value: str) -> str:
    """The word of a code in the active language; the code itself where the word is gone."""
    return str(choices(value).label) if value in choices.values else value


def quote(text: str) -> str:
    """The beginning of a text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUOTE:
        return text
    return text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def _long_term_goal(d: Mapping[str, Any]) -> str:
    if d["text"] and d["own"]:
        return _("skrev deltakerens langsiktige mål: «%(text)s» (på %(language)s: «%(own)s»)") % {
            "text": quote(d["text"]),
            "own": quote(d["own"]),
            "language": language_name(d["language"]),
        }
    return _("skrev deltakerens langsiktige mål: «%(text)s»") % {"text": quote(d["text"] or d["own"])}


def _step(d: Mapping[str, Any]) -> dict[str, str]:
    return {"title": d["title"], "kind": label(StepKind, d["kind"])}


def _step_added(d: Mapping[str, Any]) -> str:
    values = _step(d) | {"start": day(d["start_on"]), "end": day(d["end_on"])}
    if d["start_on"] and d["end_on"]:
        return _("la til tiltaket «%(title)s» (%(kind)s) fra %(start)s til %(end)s") % values
    if d["start_on"]:
        return _("la til tiltaket «%(title)s» (%(kind)s) fra %(start)s") % values
    return _("la til tiltaket «%(title)s» (%(kind)s)") % values


def changed_names() -> dict[str, str]:
    """What each field of a step is called."""
    return {
        "kind": _("type"),
        "title": _("tittel"),
        "title_own": _("tittel på eget språk"),
        "partial_goal_id": _("delmål"),
        "start_on": _("første dag"),
        "end_on": _("siste dag"),
        "unit_id": _("ansvarlig enhet"),
        "user_id": _("ansvarlig person"),
        "by_participant": _("ansvarlig"),
        "why": _("begrunnelse"),
    }


def _step_changed(d: Mapping[str, Any]) -> str:
    names = changed_names()
    what = ", ".join(names.get(name, name) for name in d["changed"])
    return _("endret tiltaket «%(title)s»: %(what)s") % {"title": d["title"], "what": what}


def _step_reported(d: Mapping[str, Any]) -> str:
    values = _step(d) | {"status": label(StepStatus, d["status"]), "result": quote(d["result"])}
    if d["result"]:
        return _("meldte at tiltaket «%(title)s» er %(status)s: «%(result)s»") % values
    return _("meldte at tiltaket «%(title)s» er %(status)s") % values


def _contribution(d: Mapping[str, Any]) -> str:
    if d.get("about"):
        return _("skrev i planen om «%(about)s»: «%(text)s»") % {"about": d["about"], "text": quote(d["text"])}
    return _("skrev i planen: «%(text)s»") % {"text": quote(d["text"])}


def _version(d: Mapping[str, Any]) -> str:
    values = {
        "number": d["number"],
        "day": day(d["talk_on"]),
        "view": label(ParticipantView, d["participant_view"]),
    }
    if d["participant_view"] == ParticipantView.AGREES:
        return _("laget versjon %(number)s av planen etter plansamtalen %(day)s. Deltakeren er enig") % values
    return (
        _(
            "laget versjon %(number)s av planen etter plansamtalen %(day)s. Deltakeren er %(view)s, "
            "og kommunen har begrunnet avgjørelsen"
        )
        % values
    )


def _attended(data: Mapping[str, Any]) -> str:
    values = {"day": day(data["talk_on"]), "who": data.get("names") or _("enheten")}
    if not data.get("own", True):
        return _("noterte at %(who)s var med i plansamtalen %(day)s") % values
    if data.get("names"):
        return _("var med i plansamtalen %(day)s sammen med %(who)s") % values
    return _("var med i plansamtalen %(day)s") % values


def _passed_on(data: Mapping[str, Any]) -> str:
    titles = ", ".join(f"«{title}»" for title in data["titles"])
    values = {"who": data["who"], "old": data["old"], "titles": titles}
    return _("ga %(who)s ansvaret etter %(old)s, som slutter: %(titles)s") % values


SENTENCES: dict[str, Sentence] = {
    "plan.opened": lambda d: _("åpnet planen"),
    "plan.long_term_goal.set": _long_term_goal,
    "plan.end_goal.set": lambda d: (
        _("satte sluttmålet til %(goal)s: «%(why)s»") % {"goal": label(EndGoal, d["goal"]), "why": quote(d["why"])}
    ),
    "plan.norwegian_goal.set": lambda d: _("satte norskmålet til %(goal)s") % {"goal": label(NorwegianGoal, d["goal"])},
    "plan.partial_goal.added": lambda d: _("la til delmålet «%(text)s»") % {"text": d["text"]},
    "plan.partial_goal.changed": lambda d: (
        _("endret delmålet «%(before)s» til «%(text)s»") % {"before": d["before"], "text": d["text"]}
    ),
    "plan.partial_goal.reached": lambda d: (
        _("noterte at delmålet «%(text)s» ble nådd %(day)s") % {"text": d["text"], "day": day(d["on"])}
    ),
    "plan.partial_goal.reopened": lambda d: (
        _("noterte at delmålet «%(text)s» ikke er nådd likevel") % {"text": d["text"]}
    ),
    "plan.partial_goal.removed": lambda d: _("fjernet delmålet «%(text)s»") % {"text": d["text"]},
    "plan.partial_goal.restored": lambda d: _("hentet tilbake delmålet «%(text)s»") % {"text": d["text"]},
    "plan.step.added": _step_added,
    "plan.steps.passed_on": _passed_on,
    "plan.step.changed": _step_changed,
    "plan.step.removed": lambda d: _("fjernet tiltaket «%(title)s»") % _step(d),
    "plan.step.restored": lambda d: _("hentet tilbake tiltaket «%(title)s»") % _step(d),
    "plan.step.reported": _step_reported,
    "plan.contribution.added": _contribution,
    "plan.contribution.withdrawn": lambda d: _("trakk et bidrag: «%(text)s»") % {"text": quote(d["text"])},
    "plan.contradiction.marked": lambda d: (
        _("merket motstrid mellom bidragene fra %(who)s: «%(text)s»")
        % {"who": ", ".join(d["who"]), "text": quote(d["text"])}
    ),
    "plan.contradiction.settled": lambda d: (
        _("avklarte motstriden «%(text)s»: «%(resolution)s»")
        % {"text": quote(d["text"]), "resolution": quote(d["resolution"])}
    ),
    "plan.material_change.marked": lambda d: (
        _("merket en vesentlig endring fra %(day)s: «%(why)s»") % {"day": day(d["on"]), "why": quote(d["why"])}
    ),
    "plan.version.made": _version,
    "plan.talk.attended": _attended,
    "plan.carried_over": lambda d: _("tok med planen fra %(municipality)s: %(goals)s delmål og %(steps)s tiltak") % d,
}
