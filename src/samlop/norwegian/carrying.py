"""When the participant moves: the levels go along, so that nobody is tested again for what is known."""

from __future__ import annotations

from collections.abc import Iterable

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.norwegian.models import LevelReached


def carry(old: Case, new: Case, by: Viewer) -> Iterable[Entry]:
    """Copy every level with its day, source and who wrote it."""
    rows = [
        LevelReached(
            case=new,
            municipality_id=new.municipality_id,
            skill=row.skill,
            level=row.level,
            reached_on=row.reached_on,
            source=row.source,
            recorded_at=row.recorded_at,
            recorded_by_name=row.recorded_by_name,
            unit_name=row.unit_name,
        )
        for row in LevelReached.objects.filter(case=old)
    ]
    if not rows:
        return []
    LevelReached.objects.bulk_create(rows)
    data = {"municipality": str(old.municipality), "levels": len(rows)}
    return [Entry(code="norwegian.carried_over", section=Section.NORWEGIAN, case=new, data=data)]
