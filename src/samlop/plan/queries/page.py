"""The plan page: goals, steps, contributions side by side, contradictions, and what has changed since the last talk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.cases.vocabulary import CaseStatus
from samlop.cooperation.queries import arrangement_of
from samlop.core.prepared import prepared
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import Unit
from samlop.plan.compare import Comparison, compare
from samlop.plan.content import content_of
from samlop.plan.current import current_plan
from samlop.plan.deadlines import PlanDeadline, plan_deadline, review_due_on
from samlop.plan.editing import answers_for, may_edit
from samlop.plan.models import Contradiction, Contribution, ContributionDraft, PartialGoal, Plan, PlanVersion, Step
from samlop.plan.naming import PLAN_PARAGRAPHS, Act, act_of, plan_name
from samlop.programme.models import Course
from samlop.programme.phases_of_case import course_of

NEWEST_ENTRIES = 30


@dataclass
class StepLine:
    """A step on the page, with what the viewer may do with it."""

    step: Step
    may_report: bool
    contributions: list[Contribution] = field(default_factory=list)


@dataclass
class GoalGroup:
    """A partial goal with its steps; none for steps outside any partial goal."""

    goal: PartialGoal | None
    steps: list[StepLine]


@dataclass
class Column:
    """What one unit, or the participant, has written; newest first."""

    name: str
    unit: Unit | None
    by_participant: bool
    contributions: list[Contribution] = field(default_factory=list)


@dataclass
class SinceLastTalk:
    """What has happened to the plan since the latest version."""

    version: PlanVersion
    comparison: Comparison
    entries: list[tuple[JournalEntry, str]]


@dataclass
class PlanPage:
    """Everything the plan page shows."""

    case: Case
    name: str
    act: Act
    plan: Plan | None
    may_edit: bool
    may_contribute: bool
    may_write_goal: bool
    groups: list[GoalGroup] = field(default_factory=list)
    removed_goals: list[PartialGoal] = field(default_factory=list)
    removed_steps: list[Step] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    drafts: list[ContributionDraft] = field(default_factory=list)
    open_contradictions: list[Contradiction] = field(default_factory=list)
    settled_contradictions: list[Contradiction] = field(default_factory=list)
    latest: PlanVersion | None = None
    since: SinceLastTalk | None = None
    deadline: PlanDeadline | None = None
    review_due: date | None = None
    review_is_late: bool = False
    review_is_soon: bool = False
    course: Course | None = None

    @property
    def paragraph(self) -> str:
        return str(PLAN_PARAGRAPHS[self.act])

    @property
    def is_under_integration_act(self) -> bool:
        return self.act is Act.INTEGRATION

    @property
    def contributions_count(self) -> int:
        return sum(len(column.contributions) for column in self.columns)

    @property
    def end_goal_differs(self) -> bool:
        """Whether the decision (vedtak) says another end goal than the plan."""
        return bool(
            self.plan
            and self.course
            and self.plan.end_goal
            and self.course.end_goal
            and self.plan.end_goal != self.course.end_goal
        )


@query(section=Section.PLAN)
def plan_page(viewer: Viewer, case: Any) -> PlanPage:
    """The plan of a case as the viewer may see it, with the viewer's own drafts. A fixed number of queries."""
    rights = getattr(case, "viewer_rights", {})
    writable = case.status != CaseStatus.MOVED
    contributes = writable and (viewer.is_system or rights.get(Section.PLAN, Right.NONE) >= Right.CONTRIBUTE)
    edits = writable and may_edit(viewer, case)
    plan = current_plan(case.pk)
    page = PlanPage(
        case=case,
        name=plan_name(case.permit_granted_on, case.arrived_on),
        act=act_of(case.permit_granted_on, case.arrived_on),
        plan=plan,
        may_edit=edits,
        may_contribute=contributes,
        may_write_goal=contributes and (edits or viewer.is_participant),
        drafts=_drafts(case.pk, viewer.user_id),
        course=course_of(case),
    )
    if plan is not None:
        _fill(page, plan, viewer)
    _put_deadlines(page)
    return page


@prepared
def _drafts(case: UUID, author: UUID | None) -> QuerySet[ContributionDraft]:
    return ContributionDraft.objects.filter(case_id=case, author_id=author)


@prepared
def _goals(plan: UUID) -> QuerySet[PartialGoal]:
    return PartialGoal.objects.filter(plan_id=plan)


