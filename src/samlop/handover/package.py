"""What the receiver gets: measures tried and their result, levels, the plan, what is still needed, and contacts.

Read once for a viewer; a part whose section the viewer may not see is left out and said to be left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, TeamMember
from samlop.cases.opening import also_open
from samlop.core.rights import Section
from samlop.handover.models import Handover
from samlop.meetings.editing import team_of
from samlop.norwegian.models import LevelReached
from samlop.plan.current import current_plan
from samlop.plan.models import PartialGoal, Plan, PlanVersion, Step
from samlop.plan.vocabulary import StepStatus
from samlop.programme.models import Course


@dataclass
class Package:
    """Everything in the package; ``hidden`` names the sections that were left out for this reader."""

    case: Case
    course: Course
    handover: Handover
    plan: Plan | None = None
    version: PlanVersion | None = None
    partial_goals: list[PartialGoal] = field(default_factory=list)
    tried: list[Step] = field(default_factory=list)
    ahead: list[Step] = field(default_factory=list)
    levels: list[LevelReached] = field(default_factory=list)
    team: list[TeamMember] = field(default_factory=list)
    hidden: list[Section] = field(default_factory=list)

    @property
    def without_result(self) -> list[Step]:
        """Measures that are over or under way and have no result written."""
        return [step for step in self.tried if not step.result]

    @property
    def newest_level_on(self) -> date | None:
        """The day of the newest level."""
        return max((row.reached_on for row in self.levels), default=None)


def gather(viewer: Viewer, case: Any, course: Course, handover: Handover) -> Package:
    """The package of an opened case, each part with its section noted in the reading log. Seven queries."""
    package = Package(case, course, handover)
    if also_open(viewer, case, Section.IDENTITY):
        package.team = team_of(case)
    else:
        package.hidden.append(Section.IDENTITY)
    if also_open(viewer, case, Section.PLAN):
        _read_plan(package)
    else:
        package.hidden.append(Section.PLAN)
    if also_open(viewer, case, Section.NORWEGIAN):
        rows = LevelReached.objects.filter(case=case).order_by("skill", "-reached_on", "-recorded_at")
        package.levels = list(rows.distinct("skill"))
    else:
        package.hidden.append(Section.NORWEGIAN)
    return package


def _read_plan(package: Package) -> None:
    package.plan = current_plan(package.case.pk)
    package.version = PlanVersion.objects.filter(case=package.case).order_by("-number").first()
    if package.plan is None:
        return
    package.partial_goals = list(package.plan.partial_goals.filter(removed_at__isnull=True))
    steps = Step.objects.filter(plan=package.plan, removed_at__isnull=True).select_related("unit", "user")
    for step in steps:
        (package.ahead if step.status == StepStatus.PLANNED else package.tried).append(step)
