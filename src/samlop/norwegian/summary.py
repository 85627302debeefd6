"""Levels said in short. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from samlop.norwegian.models import Level, Skill

Levels = Mapping[str, str]
"""The level now by skill; a skill without a level is left out."""

_ORDER = {level: number for number, level in enumerate(Level.values)}
ORAL, WRITTEN = (Skill.LISTENING, Skill.SPEAKING), (Skill.READING, Skill.WRITING)


def lowest(levels: Levels, skills: Iterable[Skill]) -> str:
    """The lowest level among the skills, or nothing unless all of them have one: what is not known is not promised."""
    found = [levels.get(skill, "") for skill in skills]
    return min(found, key=lambda level: _ORDER[level]) if all(found) else ""


def in_short(levels: Levels) -> str:
    """«A2» when all are the same, «A2–B1» or «under A1 til B1» when not, nothing when none is known."""
    known = sorted((level for level in levels.values() if level), key=lambda level: _ORDER[level])
    if not known:
        return ""
    low, high = Level(known[0]).label, Level(known[-1]).label
    if low == high:
        return str(low)
    if known[0] == Level.UNDER_A1:
        return _("%(low)s til %(high)s") % {"low": low, "high": high}
    return f"{low}–{high}"


def oral_and_written(levels: Levels) -> str:
    """«muntlig B1, skriftlig A2»; each is the lower of its two skills, and left out unless both are known."""
    parts = []
    for name, skills in ((_("muntlig"), ORAL), (_("skriftlig"), WRITTEN)):
        if level := lowest(levels, skills):
            parts.append(f"{name} {Level(level).label}")
    return ", ".join(parts)
