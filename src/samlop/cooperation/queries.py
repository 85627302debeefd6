"""What is read of a municipality's arrangement: the leader's page, and what other rooms derive from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cooperation.arrangements import (
    Settings,
    arrangement_of,
    arrangements_of,
    owner_of,
    owners_of,
    rule_of,
    units_in,
)
from samlop.cooperation.models import TalkKind, TalkRule, Task, TaskOwner
from samlop.cooperation.rules import Requirement, tasks_of, unowned
from samlop.core.errors import Refused
from samlop.core.queries import query
from samlop.people.models import Municipality, Unit

__all__ = ["Settings", "arrangement", "arrangement_of", "arrangements_of", "owner_of", "owners_of", "units_in"]


@dataclass(frozen=True)
class TaskLine:
    """A task with its owner, or none: then it is shown in red with text."""

    task: Task
    unit: Unit | None


@dataclass(frozen=True)
class RuleLine:
    """A talk rule as a sentence; the key is missing while the municipality has only the defaults."""

    text: str
    id: UUID | None


@dataclass(frozen=True)
class ArrangementPage:
    """Everything on the leader's page about the municipality's way of working."""

    municipality: Municipality
    settings: Settings
    tasks: list[TaskLine]
    unowned: list[Task]
    units: list[Unit]
    rules: list[RuleLine]
    series: list[tuple[int, list[Requirement]]]


@query(scoped="the viewer's own municipality")
def arrangement(viewer: Viewer) -> ArrangementPage:
    """The arrangement of the viewer's municipality. Raises ``Refused`` for a viewer without one."""
    municipality = viewer.municipality
    if municipality is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ikke noe oppsett."))
    settings = arrangement_of(municipality)
    owners: Mapping[Task, Unit] = {
        Task(row.task): row.unit for row in viewer.scope(TaskOwner).select_related("unit__organisation")
    }
    tasks = tasks_of(settings.practice_by)
    rules = [RuleLine(rule_of(row).text, row.pk) for row in viewer.scope(TalkRule)]
    return ArrangementPage(
        municipality=municipality,
        settings=settings,
        tasks=[TaskLine(task, owners.get(task)) for task in tasks],
        unowned=unowned(tasks, owners),
        units=units_in(municipality.pk),
        rules=rules if settings.is_stored else [RuleLine(rule.text, None) for rule in settings.rules],
        series=[(n, settings.required(TalkKind.PLAN_TALK, n)) for n in range(1, settings.plan_talks + 1)],
    )
