"""Writing down a level, and taking back one that was written wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.norwegian.models import Level, LevelReached, Skill, Source


@command(section=Section.NORWEGIAN, right=Right.CONTRIBUTE)
def write_levels(
    *, case: Case, levels: Mapping[Skill, Level], reached_on: date, source: Source | str, by: Viewer
) -> list[LevelReached]:
    """Write the levels reached on a day, one or more skills at once; earlier levels stay as history.

    Refuses no level at all, a day to come, and what is already written (same skill, level, day and source).
    """
    if not levels:
        raise Refused("missing_level", _("Velg nivået i minst én ferdighet."), Skill.LISTENING)
    if source not in Source.values:
        raise Refused("unknown_source", _("Velg hvor nivået kommer fra."), "source")
    if reached_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "reached_on")
    written = set(
        LevelReached.objects.filter(case=case, reached_on=reached_on, source=source).values_list("skill", "level")
    )
    new = {skill: level for skill, level in levels.items() if (str(skill), str(level)) not in written}
    if not new:
        raise Refused(
            "already_written", _("Dette nivået er allerede skrevet inn med samme dato og kilde."), "reached_on"
        )
    rows = [
        LevelReached(
            case=case,
            municipality_id=case.municipality_id,
            skill=skill,
            level=level,
            reached_on=reached_on,
            source=source,
            recorded_at=now(),
            recorded_by_name=by.name,
            unit_name=by.unit.name if by.unit else "",
        )
        for skill, level in new.items()
    ]
    LevelReached.objects.bulk_create(rows)
    data = {
        "levels": {str(skill): str(level) for skill, level in new.items()},
        "reached_on": reached_on,
        "source": str(source),
    }
    entry = Entry(code="norwegian.levels_written", section=Section.NORWEGIAN, happened_on=reached_on, data=data)
    return done(rows, entry)


@command(section=Section.NORWEGIAN, right=Right.CONTRIBUTE)
def take_back_level(*, case: Case, level_id: UUID, why: str, by: Viewer) -> None:
    """Take back a level that was written wrong, with a reason; what it said stays in the journal."""
    row = LevelReached.objects.filter(case=case, pk=level_id).first()
    if row is None:
        raise not_found()
    if not why.strip():
        raise Refused("missing_reason", _("Skriv hva som var feil."), "why")
    data = {
        "skill": row.skill,
        "level": row.level,
        "reached_on": row.reached_on,
        "by": row.recorded_by_name,
        "why": why.strip()[:300],
    }
    row.delete()
    return done(None, Entry(code="norwegian.level_taken_back", section=Section.NORWEGIAN, data=data))
