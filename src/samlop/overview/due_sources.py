"""Where Min dag's lines come from: one line here for each room that has due items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from samlop.access import due as access
from samlop.access.viewer import Viewer
from samlop.benefit import due as benefit
from samlop.cases import due as cases
from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.rights import Section
from samlop.handover import due as handover
from samlop.hours import attendance_due, roll_due, year_due
from samlop.hours import due as hours
from samlop.meetings import due as meetings
from samlop.norwegian import due as norwegian
from samlop.overview.kept import lines_of_cases
from samlop.plan import due as plan
from samlop.programme import due as programme
from samlop.programme.dues import after_move
from samlop.programme.dues.yearly import register_year

Source = Callable[[Caseload, date], Iterable[DueItem]]
"""Derives a room's due items for a whole caseload on a day, in a fixed number of queries."""

OF_CASES: list[Source] = [
    access.due_items,
    cases.due_items,
    programme.due_items,
    meetings.due_items,
    plan.due_items,
    handover.due_items,
    hours.due_items,
    benefit.due_items,
    attendance_due.due_items,
    norwegian.due_items,
]
"""What is due about each participant. A line follows from facts of its own case and its municipalities alone: it comes
out the same whichever other cases are in the load, so that it can be kept (``overview.kept``)."""

OF_LEFT: list[Source] = [
    after_move.due_items,
    attendance_due.after_move,
    benefit.after_move,
]
"""What the old municipality has to finish about each participant who has moved away (``overview.left``). As above."""

OF_MUNICIPALITY: list[Source] = [
    register_year,
    hours.groups_without_hours,
    roll_due.due_items,
    year_due.due_items,
    benefit.runs,
]
"""What is due about groups, the year and the payment: it hangs on the first case of the load that it touches."""


SECTION_OF_ROOM = {
    "plan": Section.PLAN,
    "meetings": Section.PLAN,
    "programme": Section.PROGRAMME,
    "handover": Section.PROGRAMME,
    "norwegian": Section.NORWEGIAN,
    "hours": Section.HOURS,
    "benefit": Section.ECONOMY,
}
"""The section that a room's due items speak of (the first word of their code); identity where none is named."""


REVIEWS = frozenset({"plan.review_due", "plan.material_change"})
"""Lines that a plan talk clears."""


def gather(viewer: Viewer, load: Caseload, on: date) -> list[DueItem]:
    """The due items of a viewer's caseload that they may know of, most urgent first; those without a date after those
    of the day itself."""
    if not load.cases:
        return []
    found = [item for source in OF_MUNICIPALITY for item in source(load, on) if load.sees(item.case_id, _section(item))]
    return _in_order([*found, *lines_of_cases(viewer, load, on, partial(derive, on=on))], on)


def gather_for_case(viewer: Viewer, load: Caseload, on: date) -> list[DueItem]:
    """The due items of one participant, for the page of the case."""
    return _in_order(lines_of_cases(viewer, load, on, partial(derive, on=on)), on)


def gather_left(viewer: Viewer, left: Caseload, on: date) -> list[DueItem]:
    """The due items about participants who have moved away; see ``overview.left``."""
    return _in_order(lines_of_cases(viewer, left, on, partial(_derive_left, on=on)), on) if left.cases else []


def _derive_left(left: Caseload, on: date) -> list[DueItem]:
    return [item for source in OF_LEFT for item in source(left, on) if left.sees(item.case_id, _section(item))]


def derive(load: Caseload, on: date) -> list[DueItem]:
    """The lines of the cases, from the facts."""
    found = [item for source in OF_CASES for item in source(load, on) if load.sees(item.case_id, _section(item))]
    if any(item.code in REVIEWS for item in found):
        # One line for one piece of work: the talk that is called, or waits to be closed, is where the plan is reviewed.
        called = meetings.with_plan_talk_called(load)
        found = [item for item in found if item.code not in REVIEWS or item.case_id not in called]
    return found


def _in_order(items: list[DueItem], on: date) -> list[DueItem]:
    return sorted(items, key=partial(urgency, on=on))


def urgency(item: DueItem, on: date) -> tuple[date, bool, str, str]:
    """What items are sorted by."""
    return item.due_on or on, item.due_on is None, item.code, str(item.case_id)


def _section(item: DueItem) -> Section:
    """The section the item speaks of; the viewer must be able to see it."""
    return SECTION_OF_ROOM.get(item.code.split(".")[0], Section.IDENTITY)
