"""What other rooms and the leader's page read of a municipality's arrangement.

``arrangement_of``, ``arrangements_of`` and ``owner_of`` take no viewer: they hold no persons, and what is derived from
them (what is due, who must be invited) must come out the same whoever looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from samlop.access.viewer import Viewer
from samlop.cooperation.models import (
    Arrangement,
    OrganisationModel,
    PracticeBy,
    TalkKind,
    TalkRule,
    Task,
    TaskOwner,
    Which,
)
from samlop.cooperation.presets import talk_presets
from samlop.cooperation.rules import Requirement, Rule, required_units, tasks_of, unowned
from samlop.core.errors import Refused
from samlop.core.queries import query
from samlop.core.time import today
from samlop.people.models import Municipality, Unit
from samlop.people.vocabulary import UnitKind


@dataclass(frozen=True)
class Settings:
    """What a municipality has chosen; the defaults where it has chosen nothing. Periods in months."""

    model: str = OrganisationModel.REFUGEE_OFFICE
    practice_by: str = PracticeBy.KIND
    plan_review_months: int = 6
    plan_deadline_months: int = 6
    plan_talks: int = 4
    nav_contact_months: int = 3
    handover_months: int = 6
    caseload_norm: int = 20
    rules: tuple[Rule, ...] = ()
    is_stored: bool = False

    def required(self, talk: TalkKind | str, number: int | None) -> list[Requirement]:
        """The kinds of unit that must be in talk ``number`` of a kind, with reasons."""
        return required_units(self.rules, talk, number, self.plan_talks)


def default_rules() -> tuple[Rule, ...]:
    """NAV in all plan talks, as recommended (research/001 § 14.2 item 9), and in every triangular talk, which is one
    between the participant, the programme adviser and NAV (research/002 § 3.1)."""
    return (*talk_presets()["all"].rules, Rule(TalkKind.TRIANGULAR_TALK, UnitKind.NAV_STATE))


def arrangement_of(municipality: Municipality | UUID) -> Settings:
    """The settings of a municipality; the defaults when none are stored. Two queries."""
    key = municipality.pk if isinstance(municipality, Municipality) else municipality
    return arrangements_of([key])[key]


def arrangements_of(municipality_ids: Iterable[UUID]) -> dict[UUID, Settings]:
    """The settings of several municipalities at once. Two queries however many."""
    keys = set(municipality_ids)
    defaults = Settings(rules=default_rules())
    found = dict.fromkeys(keys, defaults)
    rules: dict[UUID, list[Rule]] = defaultdict(list)
    for row in TalkRule.objects.filter(municipality_id__in=keys):
        rules[row.municipality_id].append(_rule(row))
    for stored in Arrangement.objects.filter(municipality_id__in=keys):
        found[stored.municipality_id] = replace(
            defaults,
            model=stored.model,
            practice_by=stored.practice_by,
            plan_review_months=stored.plan_review_months,
            plan_deadline_months=stored.plan_deadline_months,
            plan_talks=stored.plan_talks,
            nav_contact_months=stored.nav_contact_months,
            handover_months=stored.handover_months,
            caseload_norm=stored.caseload_norm,
            rules=tuple(rules[stored.municipality_id]),
            is_stored=True,
        )
    return found


def _rule(row: TalkRule) -> Rule:
    return Rule(TalkKind(row.talk), UnitKind(row.unit_kind), Which(row.which), row.count)


def owner_of(municipality: Municipality | UUID, task: Task) -> Unit | None:
    """The unit that answers for a task in a municipality, or none."""
    key = municipality.pk if isinstance(municipality, Municipality) else municipality
    owner = TaskOwner.objects.filter(municipality_id=key, task=task).select_related("unit").first()
    return owner.unit if owner else None


def owners_of(municipality_ids: Iterable[UUID], task: Task) -> dict[UUID, UUID]:
    """The unit (key) that answers for a task in each municipality that has given it an owner. One query."""
    rows = TaskOwner.objects.filter(municipality_id__in=set(municipality_ids), task=task)
    return dict(rows.values_list("municipality_id", "unit_id"))


def units_in(municipality_id: UUID, on: date | None = None) -> list[Unit]:
    """The open units that work in a municipality, its own and those that serve it, by name."""
    day = on or today()
    rows = Unit.objects.filter(Q(municipality_id=municipality_id) | Q(serves=municipality_id))
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    return list(rows.filter(still_open).select_related("organisation").distinct())


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
        raise Refused("no_municipality", "Enheten din hører ikke til en kommune, og har ikke noe oppsett.")
    settings = arrangement_of(municipality)
    owners: Mapping[Task, Unit] = {
        Task(row.task): row.unit for row in viewer.scope(TaskOwner).select_related("unit__organisation")
    }
    tasks = tasks_of(settings.practice_by)
    rules = [RuleLine(_rule(row).text, row.pk) for row in viewer.scope(TalkRule)]
    return ArrangementPage(
        municipality=municipality,
        settings=settings,
        tasks=[TaskLine(task, owners.get(task)) for task in tasks],
        unowned=unowned(tasks, owners),
        units=units_in(municipality.pk),
        rules=rules if settings.is_stored else [RuleLine(rule.text, None) for rule in settings.rules],
        series=[(n, settings.required(TalkKind.PLAN_TALK, n)) for n in range(1, settings.plan_talks + 1)],
    )
