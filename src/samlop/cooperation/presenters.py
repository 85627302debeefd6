"""Codes of the organisation journal → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from samlop.cooperation.models import OrganisationModel, PlanFrom, PracticeBy, Task
from samlop.cooperation.rules import Rule
from samlop.core.organisation import Sentence


def _periods(data: Mapping[str, Any]) -> str:
    changes = ", ".join(
        f"{_label(name)}: {_shown(name, v['from'])} → {_shown(name, v['to'])}" for name, v in data.items()
    )
    return _("endret oppsettet: %(changes)s") % {"changes": changes}


NAMES = {
    "model": lambda: _("organisasjonsmodell"),
    "practice_by": lambda: _("fordeling av praksis"),
    "plan_review_months": lambda: _("måneder mellom plansamtaler"),
    "plan_deadline_months": lambda: _("frist for kartlegging og plan (måneder)"),
    "plan_deadline_from": lambda: _("frist for kartlegging og plan regnes fra"),
    "plan_talks": lambda: _("plansamtaler i programmet"),
    "nav_contact_months": lambda: _("frist for kontakt med NAV (måneder)"),
    "handover_months": lambda: _("overføringen starter før slutt (måneder)"),
    "caseload_norm": lambda: _("deltakere per rådgiver"),
}


def _label(name: str) -> str:
    return NAMES[name]()


def _shown(name: str, value: Any) -> str:
    named = {
        "model": OrganisationModel.choices,
        "practice_by": PracticeBy.choices,
        "plan_deadline_from": PlanFrom.choices,
    }
    choices = named.get(name, [])
    return str(dict(choices).get(value, value))


def _owner(data: Mapping[str, Any]) -> str:
    values = {"task": Task(data["task"]).label, "unit": data["to"], "before": data["from"]}
    if not data["to"]:
        return _("tok bort ansvarlig enhet for %(task)s (var %(before)s)") % values
    if not data["from"]:
        return _("ga %(unit)s ansvaret for %(task)s") % values
    return _("flyttet ansvaret for %(task)s fra %(before)s til %(unit)s") % values


def _rule(data: Mapping[str, Any]) -> str:
    return Rule.from_data(data).text


SENTENCES: dict[str, Sentence] = {
    "cooperation.periods_set": _periods,
    "cooperation.owner_set": _owner,
    "cooperation.rules_set": lambda d: (
        _("valgte regler for plansamtalene: %(rules)s") % {"rules": "; ".join(_rule(rule) for rule in d["rules"])}
    ),
    "cooperation.rule_added": lambda d: _("la til en samtaleregel: %(rule)s") % {"rule": _rule(d["rule"])},
    "cooperation.rule_removed": lambda d: _("fjernet en samtaleregel: %(rule)s") % {"rule": _rule(d["rule"])},
}
