"""The week of a participant: the hours that come, what the law asks, and what could fill what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.opening import also_open
from samlop.cooperation.arrangements import owner_of, units_in
from samlop.cooperation.models import Task
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import today
from samlop.hours.beside import Beside, beside
from samlop.hours.conflicts import Conflict, Planned, conflicts, planned_hours
from samlop.hours.content import (
    Planned as PlannedContent,
)
from samlop.hours.content import (
    SkillsPlanned,
    WorkHours,
    guidance_planned,
    life_skills_planned,
    work_hours,
)
from samlop.hours.counting import Provided, WeekSum, by_provider, monday_of, week_of, weeks_of
from samlop.hours.days import Days, days_between
from samlop.hours.models import CalendarLink, Group, OwnException, OwnSlot, WeekChoice
from samlop.hours.proposals import Proposal, proposals
from samlop.hours.regime import Regime, regimes
from samlop.hours.sessions import Session, case_sessions
from samlop.law.texts import Note
from samlop.people.models import Unit

WEEK = timedelta(days=7)
LONGEST = timedelta(days=366 * 5)
"""How much of a programme is looked through for what it must hold."""


@dataclass
class WeekPage:
    """Everything on the page of a participant's week."""

    case: Case
    regime: Regime
    week: WeekSum
    marks: Days
    groups: Mapping[UUID, Group]
    planned: list[Planned]
    may_edit: bool
    own: bool
    providers: dict[str, Provided] = field(default_factory=dict)
    filler: Unit | None = None
    conflicts: list[Conflict] = field(default_factory=list)
    work: WorkHours | None = None
    skills: SkillsPlanned | None = None
    guidance: PlannedContent | None = None
    proposals: list[Proposal] = field(default_factory=list)
    exceptions: list[OwnException] = field(default_factory=list)
    choice: WeekChoice | None = None
    link: CalendarLink | None = None
    beside: Beside = field(default_factory=Beside)

    @property
    def previous(self) -> date:
        return self.week.monday - WEEK

    @property
    def next(self) -> date:
        return self.week.monday + WEEK

    @property
    def plain(self) -> Fraction:
        """Clock hours of the week."""
        return sum((one.hours for one in self.week.sessions), Fraction(0))

    @property
    def own_hours(self) -> list[Planned]:
        """The participant's own weekly hours that hold in the week or later."""
        return [one for one in self.planned if one.group is None and (one.last is None or one.last >= self.week.monday)]

    @property
    def uncertain(self) -> list[Note]:
        """Every reservation of what is shown, each once."""
        parts: Sequence[Any] = (self.week.week, self.work, self.skills, self.guidance)
        return list(dict.fromkeys(note for part in parts if part is not None for note in part.uncertain))


def _may_plan(viewer: Viewer, case: Any) -> bool:
    """Whether the viewer may change the participant's own hours."""
    rights = getattr(case, "viewer_rights", {})
    return viewer.may(Permission.PLAN_CLASSES) and rights.get(Section.HOURS, Right.NONE) >= Right.CONTRIBUTE


@query(section=Section.HOURS)
def week_page(viewer: Viewer, case: Any, monday: date) -> WeekPage:
    """The page of one week (its Monday)."""
    on = today()
    regime = regimes([case.pk], on)[case.pk]
    first, last = _span(regime, monday)
    every = case_sessions([case.pk], first, last)[case.pk]
    marks = days_between({case.municipality_id}, first, last)
    here = marks[case.municipality_id]
    end = monday + timedelta(days=6)
    week = week_of(regime, monday, [one for one in every if monday <= one.day <= end], here)
    until = [one for one in every if one.day <= end]
    begins = max(first, regime.starts_on or first)
    hours = planned_hours([case.pk])[case.pk]
    found = WeekPage(
        case=case,
        regime=regime,
        week=week,
        marks=here,
        groups={one.group.pk: one.group for one in hours if one.group is not None},
        planned=hours,
        may_edit=_may_plan(viewer, case),
        own=viewer.is_participant,
        providers=by_provider(week, regime),
        filler=owner_of(case.municipality_id, Task.PROGRAMME) or case.owner_unit if week.week.missing else None,
        conflicts=conflicts(hours, regime, max(monday, regime.starts_on or monday)),
        work=work_hours(regime, weeks_of(regime, until, marks, begins, monday), end),
        skills=life_skills_planned(regime, every, on),
        guidance=guidance_planned(regime, every, on),
        choice=WeekChoice.objects.select_related("decided_by").filter(case=case).first(),
        link=CalendarLink.objects.filter(case=case, user=viewer.user, revoked_at__isnull=True).first(),
    )
    coming = OwnException.objects.filter(case=case, day__gte=monday).select_related("slot")
    found.exceptions = list(coming.order_by("day")[:50])
    if also_open(viewer, case, Section.PLAN):
        found.beside = beside(case, hours)
        if found.may_edit:
            found.proposals = proposals(case, hours, monday)
    return found