@prepared
def _steps(plan: UUID) -> QuerySet[Step]:
    return Step.objects.filter(plan_id=plan).select_related("unit", "user")


@prepared
def _contributions(plan: UUID) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(plan_id=plan, withdrawn_at__isnull=True)
    return rows.select_related("unit", "step", "partial_goal")


@prepared
def _contradictions(plan: UUID) -> QuerySet[Contradiction]:
    rows = Contradiction.objects.filter(plan_id=plan).select_related("marked_by", "settled_by")
    return rows.prefetch_related("contributions__unit")


@prepared
def _latest_version(case: UUID) -> QuerySet[PlanVersion]:
    return PlanVersion.objects.filter(case_id=case).order_by("-number")[:1]


def _fill(page: PlanPage, plan: Plan, viewer: Viewer) -> None:
    goals, steps = _goals(plan.pk), _steps(plan.pk)
    contributions, contradictions = _contributions(plan.pk), _contradictions(plan.pk)
    current_goals = [goal for goal in goals if goal.removed_at is None]
    current_steps = [step for step in steps if step.removed_at is None]
    page.removed_goals = [goal for goal in goals if goal.removed_at is not None]
    page.removed_steps = [step for step in steps if step.removed_at is not None]
    page.groups = _groups(current_goals, current_steps, contributions, page, viewer)
    page.columns = _columns(contributions)
    page.open_contradictions = [row for row in contradictions if row.settled_at is None]
    page.settled_contradictions = [row for row in contradictions if row.settled_at is not None]
    page.latest = next(iter(_latest_version(page.case.pk)), None)
    if page.latest is not None:
        current = content_of(page.case, plan, current_goals, current_steps, contributions, contradictions)
        page.since = SinceLastTalk(page.latest, compare(page.latest.content, current), _entries_since(page.latest))


def _groups(
    goals: list[PartialGoal], steps: list[Step], contributions: list[Contribution], page: PlanPage, viewer: Viewer
) -> list[GoalGroup]:
    about: dict[object, list[Contribution]] = {}
    for row in contributions:
        about.setdefault(row.step_id, []).append(row)
    lines: dict[object, list[StepLine]] = {}
    keys = {goal.pk for goal in goals}
    for step in steps:
        may_report = page.may_edit or (page.may_contribute and answers_for(viewer, step))
        line = StepLine(step, may_report, about.get(step.pk, []))
        lines.setdefault(step.partial_goal_id if step.partial_goal_id in keys else None, []).append(line)
    groups = [GoalGroup(goal, lines.get(goal.pk, [])) for goal in goals]
    return [*groups, GoalGroup(None, lines[None])] if None in lines else groups


def _columns(contributions: Iterable[Contribution]) -> list[Column]:
    """The participant first, then the units by name."""
    columns: dict[object, Column] = {}
    for row in contributions:
        key = "participant" if row.by_participant else row.unit_id
        if key not in columns:
            columns[key] = Column(row.unit.name if row.unit else row.author_name, row.unit, row.by_participant)
        columns[key].contributions.append(row)
    return sorted(columns.values(), key=lambda column: (not column.by_participant, column.name))


def _entries_since(version: PlanVersion) -> list[tuple[JournalEntry, str]]:
    return [(entry, sentence(entry)) for entry in _newest_entries(version.case_id, version.made_at)]


@prepared
def _newest_entries(case: UUID, after: datetime) -> QuerySet[JournalEntry]:
    """The newest entries about the plan after a moment."""
    entries = JournalEntry.objects.filter(case_id=case, section=Section.PLAN, at__gt=after)
    return entries.order_by("-seq")[:NEWEST_ENTRIES]


def _put_deadlines(page: PlanPage) -> None:
    """The deadline of the first plan and the next review, by the municipality's own periods."""
    on = today()
    ours = arrangement_of(page.case.municipality_id)
    latest, plan = page.latest, page.plan
    if latest is None:
        course = course_of(page.case)
        counts_from = ours.first_plan_from(page.case.settled_on, course.start_on if course else None)
        page.deadline = plan_deadline(on, counts_from, None, ours.plan_deadline_months)
    changed_on = plan.material_change_on if plan else None
    page.review_due = review_due_on(latest.talk_on if latest else None, changed_on, ours.plan_review_months)
    if page.review_due:
        page.review_is_late = page.review_due < on or changed_on is not None
        page.review_is_soon = not page.review_is_late and page.review_due <= on + timedelta(days=30)
