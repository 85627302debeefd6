"""What a municipality has chosen, as other rooms read it.

No viewer is asked for: there are no persons in it, and what is derived from it (what is due, who must be invited) must
come out the same whoever looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from samlop.cooperation.models import (
    Arrangement,
    OrganisationModel,
    PlanFrom,
    PracticeBy,
    TalkKind,
    TalkRule,
    Task,
    TaskOwner,
    Which,
)
from samlop.cooperation.presets import talk_presets
from samlop.cooperation.rules import Requirement, Rule, required_units
from samlop.core.prepared import prepared
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
    plan_deadline_from: str = PlanFrom.SETTLEMENT
    plan_talks: int = 4
    nav_contact_months: int = 3
    handover_months: int = 6
    caseload_norm: int = 20
    rules: tuple[Rule, ...] = ()
    is_stored: bool = False

    def first_plan_from(self, settled_on: date | None, start_on: date | None) -> date | None:
        """The day that the deadline of mapping and first plan counts from; none while it is not known."""
        return start_on if self.plan_deadline_from == PlanFrom.START else settled_on

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


@dataclass
class _Read:
    """What has been read of the municipalities so far."""

    settings: dict[UUID, Settings] = field(default_factory=dict)
    owners: dict[UUID, dict[str, UUID]] = field(default_factory=dict)


_remembered: ContextVar[_Read | None] = ContextVar("samlop_arrangements", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Inside the block what a municipality has chosen is read once, though several rooms ask for it.

    For pages that only read (Min dag, Saken); also as a decorator.
    """
    token = _remembered.set(_Read()) if _remembered.get() is None else None
    try:
        yield
    finally:
        if token:
            _remembered.reset(token)


def arrangements_of(municipality_ids: Iterable[UUID]) -> dict[UUID, Settings]:
    """The settings of several municipalities at once. Two queries however many; none for those ``remembered``."""
    keys = set(municipality_ids)
    known = _remembered.get()
    if known is None:
        return _read(keys)
    if missing := keys - known.settings.keys():
        known.settings |= _read(missing)
    return {key: known.settings[key] for key in keys}


def _read(keys: set[UUID]) -> dict[UUID, Settings]:
    defaults = Settings(rules=default_rules())
    found = dict.fromkeys(keys, defaults)
    rules: dict[UUID, list[Rule]] = defaultdict(list)
    for row in _rules(keys):
        rules[row.municipality_id].append(rule_of(row))
    for stored in _stored(keys):
        found[stored.municipality_id] = replace(
            defaults,
            model=stored.model,
            practice_by=stored.practice_by,
            plan_review_months=stored.plan_review_months,
            plan_deadline_months=stored.plan_deadline_months,
            plan_deadline_from=stored.plan_deadline_from,
            plan_talks=stored.plan_talks,
            nav_contact_months=stored.nav_contact_months,
            handover_months=stored.handover_months,
            caseload_norm=stored.caseload_norm,
            rules=tuple(rules[stored.municipality_id]),
            is_stored=True,
        )
    return found


@prepared
def _rules(municipalities: Collection[UUID]) -> QuerySet[TalkRule]:
    return TalkRule.objects.filter(municipality_id__among=municipalities)


@prepared
def _stored(municipalities: Collection[UUID]) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(municipality_id__among=municipalities)


@prepared
def _owners(municipalities: Collection[UUID]) -> QuerySet[TaskOwner, tuple[UUID, str, UUID]]:
    rows = TaskOwner.objects.filter(municipality_id__among=municipalities)
    return rows.values_list("municipality_id", "task", "unit_id")


def rule_of(row: TalkRule) -> Rule:
    """The stored rule as the pure functions take it."""
    return Rule(TalkKind(row.talk), UnitKind(row.unit_kind), Which(row.which), row.count)


def owner_of(municipality: Municipality | UUID, task: Task) -> Unit | None:
    """The unit that answers for a task in a municipality, or none."""
    key = municipality.pk if isinstance(municipality, Municipality) else municipality
    owner = TaskOwner.objects.filter(municipality_id=key, task=task).select_related("unit").first()
    return owner.unit if owner else None


def owners_of(municipality_ids: Iterable[UUID], task: Task) -> dict[UUID, UUID]:
    """The unit (key) that answers for a task in each municipality where one does. One query for all tasks."""
    keys = set(municipality_ids)
    known = _remembered.get() or _Read()
    if missing := keys - known.owners.keys():
        known.owners |= {key: {} for key in missing}
        for key, what, owner in _owners(missing):
            known.owners[key][what] = owner
    return {key: unit for key in keys if (unit := known.owners[key].get(task))}


def units_in(municipality_id: UUID, on: date | None = None) -> list[Unit]:
    """The open units that work in a municipality, its own and those that serve it, by name."""
    day = on or today()
    rows = Unit.objects.filter(Q(municipality_id=municipality_id) | Q(serves=municipality_id))
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gte=day)
    return list(rows.filter(still_open).select_related("organisation").distinct())


def task_units(municipality: Municipality) -> list[Unit]:
    """The open units that own a task: they belong in every new team (``cases.registration.SUGGESTED_UNITS``)."""
    rows = TaskOwner.objects.filter(municipality=municipality).select_related("unit").order_by("unit__name", "unit_id")
    day = today()
    units = (row.unit for row in rows)
    return list(dict.fromkeys(unit for unit in units if unit.closed_on is None or unit.closed_on >= day))
