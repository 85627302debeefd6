"""Min dag: what waits for me and my unit, most urgent first, and what has happened since I last looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from samlop.access.viewer import Viewer
from samlop.cases.caseload import Caseload, caseload
from samlop.cases.models import Case, JournalEntry
from samlop.cases.timeline import FOR_THOSE_WHO_WRITE, last_visits
from samlop.cooperation.arrangements import remembered
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.time import now, today
from samlop.overview.acting import may_act
from samlop.overview.due_sources import gather, gather_left, urgency
from samlop.overview.left import left_load
from samlop.overview.loads import Load, my_load
from samlop.people.models import User

LOOK_BACK_DAYS = 30
NEWS_SHOWN = 8
LINES_SHOWN = 60
"""Lines of a group that are shown at once: the leader of a large unit may have a thousand."""


class When(StrEnum):
    """The groups of Min dag, in order."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


NAMES = {
    When.OVERDUE: _("Forfalt"),
    When.TODAY: _("I dag"),
    When.THIS_WEEK: _("Denne uka"),
    When.LATER: _("Senere"),
}


@dataclass(frozen=True)
class Line:
    """A due item with the words that the page needs."""

    item: DueItem
    case: Case
    holder: str
    days: int | None
    is_mine: bool
    load: Caseload
    for_colleague: str = ""

    @property
    def url(self) -> str:
        """Where the viewer clears the item; nowhere when it is for others to clear."""
        return self.item.url if may_act(self.load, self.item, is_mine=self.is_mine) else ""

    @property
    def days_late(self) -> int:
        return -self.days if self.days is not None and self.days < 0 else 0


@dataclass
class Group:
    """One of the four groups."""

    when: When
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(NAMES[self.when])

    @property
    def first(self) -> list[Line]:
        """The most urgent, as many as one can take in; the page shows the rest when asked."""
        return self.lines[:LINES_SHOWN]

    @property
    def more(self) -> int:
        """How many lines come after the first."""
        return len(self.lines) - len(self.first)


@dataclass(frozen=True)
class Done:
    """When something was done in a case, and by whom."""

    at: datetime
    user_name: str


@dataclass(frozen=True)
class News:
    """What others have done in a case since the viewer last opened it."""

    case: Case
    count: int
    last: Done


@dataclass
class MyDay:
    """Everything on the page."""

    groups: list[Group]
    mine: int
    unit: int
    whose: str
    load: Load | None
    news: list[News]
    cases: int


def when(due_on: date | None, on: date) -> When:
    """The group of a due date. What has no date but should be seen is for today; the week ends on Sunday."""
    if due_on is None or due_on == on:
        return When.TODAY
    if due_on < on:
        return When.OVERDUE
    return When.THIS_WEEK if due_on <= on + timedelta(days=7 - on.isoweekday()) else When.LATER


@remembered()
@query(scoped="everything derives from caseload(viewer) and left_load(viewer), which start from viewer.scope(Case)")
def my_day(viewer: Viewer, whose: str = "") -> MyDay:
    """Min dag of a viewer. ``whose`` is «mine» or «unit»; left out, mine – or the unit's where nothing is mine.

    The number of queries is the same whatever the number of participants and due items.
    """
    on = today()
    load = caseload(viewer, on)
    left = left_load(viewer, on)
    lines = lines_of(viewer, load, gather(viewer, load, on), on)
    if left.cases:
        lines += lines_of(viewer, left, gather_left(viewer, left, on), on)
        lines.sort(key=lambda line: urgency(line.item, on))
    mine = [line for line in lines if line.is_mine]
    units = [line for line in lines if not line.is_mine and line.item.unit_id == viewer.unit_id]
    whose = whose if whose in ("mine", "unit") else ("mine" if mine or load.mine or not units else "unit")
    return MyDay(
        groups=grouped(mine if whose == "mine" else units, on),
        mine=len(mine),
        unit=len(units),
        whose=whose,
        load=my_load(viewer),
        news=news(viewer, load),
        cases=len(load.cases),
    )


