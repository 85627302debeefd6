"""Sentences of the journal about the week, the groups and the year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.core.templatetags.samlop import day
from samlop.hours.vocabulary import DayKind
from samlop.hours.wording import weekday_name
from samlop.plan.vocabulary import StepKind


def _hour(data: Mapping[str, Any]) -> str:
    """«språkpraksis, tirsdag 12.00–15.30»."""
    return f"{StepKind(data['content']).label}, {weekday_name(data['weekday'])} {data['starts']}–{data['ends']}"


def _excepted(data: Mapping[str, Any]) -> str:
    values = {"hour": _hour(data), "day": day(data["day"]), "starts": data.get("new_starts", "")}
    if values["starts"]:
        return _("flyttet timen %(hour)s til kl. %(starts)s den %(day)s") % values
    return _("avlyste timen %(hour)s den %(day)s") % values


def _full_time(data: Mapping[str, Any]) -> str:
    if not data["from"]:
        return _("bestemte at full tid er 37,5 timer i uka")
    return _("bestemte at 30 timer i uka er full tid fra %(day)s: %(why)s") % {
        "day": day(data["from"]),
        "why": data["why"],
    }


def _period(data: Mapping[str, Any]) -> str:
    first, last = date.fromisoformat(data["from"]), date.fromisoformat(data["to"])
    return day(first) if first == last else f"{day(first)}–{day(last)}"


def _week_left(data: Mapping[str, Any]) -> str:
    values = {"municipality": data["municipality"], "day": day(data["day"]), "groups": ", ".join(data["groups"])}
    if values["groups"]:
        return _("avsluttet uka %(day)s fordi deltakeren flytter til %(municipality)s; ut av %(groups)s") % values
    return _("avsluttet uka %(day)s fordi deltakeren flytter til %(municipality)s") % values


WEEK_SENTENCES: Mapping[str, Sentence] = {
    "hours.slot_added": lambda d: _("la en time i uka: %(hour)s") % {"hour": _hour(d)},
    "hours.slot_changed": lambda d: (
        _("endret en time i uka: %(hour)s (var %(before)s)") % {"hour": _hour(d), "before": _hour(d["before"])}
    ),
    "hours.slot_stopped": lambda d: (
        _("avsluttet timen %(hour)s; siste dag er %(day)s") % {"hour": _hour(d), "day": day(d["last_day"])}
    ),
    "hours.slot_excepted": _excepted,
    "hours.slot_as_usual": lambda d: (
        _("lot timen %(hour)s være som vanlig den %(day)s") % {"hour": _hour(d), "day": day(d["day"])}
    ),
    "hours.week_copied": lambda d: (
        _("kopierte en ukeplan fra %(day)s (timer: %(number)s)") % {"number": d["number"], "day": day(d["from"])}
    ),
    "hours.full_time_chosen": _full_time,
    "hours.joined_group": lambda d: (
        _("satte deltakeren i gruppen %(group)s fra %(day)s") % {"group": d["group"], "day": day(d["first_day"])}
    ),
    "hours.left_group": lambda d: (
        _("tok deltakeren ut av gruppen %(group)s; siste dag er %(day)s")
        % {"group": d["group"], "day": day(d["last_day"])}
    ),
    "hours.week_left": _week_left,
    "hours.days_follow": lambda d: _("regner med fraværs- og permisjonsdagene som er brukt i %(municipality)s") % d,
    "hours.calendar_link_made": lambda d: _("laget en adresse for å se uka i en kalender"),
    "hours.calendar_link_revoked": lambda d: _("stengte adressen for å se uka i en kalender"),
}

ORGANISATION_SENTENCES: Mapping[str, Sentence] = {
    "hours.group_made": lambda d: _("laget gruppen %(group)s") % d,
    "hours.group_changed": lambda d: _("endret gruppen %(group)s") % d,
    "hours.group_teacher": lambda d: (
        _("ga %(who)s ansvaret for gruppen %(group)s") % d
        if d["who"]
        else _("lot enheten ha ansvaret for gruppen %(group)s") % d
    ),
    "hours.group_passed_on": lambda d: (
        _("ga %(who)s ansvaret for gruppen %(group)s etter %(old)s, som slutter") % d
        if d["who"]
        else _("lot enheten få ansvaret for gruppen %(group)s etter %(old)s, som slutter") % d
    ),
    "hours.class_slot_added": lambda d: (
        _("la en time i gruppen %(group)s: %(hour)s") % {"group": d["group"], "hour": _hour(d)}
    ),
    "hours.class_slot_changed": lambda d: (
        _("endret en time i gruppen %(group)s: %(hour)s") % {"group": d["group"], "hour": _hour(d)}
    ),
    "hours.class_slot_stopped": lambda d: (
        _("avsluttet timen %(hour)s i gruppen %(group)s; siste dag er %(day)s")
        % {"group": d["group"], "hour": _hour(d), "day": day(d["last_day"])}
    ),
    "hours.class_slot_excepted": lambda d: (
        _("endret timen %(hour)s i gruppen %(group)s den %(day)s")
        % {"group": d["group"], "hour": _hour(d), "day": day(d["day"])}
    ),
    "hours.class_slot_as_usual": lambda d: (
        _("lot timen %(hour)s i gruppen %(group)s være som vanlig den %(day)s")
        % {"group": d["group"], "hour": _hour(d), "day": day(d["day"])}
    ),
    "hours.days_marked": lambda d: (
        _("merket dager i årskalenderen: %(kind)s %(days)s") % {"kind": DayKind(d["kind"]).label, "days": _period(d)}
    ),
    "hours.attendance_rules_set": lambda d: (
        _("satte fristene for fravær: dag %(cutoff_day)s i måneden etter, og %(reason_days)s dager for grunn") % d
    ),
    "hours.days_unmarked": lambda d: _("fjernet merker i årskalenderen: %(days)s") % {"days": _period(d)},
}
