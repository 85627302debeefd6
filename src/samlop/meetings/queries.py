"""What is read of meetings: the list, the page while people talk, planning, one action, and what lists ask for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.opening import also_open
from samlop.cooperation.models import TalkKind
from samlop.cooperation.queries import Settings, arrangement_of, units_in
from samlop.cooperation.rules import Requirement
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import OSLO, now, today
from samlop.meetings.agenda import Point, last_plan_talk, open_actions_of, proposed
from samlop.meetings.editing import SECTIONS, team_of
from samlop.meetings.invites import Interpreter, Proposal, interpreter, propose, unmet
from samlop.meetings.models import Action, AgendaItem, Attendee, Meeting, MeetingStatus
from samlop.meetings.responsible import Responsible, responsible_choices
from samlop.meetings.series import SeriesTalk, next_talk_due, series
from samlop.plan.editing import may_edit
from samlop.programme.models import Course
from samlop.programme.phases_of_case import course_of


@dataclass(frozen=True)
class ListPage:
    """The meetings of a case: the series of plan talks, what is coming, what has been, and what is open."""

    case: Case
    series: list[SeriesTalk[Meeting]]
    coming: list[Meeting]
    waiting: list[Meeting]
    past: list[Meeting]
    actions: list[Action]
    may_write: bool
    own_only: bool


def _rights(case: Any) -> dict[Section, Right]:
    return getattr(case, "viewer_rights", dict.fromkeys(Section, Right.MANAGE))


def _seen_sections(case: Any) -> list[str]:
    """The sections of an opened case that its viewer may see – asked of what the opening found, not of the database."""
    return [section.value for section, right in _rights(case).items() if right >= Right.SEE]


def _may_write(viewer: Viewer, case: Any, section: Section | str = Section.PLAN) -> bool:
    rights = _rights(case)
    enough = rights[Section.PLAN] >= Right.CONTRIBUTE and rights[Section(section)] >= Right.CONTRIBUTE
    return enough and not viewer.is_participant


@query(section=Section.PLAN)
def meeting_list(viewer: Viewer, case: Any) -> ListPage:
    """The meetings of a case that the viewer may see, in a fixed number of queries."""
    settings = arrangement_of(case.municipality_id)
    rows = Meeting.objects.filter(case=case, section__in=_seen_sections(case)).select_related("called_by")
    people = Prefetch("attendees", Attendee.objects.select_related("unit", "user"))
    meetings = list(rows.prefetch_related(people).order_by("starts_at"))
    talks = [m for m in meetings if m.kind == TalkKind.PLAN_TALK and not m.is_cancelled]
    planned = [m for m in meetings if m.is_planned]
    return ListPage(
        case=case,
        series=series(talks, _next_due(case, talks, settings), settings),
        coming=[m for m in planned if m.ends_at >= now()],
        waiting=[m for m in planned if m.ends_at < now()],
        past=[m for m in reversed(meetings) if not m.is_planned],
        actions=list(_open_actions(case)),
        may_write=_may_write(viewer, case),
        own_only=viewer.is_participant,
    )


def _next_due(case: Case, talks: list[Meeting], settings: Settings) -> Any:
    course = course_of(case) or Course()
    if course.ended_on is not None or any(talk.is_planned for talk in talks):
        return None
    last = max([last_plan_talk(case), *(talk.starts_at.astimezone(OSLO).date() for talk in talks)], key=_or_early)
    return next_talk_due(last, case.settled_on, course.start_on, course.planned_end_on, settings)


def _or_early(day: Any) -> str:
    return day.isoformat() if day else ""


def _open_actions(case: Case) -> Any:
    rows = open_actions_of(case).filter(meeting__section__in=_seen_sections(case))
    return rows.select_related("unit", "user", "meeting", "case__person")


@dataclass(frozen=True)
class PlanningPage:
    """What is proposed for a new meeting of a kind."""

    case: Case
    kind: TalkKind
    number: int | None
    settings: Settings
    proposals: list[Proposal]
    interpreter: Interpreter | None
    points: list[Point]
    sections: list[Section]


@query(section=Section.PLAN, right=Right.CONTRIBUTE)
def planning(viewer: Viewer, case: Any, kind: TalkKind) -> PlanningPage:
    """The proposals for a new meeting: who and why, interpreter, agenda."""
    settings = arrangement_of(case.municipality_id)
    number = None
    if kind == TalkKind.PLAN_TALK:
        talks = Meeting.objects.filter(case=case, kind=kind).exclude(status=MeetingStatus.CANCELLED)
        number = talks.count() + 1
    rights = _rights(case)
    return PlanningPage(
        case=case,
        kind=kind,
        number=number,
        settings=settings,
        proposals=propose(
            kind, settings.required(kind, number), team_of(case), units_in(case.municipality_id), case.person
        ),
        interpreter=interpreter(kind, case.person.interpreter, _language(case)),
        points=proposed(case, kind, Section.PLAN, settings, today()),
        sections=[s for s in SECTIONS if rights[s] >= Right.CONTRIBUTE] if kind == TalkKind.TEAM_MEETING else [],
    )


def _language(case: Case) -> str:
    first = case.person.languages.order_by("order").first()
    return first.code if first else ""


@dataclass
class AgendaLine:
    """A point with the action it comes from, when it does: it shows whether that is done by now."""

    item: AgendaItem
    action: Action | None = None
    is_first: bool = False
    is_last: bool = False


@dataclass
class MeetingPage:
    """Everything on the page of one meeting."""

    case: Case
    meeting: Meeting
    settings: Settings
    attendees: list[Attendee]
    agenda: list[AgendaLine]
    actions: list[Action]
    may_write: bool
    own_only: bool
    missing: list[Requirement] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    may_make_version: bool = False

    @cached_property
    def team(self) -> list[TeamMember]:
        """The team today, asked for once and only where it is needed."""
        return team_of(self.case)

    @cached_property
    def responsible(self) -> list[Responsible]:
        """Who can answer for an action."""
        return responsible_choices(self.case, self.team)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """Whom one could invite, and why."""
        required = self.settings.required(self.meeting.kind, self.meeting.number)
        units = units_in(self.case.municipality_id)
        return propose(TalkKind(self.meeting.kind), required, self.team, units, self.case.person)

    @cached_property
    def languages(self) -> list[str]:
        """The participant's languages, for the interpreter."""
        return list(self.case.person.languages.order_by("order").values_list("code", flat=True))

    @property
    def has_begun(self) -> bool:
        """Whether it is the day of the meeting, or later: it can be closed."""
        return self.meeting.starts_at.astimezone(OSLO).date() <= today()

    @property
    def makes_version(self) -> bool:
        return self.meeting.kind == TalkKind.PLAN_TALK


