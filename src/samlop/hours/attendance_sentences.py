"""Sentences of the journal about attendance and leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.core.templatetags.samlop import day
from samlop.hours.account import label_of
from samlop.hours.vocabulary import Reporter


def period(data: Mapping[str, Any]) -> str:
    """«3.11.2026», «3.11.2026–5.11.2026», «2,5 timer 3.11.2026»."""
    if data.get("hours"):
        hours = str(data["hours"]).rstrip("0").rstrip(".") if "." in str(data["hours"]) else str(data["hours"])
        return _("%(hours)s timer %(day)s") % {"hours": hours.replace(".", ","), "day": day(data["first_day"])}
    if data["first_day"] == data["last_day"]:
        return day(data["first_day"])
    return f"{day(data['first_day'])}–{day(data['last_day'])}"


def _absence(text: Callable[[], str]) -> Sentence:
    """A sentence with the days, the reason and – where the month was closed – that it comes as a correction."""

    def sentence(data: Mapping[str, Any]) -> str:
        values = dict(data) | {"days": period(data), "reason": label_of(data.get("code", "")) or _("ikke avklart")}
        if data.get("reporter"):
            values["who"] = Reporter(data["reporter"]).label
        if data.get("was_first"):
            values["was"] = period({"first_day": data["was_first"], "last_day": data["was_last"]})
        told = text() % values
        if data.get("late"):
            told += _(" (etter fristen, blir en rettelse i utbetalingen)")
        return told

    return sentence


def _settled(data: Mapping[str, Any]) -> str:
    told = _absence(lambda: _("avgjorde grunnen til fraværet %(days)s: %(reason)s"))(data)
    return f"{told}. {data['why']}" if data.get("why") else told


def _corrected(data: Mapping[str, Any]) -> str:
    told = _absence(lambda: _("rettet fraværet %(was)s til %(days)s"))(data)
    return f"{told}: {data['why']}" if data.get("why") else told


def _leave(text: Callable[[], str]) -> Sentence:
    def sentence(data: Mapping[str, Any]) -> str:
        return text() % (dict(data) | {"days": period(data), "reason": label_of(data["code"])})

    return sentence


def _link(text: Callable[[], str]) -> Sentence:
    def sentence(data: Mapping[str, Any]) -> str:
        return text() % (dict(data) | {key: day(data[key]) for key in ("first", "last") if data.get(key)})

    return sentence


ATTENDANCE_SENTENCES: Mapping[str, Sentence] = {
    "hours.absence.told": _absence(lambda: _("meldte fravær %(days)s (%(who)s)")),
    "hours.absence.told_too": _absence(lambda: _("meldte det samme fraværet %(days)s (%(who)s)")),
    "hours.absence.taken_back": _absence(lambda: _("tok tilbake meldingen om fravær %(days)s (%(who)s)")),
    "hours.absence.settled": _settled,
    "hours.absence.paper": _absence(lambda: _("noterte at legeerklæring er vist for fraværet %(days)s")),
    "hours.absence.no_paper": _absence(lambda: _("noterte at legeerklæring ikke er vist for fraværet %(days)s")),
    "hours.absence.corrected": _corrected,
    "hours.absence.withdrawn": _absence(lambda: _("trakk fraværet %(days)s: %(why)s")),
    "hours.care_facts": lambda data: _("endret det som dagene med sykt barn regnes ut fra"),
    "hours.self_certificate.lost": _link(
        lambda: _("tok bort retten til egenmelding fra %(first)s, skal vurderes på nytt innen %(last)s: %(why)s")
    ),
    "hours.self_certificate.back": _link(lambda: _("ga tilbake retten til egenmelding fra %(first)s")),
    "hours.leave.asked": _leave(lambda: _("søkte om permisjon %(days)s: %(reason)s")),
    "hours.leave.proposed": _leave(lambda: _("laget utkast til vedtak om permisjon %(days)s: %(reason)s")),
    "hours.leave.withdrawn": _leave(lambda: _("trakk søknaden om permisjon %(days)s: %(why)s")),
    "hours.leave.paper": _leave(lambda: _("noterte at dokumentasjon er vist for søknaden om permisjon %(days)s")),
    "hours.link.made": _link(lambda: _("laget en lenke til %(work_place)s for praksistimene %(first)s–%(last)s")),
    "hours.link.revoked": _link(lambda: _("trakk tilbake lenken til %(work_place)s")),
    "hours.work_place.confirmed": _link(
        lambda: _("%(work_place)s bekreftet timene i uka fra %(first)s: %(present)s av %(planned)s timer")
    ),
}
