"""What a leader changes in the municipality's way of working. Each change is journalled with what it was and is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cooperation.arrangements import default_rules, rule_of, units_in
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
from samlop.cooperation.presets import model_presets, talk_presets
from samlop.cooperation.rules import Rule, owners_by_kind
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.stale import only_changed
from samlop.people.models import Municipality, Unit
from samlop.people.vocabulary import UnitKind

LIMITS = {
    "plan_review_months": (1, 24),
    "plan_deadline_months": (1, 24),
    "plan_talks": (1, 20),
    "nav_contact_months": (1, 24),
    "handover_months": (1, 24),
    "caseload_norm": (1, 200),
}
"""The least and the most that a period (months), a count or the norm can be set to."""


def _municipality(by: Viewer) -> Municipality:
    if by.municipality is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ikke noe oppsett."))
    return by.municipality


def _out_of_range(least: int, most: int) -> str:
    return _("Skriv et tall fra %(least)s til %(most)s.") % {"least": least, "most": most}


def _arrangement(by: Viewer) -> Arrangement:
    """The municipality's row, locked; made with the default rules the first time somebody changes anything."""
    municipality = _municipality(by)
    first = {"model": OrganisationModel.REFUGEE_OFFICE}
    _row, created = Arrangement.objects.get_or_create(municipality=municipality, defaults=first)
    if created:
        _add_rules(municipality, default_rules())
    stored: Arrangement = Arrangement.objects.select_for_update().get(municipality=municipality)
    return stored


def _add_rules(municipality: Municipality, rules: tuple[Rule, ...]) -> None:
    rows = [
        TalkRule(municipality=municipality, talk=r.talk, unit_kind=r.unit_kind, which=r.which, count=r.count)
        for r in rules
    ]
    TalkRule.objects.bulk_create(rows, ignore_conflicts=True)


@command(permission=Permission.CONFIGURE)
def set_periods(*, values: Mapping[str, Any], seen: Mapping[str, Any] | None = None, by: Viewer) -> Arrangement:
    """Set the model, how practice is divided, periods and what they count from, the number of plan talks and the norm.

    ``values`` holds field names of ``Arrangement``; those left out, and those that are as they were ``seen`` on the
    page, stay. Refuses ``out_of_range`` at the field, and ``changed_meanwhile``.
    """
    stored = _arrangement(by)
    changed = {}
    for name, value in only_changed(values, seen, {name: getattr(stored, name, None) for name in values}).items():
        if name in LIMITS:
            least, most = LIMITS[name]
            if not least <= value <= most:
                raise Refused("out_of_range", _out_of_range(least, most), name)
        elif name == "model":
            value = OrganisationModel(value)
        elif name == "practice_by":
            value = PracticeBy(value)
        elif name == "plan_deadline_from":
            value = PlanFrom(value)
        else:
            raise TypeError(f"{name} is not a setting")
        before = getattr(stored, name)
        if before != value:
            changed[name] = {"from": before, "to": value}
            setattr(stored, name, value)
    if changed:
        stored.save()
        note(by, "cooperation.periods_set", changed)
    return stored


@command(permission=Permission.CONFIGURE)
def set_owners(
    *, owners: Mapping[Task, UUID | None], seen: Mapping[Task, UUID | None] | None = None, by: Viewer
) -> Arrangement:
    """Say which unit answers for each of the given tasks; none takes the owner away.

    Tasks with the owner that was ``seen`` on the page are left as they stand now; refuses ``changed_meanwhile`` where
    somebody else has given the same task to another. Raises ``Refused('not_found')`` for a unit that does not work in
    the municipality.
    """
    stored = _arrangement(by)
    stands = dict(TaskOwner.objects.filter(municipality=stored.municipality).values_list("task", "unit_id"))
    chosen: dict[Task, UUID | None] = only_changed(owners, seen, {task: stands.get(task) for task in owners})
    units = {unit.pk: unit for unit in units_in(stored.municipality_id)}
    for task, unit_id in chosen.items():
        if unit_id is not None and unit_id not in units:
            raise Refused("not_found", _("Enheten finnes ikke i kommunen. Velg en enhet fra listen."), task)
    _write_owners(by, {task: units[unit_id] if unit_id else None for task, unit_id in chosen.items()})
    return stored