@query(section=Section.PLAN)
def meeting_page(viewer: Viewer, case: Any, meeting_id: UUID) -> MeetingPage:
    """One meeting. Raises ``not_found`` for one whose section the viewer may not see."""
    rows = Meeting.objects.filter(case=case, section__in=_seen_sections(case))
    meeting = rows.filter(pk=meeting_id).select_related("called_by").first()
    if meeting is None:
        raise not_found()
    also_open(viewer, case, Section(meeting.section))
    settings = arrangement_of(case.municipality_id)
    items = list(meeting.agenda.all())
    page = MeetingPage(
        case=case,
        meeting=meeting,
        settings=settings,
        attendees=list(meeting.attendees.select_related("unit", "user")),
        agenda=_lines(items),
        actions=list(meeting.actions.select_related("unit", "user", "done_by", "case__person")),
        may_write=_may_write(viewer, case, meeting.section),
        own_only=viewer.is_participant,
    )
    if meeting.is_planned and page.may_write:
        _add_proposals(viewer, page, items)
    return page


def _lines(items: list[AgendaItem]) -> list[AgendaLine]:
    keys = [item.source_id for item in items if item.source == "action"]
    actions = Action.objects.select_related("done_by").in_bulk(keys) if keys else {}
    lines = [AgendaLine(item, actions.get(item.source_id)) for item in items]
    if lines:
        lines[0].is_first = lines[-1].is_last = True
    return lines


def _add_proposals(viewer: Viewer, page: MeetingPage, items: list[AgendaItem]) -> None:
    case, meeting = page.case, page.meeting
    required = page.settings.required(meeting.kind, meeting.number)
    page.missing = unmet(required, [row.unit.kind for row in page.attendees if row.unit])
    here = {Point("", item.source, item.source_id).key for item in items if item.source}
    found = proposed(case, meeting.kind, meeting.section, page.settings, today(), but=meeting)
    page.points = [point for point in found if point.key not in here]
    page.may_make_version = may_edit(viewer, case)


@dataclass(frozen=True)
class ActionPage:
    """One action, and what the viewer may do with it."""

    case: Case
    action: Action
    responsible: list[Responsible]
    may_write: bool
    may_finish: bool


@query(section=Section.PLAN)
def action_page(viewer: Viewer, case: Any, action_id: UUID) -> ActionPage:
    """One action. Raises ``not_found`` where the viewer may not see the meeting it comes from."""
    rows = Action.objects.filter(case=case, meeting__section__in=_seen_sections(case))
    action = rows.filter(pk=action_id).select_related("meeting", "unit", "user", "done_by", "case__person").first()
    if action is None:
        raise not_found()
    also_open(viewer, case, Section(action.meeting.section))
    may_write = _may_write(viewer, case, action.meeting.section)
    own = viewer.is_participant and action.by_participant
    return ActionPage(
        case=case,
        action=action,
        responsible=responsible_choices(case, team_of(case)) if may_write else [],
        may_write=may_write,
        may_finish=may_write or own,
    )


@dataclass(frozen=True)
class NextTalk:
    """The next planned meeting of a case."""

    meeting_id: UUID
    kind: TalkKind
    starts_at: datetime
    number: int | None


@query(scoped="starts from viewer.scope(Meeting)")
def next_talks(viewer: Viewer, case_ids: Collection[UUID], kinds: Collection[str] = ()) -> dict[UUID, NextTalk]:
    """The next planned meeting of each case, today's included; of the given kinds only. One query.

    Cases without one are left out.
    """
    midnight = now().astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = viewer.scope(Meeting).filter(
        case_id__in=list(case_ids), status=MeetingStatus.PLANNED, starts_at__gte=midnight
    )
    if kinds:
        rows = rows.filter(kind__in=list(kinds))
    rows = rows.order_by("case_id", "starts_at").distinct("case_id")
    return {row.case_id: NextTalk(row.pk, TalkKind(row.kind), row.starts_at, row.number) for row in rows}


@query(section=Section.PLAN)
def open_actions(viewer: Viewer, case: Any) -> list[Action]:
    """The open actions of a case that the viewer may see, the most urgent first."""
    return list(_open_actions(case))
