"""Saken: one participant in ten seconds – who, where on the way, what is agreed and due, who helps, what is new."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.after_move import has_moved
from samlop.cases.caseload import Caseload
from samlop.cases.efforts import nav_contacts
from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.cases.opening import also_open
from samlop.cases.timeline import last_visits, readable
from samlop.cooperation.arrangements import remembered
from samlop.core.due import DueItem
from samlop.core.languages import language_name
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.meetings.models import Meeting, MeetingStatus
from samlop.overview.columns import PlanFacts, PlanStatus, Row, newest_levels, plan_status
from samlop.overview.conditions import Periods
from samlop.overview.due_sources import gather_for_case, gather_left
from samlop.overview.my_day import Line, lines_of
from samlop.people.models import PersonLanguage
from samlop.plan.current import current_plan
from samlop.plan.line.of_case import Excerpt, excerpt_of, line_of_case
from samlop.plan.models import Plan, PlanVersion, Step
from samlop.plan.vocabulary import StepStatus
from samlop.programme.phases_of_case import course_of

STEPS_SHOWN = 5
NEWS_SHOWN = 5


@dataclass(frozen=True)
class Told:
    """A journal entry with its sentence."""

    entry: JournalEntry
    text: str


@dataclass
class CasePage:
    """The parts of the page; a part the viewer may not see is none."""

    row: Row
    languages: list[str]
    team: list[TeamMember]
    due: list[Line]
    since: datetime | None
    news: list[Told]
    more_news: int
    sees_programme: bool = False
    plan: Plan | None = None
    plan_status: PlanStatus | None = None
    version: PlanVersion | None = None
    steps_now: list[Step] = field(default_factory=list)
    steps_over: list[Step] = field(default_factory=list)
    steps_next: list[Step] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    line: Excerpt | None = None


@remembered()
@query(section=Section.IDENTITY)
def case_page(viewer: Viewer, case: Any) -> CasePage:
    """Everything on Saken that the viewer may see; each section shown is noted in the reading log."""
    on = today()
    row = Row(case)
    team = sorted(
        _team(case.pk, on), key=lambda place: (place.function != "main_contact", not place.is_editor, place.unit.name)
    )
    load = Caseload({case.pk: case}, viewer=viewer)
    load.team[case.pk] = team
    if any(viewer.user_id in (place.user_id, place.deputy_id) for place in team):
        load.mine.add(case.pk)
    load.sections[case.pk] = frozenset(s for s, right in case.viewer_rights.items() if right >= Right.SEE)
    load.rights[case.pk] = case.viewer_rights
    since, entries = _news(viewer, case)
    page = CasePage(
        row=row,
        languages=[language_name(language.code) for language in _languages(case.person_id)],
        team=team,
        due=lines_of(viewer, load, _due(viewer, load, case, on), on),
        since=since,
        news=[Told(entry, sentence(entry)) for entry in entries[:NEWS_SHOWN]],
        more_news=max(0, len(entries) - NEWS_SHOWN),
    )
    if also_open(viewer, case, Section.PROGRAMME):
        page.sees_programme = True
        row.course = course_of(case)
    if also_open(viewer, case, Section.PLAN):
        _plan(viewer, case, page, on)
    else:
        row.hidden.add(Section.PLAN)
    if also_open(viewer, case, Section.NORWEGIAN):
        _levels(case, row)
    return page


def _due(viewer: Viewer, load: Caseload, case: Case, on: date) -> list[DueItem]:
    if case.is_open:
        return gather_for_case(viewer, load, on)
    return gather_left(viewer, load, on) if has_moved(case) else []


def _plan(viewer: Viewer, case: Case, page: CasePage, on: date) -> None:
    page.plan = current_plan(case.pk)
    versions = _versions(case.pk)
    page.version = versions[0] if versions else None
    periods = Periods.of(case.municipality_id)
    facts = PlanFacts(
        page.version.number if page.version else None,
        page.version.talk_on if page.version else None,
        page.plan is not None,
        page.plan.material_change_on if page.plan else None,
        periods.counts_from(case, page.row.course),
    )
    ended = bool(page.row.course and page.row.course.ended_on)
    page.plan_status = plan_status(case, facts, periods, ended=ended)
    if page.plan:
        steps = _steps(page.plan.pk)
        page.line = excerpt_of(line_of_case(case, page.plan, steps, versions))
        ongoing = [s for s in steps if s.status == StepStatus.ONGOING]
        # What should have ended is neither under way nor done until somebody says so.
        page.steps_over = [s for s in ongoing if s.end_on and s.end_on < on][:STEPS_SHOWN]
        page.steps_now = [s for s in ongoing if not s.end_on or s.end_on >= on][:STEPS_SHOWN]
        page.steps_next = [s for s in steps if s.status == StepStatus.PLANNED][:STEPS_SHOWN]
    page.meetings = _coming(case.pk, now())
    page.row.last_nav = (
        nav_contacts(readable(viewer, case)).order_by("-happened_on").values_list("happened_on", flat=True).first()
    )


@prepared
def _versions(case: UUID) -> QuerySet[PlanVersion]:
    """The versions without what they say, newest first."""
    return PlanVersion.objects.filter(case_id=case).defer("content").order_by("-number")


@prepared
def _steps(plan: UUID) -> QuerySet[Step]:
    return Step.objects.filter(plan_id=plan, removed_at__isnull=True).select_related("unit", "user")


@prepared
def _coming(case: UUID, after: datetime) -> QuerySet[Meeting]:
    """The next three meetings about the plan."""
    rows = Meeting.objects.filter(status=MeetingStatus.PLANNED, section=Section.PLAN, case_id=case)
    return rows.filter(starts_at__gte=after).order_by("starts_at")[:3]


@prepared
def _team(case: UUID, on: date) -> QuerySet[TeamMember]:
    return TeamMember.objects.filter(in_force(on), case_id=case).select_related("unit", "user", "deputy")


@prepared
def _languages(person: UUID) -> QuerySet[PersonLanguage]:
    return PersonLanguage.objects.filter(person_id=person)


def _levels(case: Case, row: Row) -> None:
    row.levels = {skill: level for _case, skill, level in newest_levels([case.pk])}


def _news(viewer: Viewer, case: Case) -> tuple[datetime | None, list[JournalEntry]]:
    """The viewer's last visit (an earlier day) and what others have done since, at most 50 entries."""
    since = last_visits(viewer, [case.pk]).get(case.pk)
    if since is None:
        return None, []
    newer = readable(viewer, case).filter(at__gt=since).exclude(user_id=viewer.user_id)
    return since, list(newer.order_by("-seq")[:50])