def lines_of(viewer: Viewer, load: Caseload, items: Iterable[DueItem], on: date) -> list[Line]:
    """The items with names of participants and of those who answer. One query, for those not in a team."""
    items = list(items)
    names = {place.user_id: place.user.name for team in load.team.values() for place in team if place.user}
    units = {place.unit_id: place.unit.name for team in load.team.values() for place in team}
    if viewer.unit is not None:
        units[viewer.unit.pk] = viewer.unit.name
    unknown = {item.user_id for item in items if item.user_id} - names.keys()
    if unknown:
        names |= {user.pk: user.name for user in User.objects.filter(pk__in=unknown)}
    stands_in = _stands_in(viewer, load)
    found = []
    for item in items:
        deputy_for = item.user_id is not None and (item.case_id, item.user_id) in stands_in
        found.append(
            Line(
                item=item,
                case=load.cases[item.case_id],
                holder=_holder(item, names, units),
                days=(item.due_on - on).days if item.due_on else None,
                load=load,
                is_mine=(item.user_id is not None and item.user_id == viewer.user_id) or deputy_for,
                for_colleague=names.get(item.user_id, "") if deputy_for and item.user_id else "",
            )
        )
    return found


def _holder(item: DueItem, names: Mapping[UUID | None, str], units: Mapping[UUID, str]) -> str:
    """The name of who answers: the person, else the unit."""
    if item.user_id and item.user_id in names:
        return names[item.user_id]
    return units.get(item.unit_id, "") if item.unit_id else ""


def _stands_in(viewer: Viewer, load: Caseload) -> set[tuple[UUID, UUID]]:
    """The cases and colleagues whose deputy the viewer is."""
    return {
        (case_id, place.user_id)
        for case_id, team in load.team.items()
        for place in team
        if place.deputy_id == viewer.user_id and place.user_id and place.user_id != viewer.user_id
    }


def grouped(lines: Iterable[Line], on: date) -> list[Group]:
    """The lines in the four groups; an empty group is left out."""
    groups = {code: Group(code) for code in When}
    for line in lines:
        groups[when(line.item.due_on, on)].lines.append(line)
    return [group for group in groups.values() if group.lines]


def look_back() -> datetime:
    """How far back news go for those who have been away."""
    return now() - timedelta(days=LOOK_BACK_DAYS)


@query(scoped="derives from caseload(viewer): its cases where the viewer is named, and the sections it says are seen")
def news(viewer: Viewer, load: Caseload) -> list[News]:
    """What others did in the viewer's cases since the viewer's last visit to each, at most 30 days back. Two queries.

    A visit is a day when the case was opened (``cases.timeline.last_visits``), so that news stay all day. What is for
    named persons only is left to the case's own page.
    """
    if not load.mine:
        return []
    visits, floor = last_visits(viewer, load.mine), look_back()
    fresh: dict[UUID, list[Done]] = {}
    for case_id, section, at, by in _done_by_others(load.mine, floor, viewer.user_id):
        if load.sees(case_id, section) and at > visits.get(case_id, floor):
            fresh.setdefault(case_id, []).append(Done(at, by))
    return [News(load.cases[key], len(found), found[0]) for key, found in fresh.items()][:NEWS_SHOWN]


@prepared
def _done_by_others(
    cases: Collection[UUID], after: datetime, user: UUID | None
) -> QuerySet[JournalEntry, tuple[UUID, str, datetime, str]]:
    """(case, section, moment, name) of what others than a user have done, the newest first."""
    told = JournalEntry.objects.filter(case_id__among=cases, at__gt=after)
    told = told.exclude(section=Section.RESTRICTED).exclude(code__in=FOR_THOSE_WHO_WRITE)
    by_others = told.filter(Q(user_id__isnull=True) | ~Q(user_id=user))
    return by_others.order_by("-at").values_list("case_id", "section", "at", "user_name")