@command(permission=Permission.CONFIGURE)
def use_model(*, model: OrganisationModel, by: Viewer) -> Arrangement:
    """Choose one of the ready-made models: the tasks go to the units it proposes.

    A task that no unit in the municipality fits, is left without an owner and is shown as such. The other models have
    no proposal and only change the name of the model.
    """
    stored = _arrangement(by)
    if stored.model != model:
        note(by, "cooperation.periods_set", {"model": {"from": stored.model, "to": model}})
        stored.model = model
        stored.save()
    preset = model_presets().get(OrganisationModel(model))
    if preset:
        by_kind: dict[UnitKind, Unit] = {}
        for unit in units_in(stored.municipality_id):
            by_kind.setdefault(UnitKind(unit.kind), unit)
        chosen = owners_by_kind(preset.owners, by_kind.keys())
        _write_owners(by, {task: by_kind[chosen[task]] if task in chosen else None for task in Task})
    return stored


def _write_owners(by: Viewer, owners: Mapping[Task, Unit | None]) -> None:
    municipality = _municipality(by)
    now: dict[str, TaskOwner] = {
        row.task: row
        for row in TaskOwner.objects.select_for_update(of=("self",))
        .filter(municipality=municipality)
        .select_related("unit")
    }
    for task, unit in owners.items():
        before = now.get(task)
        if (before.unit_id if before else None) == (unit.pk if unit else None):
            continue
        if before:
            before.delete()
        if unit:
            TaskOwner.objects.create(municipality=municipality, task=task, unit=unit)
        data = {"task": str(task), "from": before.unit.name if before else "", "to": unit.name if unit else ""}
        note(by, "cooperation.owner_set", data)


@command(permission=Permission.CONFIGURE)
def use_talk_preset(*, code: str, by: Viewer) -> Arrangement:
    """Replace the rules for plan talks by a ready-made set; rules for other talks stay. Raises ``not_found``."""
    preset = talk_presets().get(code)
    if preset is None:
        raise not_found()
    stored = _arrangement(by)
    TalkRule.objects.filter(municipality=stored.municipality, talk=TalkKind.PLAN_TALK).delete()
    _add_rules(stored.municipality, preset.rules)
    note(by, "cooperation.rules_set", {"rules": [rule.as_data() for rule in preset.rules]})
    return stored


@command(permission=Permission.CONFIGURE)
def add_talk_rule(*, talk: TalkKind, unit_kind: UnitKind, which: Which, count: int = 1, by: Viewer) -> TalkRule:
    """Demand a kind of unit in all, the first or the last talks of a kind. Refuses a rule that is there already."""
    stored = _arrangement(by)
    count = 1 if which == Which.ALL else count
    if not 1 <= count <= LIMITS["plan_talks"][1]:
        raise Refused("out_of_range", _out_of_range(*LIMITS["plan_talks"]), "count")
    same = TalkRule.objects.filter(municipality=stored.municipality, talk=talk, unit_kind=unit_kind, which=which)
    if same.exists():
        raise Refused("rule_exists", _("Det finnes allerede en slik regel. Fjern den først."), "which")
    row: TalkRule = TalkRule.objects.create(
        municipality=stored.municipality, talk=talk, unit_kind=unit_kind, which=which, count=count
    )
    note(by, "cooperation.rule_added", {"rule": Rule(talk, unit_kind, which, count).as_data()})
    return row


@command(permission=Permission.CONFIGURE)
def remove_talk_rule(*, rule_id: UUID, by: Viewer) -> None:
    """Take away a rule of the municipality; one that is gone already changes nothing."""
    stored = _arrangement(by)
    row = TalkRule.objects.filter(municipality=stored.municipality, pk=rule_id).first()
    if row is not None:
        rule = rule_of(row)
        row.delete()
        note(by, "cooperation.rule_removed", {"rule": rule.as_data()})
