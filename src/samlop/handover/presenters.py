"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cases.journal import Sentence
from samlop.core.templatetags.samlop import day
from samlop.handover.checklist import PointCode, PointState
from samlop.handover.models import HandoverNeed

NAMES = {
    "need": lambda: _("behov"),
    "talk_on": lambda: _("dato for samtalen"),
    "receiver_unit": lambda: _("enheten som tar over"),
    "receiver_name": lambda: _("hvem som tar over"),
    "receiver_contact": lambda: _("hvordan mottakeren nås"),
    "unmet_needs": lambda: _("det som gjenstår"),
    "next_step": lambda: _("neste steg"),
    "income_source": lambda: _("inntekt"),
}


def _written(data: Mapping[str, Any]) -> str:
    parts = [NAMES[name]() for name in data["fields"] if name in NAMES]
    facts = []
    if "need" in data["fields"]:
        facts.append(str(HandoverNeed(data["need"]).label))
    if "talk_on" in data["fields"] and data["talk_on"]:
        facts.append(_("samtale %(day)s") % {"day": day(data["talk_on"])})
    if "receiver_name" in data["fields"] and data["receiver"]:
        facts.append(_("mottaker %(name)s") % {"name": data["receiver"]})
    text = _("skrev om overføringen: %(what)s") % {"what": ", ".join(parts)}
    return f"{text} ({', '.join(facts)})" if facts else text


def _marked(data: Mapping[str, Any]) -> str:
    values = {"point": PointCode(data["point"]).label, "note": data["note"]}
    match data["state"]:
        case PointState.DONE:
            return _("krysset av på sjekklisten: %(point)s") % values
        case PointState.NOT_RELEVANT:
            return _("satte «%(point)s» som ikke aktuelt: %(note)s") % values
    return _("satte «%(point)s» som gjenstående") % values


def _completed(data: Mapping[str, Any]) -> str:
    if data["need"] == HandoverNeed.NO:
        return _("fullførte overføringen: deltakeren trenger ingen videre oppfølging")
    return _("fullførte overføringen til %(receiver)s") % data


SENTENCES: dict[str, Sentence] = {
    "handover.written": _written,
    "handover.point_marked": _marked,
    "handover.completed": _completed,
    "handover.passed_on": lambda d: _("satte %(who)s som mottaker etter %(old)s, som slutter") % d,
    "handover.reopened": lambda d: _("åpnet overføringen igjen: %(why)s") % d,
}
