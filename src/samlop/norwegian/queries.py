"""What is read of levels: one case's page, and many cases at once for lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.norwegian.models import LevelReached, Skill
from samlop.norwegian.summary import oral_and_written


@dataclass(frozen=True)
class SkillLine:
    """One skill with the level now, or none."""

    skill: Skill
    now: LevelReached | None


@dataclass(frozen=True)
class LevelsPage:
    """The levels of a case: now, in short, and everything that has been written."""

    case: Case
    lines: list[SkillLine]
    in_short: str
    history: list[LevelReached]
    may_write: bool


@query(section=Section.NORWEGIAN)
def levels_page(viewer: Viewer, case: Any) -> LevelsPage:
    """Everything on the page, in one query."""
    history = list(LevelReached.objects.filter(case=case))
    newest: dict[str, LevelReached] = {}
    for row in history:  # newest first
        newest.setdefault(row.skill, row)
    rights = getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))
    return LevelsPage(
        case=case,
        lines=[SkillLine(skill, newest.get(skill)) for skill in Skill],
        in_short=oral_and_written({skill: row.level for skill, row in newest.items()}),
        history=history,
        may_write=rights[Section.NORWEGIAN] >= Right.CONTRIBUTE,
    )


@query(section=Section.NORWEGIAN)
def levels_now(viewer: Viewer, case: Any) -> dict[str, str]:
    """The level now by skill; a skill without one is left out."""
    rows = LevelReached.objects.filter(case=case).order_by("skill", "-reached_on", "-recorded_at").distinct("skill")
    return dict(rows.values_list("skill", "level"))


@query(scoped="starts from viewer.scope(LevelReached)")
def levels_of(viewer: Viewer, case_ids: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """The level now by skill for each of many cases; cases that the viewer may not see or without levels are left out.

    One query however many cases.
    """
    rows = viewer.scope(LevelReached).filter(case_id__in=list(case_ids))
    rows = rows.order_by("case_id", "skill", "-reached_on", "-recorded_at").distinct("case_id", "skill")
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for case_id, skill, level in rows.values_list("case_id", "skill", "level"):
        found[case_id][skill] = level
    return dict(found)
