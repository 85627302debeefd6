"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.cases.journal import Sentence
from samlop.core.templatetags.samlop import day
from samlop.norwegian.models import Level, Skill, Source


def _written(data: Mapping[str, Any]) -> str:
    written = data["levels"]
    levels = ", ".join(f"{skill.label} {Level(written[skill]).label}" for skill in Skill if skill in written)
    values = {"levels": levels, "day": day(data["reached_on"]), "source": Source(data["source"]).label}
    return _("skrev norsknivå: %(levels)s (%(source)s, %(day)s)") % values


def _taken_back(data: Mapping[str, Any]) -> str:
    values = {
        "level": f"{Skill(data['skill']).label} {Level(data['level']).label}",
        "day": day(data["reached_on"]),
        "why": data["why"],
    }
    return _("tok tilbake norsknivået %(level)s fra %(day)s: %(why)s") % values


def _carried_over(data: Mapping[str, Any]) -> str:
    text = ngettext(
        "tok med %(n)s norsknivå fra %(municipality)s", "tok med %(n)s norsknivåer fra %(municipality)s", data["levels"]
    )
    return text % {"n": data["levels"], "municipality": data["municipality"]}


SENTENCES: dict[str, Sentence] = {
    "norwegian.carried_over": _carried_over,
    "norwegian.levels_written": _written,
    "norwegian.level_taken_back": _taken_back,
}