def _span(regime: Regime, monday: date) -> tuple[date, date]:
    """The days looked through: the whole programme where it is known, and always the week itself."""
    end = monday + timedelta(days=6)
    first = min(regime.starts_on or monday, monday)
    last = max(regime.ends_on or end, end)
    return max(first, monday - LONGEST), min(last, monday + LONGEST)


@dataclass
class SlotPage:
    """The form of an own hour: a new one, perhaps from a step of the plan, or one that stands."""

    case: Case
    slot: OwnSlot | None
    proposal: Proposal | None
    units: list[Unit]
    exceptions: list[OwnException]
    starts_on: date | None
    ends_on: date | None


@query(section=Section.HOURS, right=Right.CONTRIBUTE)
def slot_page(viewer: Viewer, case: Any, slot_id: UUID | None = None, step_id: UUID | None = None) -> SlotPage:
    """What the form is filled in with. Raises ``Refused('not_found')`` for an hour that is not there."""
    slot = OwnSlot.objects.filter(case=case, pk=slot_id).select_related("step", "unit").first() if slot_id else None
    if slot_id and slot is None:
        raise not_found()
    proposal = None
    if step_id and also_open(viewer, case, Section.PLAN):
        proposal = next((one for one in proposals(case, [], today()) if one.step.pk == step_id), None)
    regime = regimes([case.pk], today())[case.pk]
    coming = OwnException.objects.filter(slot=slot, day__gte=today()).order_by("day") if slot else []
    units = units_in(case.municipality_id)
    return SlotPage(case, slot, proposal, units, list(coming), regime.starts_on, regime.ends_on)


@dataclass(frozen=True)
class Source:
    """A participant whose week can be copied."""

    case_id: UUID
    name: str
    hours: int


@query(section=Section.HOURS, right=Right.CONTRIBUTE)
def copy_sources(viewer: Viewer, case: Any, on: date) -> tuple[Case, list[Source]]:
    """The participants the viewer sees in the municipality who have own hours on a day, this one first."""
    rows = viewer.scope(OwnSlot).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
    counted: dict[UUID, list[Any]] = {}
    named = rows.filter(municipality_id=case.municipality_id).order_by("case__person__sort_key")
    for key, given, family in named.values_list("case_id", "case__person__given_name", "case__person__family_name"):
        counted.setdefault(key, [f"{given} {family}".strip(), 0])[1] += 1
    sources = [Source(key, name, number) for key, (name, number) in counted.items()]
    return case, sorted(sources, key=lambda one: one.case_id != case.pk)


@query(section=Section.HOURS)
def week_sessions(viewer: Viewer, case: Any, first: date, last: date) -> tuple[Case, list[Session]]:
    """The hours of a participant between two days, both included."""
    return case, case_sessions([case.pk], first, last)[case.pk]


@dataclass
class OwnWeek:
    """Today's and this week's hours, as the participant meets them first."""

    today: list[Session]
    rest: list[Session]
    hours: Fraction
    monday: date


@query(section=Section.HOURS)
def own_week(viewer: Viewer, case: Any) -> OwnWeek:
    """The hours of the day and of the rest of the week."""
    day = today()
    monday = monday_of(day)
    found = case_sessions([case.pk], monday, monday + timedelta(days=6))[case.pk]
    return OwnWeek(
        today=[one for one in found if one.day == day],
        rest=[one for one in found if one.day > day],
        hours=sum((one.hours for one in found), Fraction(0)),
        monday=monday,
    )
