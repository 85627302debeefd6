"""Where Min dag's lines come from: one line here for each room that has due items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from samlop.access import due as access
from samlop.access.policy import Relation
from samlop.access.viewer import Viewer
from samlop.cases import due as cases
from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.rights import Section
from samlop.handover import due as handover
from samlop.meetings import due as meetings
from samlop.plan import due as plan
from samlop.programme import due as programme

Source = Callable[[Caseload, date], list[DueItem]]
"""Derives a room's due items for a whole caseload on a day, in a fixed number of queries."""

SOURCES: list[Source] = [
    access.due_items,
    cases.due_items,
    programme.due_items,
    meetings.due_items,
    plan.due_items,
    handover.due_items,
]


SECTION_OF_ROOM = {
    "plan": Section.PLAN,
    "meetings": Section.PLAN,
    "programme": Section.PROGRAMME,
    "handover": Section.PROGRAMME,
    "norwegian": Section.NORWEGIAN,
}
"""The section that a room's due items speak of (the first word of their code); identity where none is named."""


def gather(viewer: Viewer, load: Caseload, on: date) -> list[DueItem]:
    """The due items of a viewer's caseload that they may know of, most urgent first; those without a date after those
    of the day itself."""
    if not load.cases:
        return []
    found = [item for source in SOURCES for item in source(load, on) if _may_know(viewer, load, item)]
    return sorted(found, key=lambda item: (item.due_on or on, item.due_on is None, item.code, str(item.case_id)))


def _may_know(viewer: Viewer, load: Caseload, item: DueItem) -> bool:
    """Whether the viewer, named in the case or in a unit of the team, may see the section the item speaks of."""
    section = SECTION_OF_ROOM.get(item.code.split(".")[0], Section.IDENTITY)
    if viewer.is_participant:
        return Relation.SELF in viewer.relations_with(section)
    held = viewer.relations_with(section)
    return Relation.TEAM in held if item.case_id in load.mine else bool(held - {Relation.TEAM})
