"""What the participant sees first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.opening import also_open
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import gate
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.hours.queries.week import OwnWeek, own_week
from samlop.meetings.models import Action, Meeting, MeetingStatus
from samlop.overview.conditions import current
from samlop.plan.current import current_plan
from samlop.plan.models import Plan, PlanVersion, Step
from samlop.plan.vocabulary import StepStatus
from samlop.programme.phases import weeks_left
from samlop.programme.phases_of_case import course_of

SHOWN = 4


@dataclass
class Home:
    """The participant's start page."""

    case: Case
    plan: Plan | None = None
    version: PlanVersion | None = None
    now: list[Step] = field(default_factory=list)
    next: list[Step] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    team: list[TeamMember] = field(default_factory=list)
    end_on: date | None = None
    weeks_left: int | None = None
    week: OwnWeek | None = None


@query(scoped="the viewer's own case, opened through the gate; each section shown is noted")
def home(viewer: Viewer) -> Home | None:
    """The page of the participant's open case – or the last one; none where there is no case."""
    newest = viewer.scope(Case).order_by("-registered_at").values_list("pk", "status")
    keys = sorted(newest, key=lambda row: row[1] != CaseStatus.ACTIVE)
    if not keys:
        return None
    case: Any = gate().open(viewer, keys[0][0], Section.IDENTITY, Right.SEE)
    found = Home(case, team=list(current(case.team.select_related("unit", "user")).order_by("function", "pk")))
    found.team.sort(key=lambda place: place.function != "main_contact")
    if also_open(viewer, case, Section.PLAN):
        _plan(case, found)
    if also_open(viewer, case, Section.PROGRAMME) and (course := course_of(case)):
        found.end_on = course.ended_on or course.planned_end_on
        found.weeks_left = weeks_left(today(), found.end_on)
    if also_open(viewer, case, Section.HOURS):
        found.week = own_week(viewer, case)
    return found


def _plan(case: Case, found: Home) -> None:
    found.plan = current_plan(case.pk)
    found.version = PlanVersion.objects.filter(case=case).defer("content").order_by("-number").first()
    if found.plan:
        steps = found.plan.steps.filter(removed_at__isnull=True, status__in=(StepStatus.ONGOING, StepStatus.PLANNED))
        for step in steps.select_related("unit", "user"):
            (found.now if step.status == StepStatus.ONGOING else found.next).append(step)
        found.next = found.next[:SHOWN]
    planned = case.meetings.filter(status=MeetingStatus.PLANNED, section=Section.PLAN, starts_at__gte=now())
    found.meetings = list(planned.order_by("starts_at")[:SHOWN])
    open_ones = case.actions.filter(by_participant=True, done_at__isnull=True, dropped_at__isnull=True)
    found.actions = list(open_ones.filter(meeting__section=Section.PLAN).select_related("meeting"))
