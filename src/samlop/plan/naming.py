"""What the plan is called: the name follows the Act that the case stands under."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

INTEGRATION_ACT_FROM = date(2021, 1, 1)
"""Permits granted, or arrivals with an earlier permit, from this day are under integreringsloven (§ 52)."""


class Act(StrEnum):
    """The Act that the plan of a case follows."""

    INTRODUCTION = "introduksjonsloven"
    INTEGRATION = "integreringsloven"


PLAN_NAMES: dict[Act, Promise] = {
    Act.INTRODUCTION: _("individuell plan"),
    Act.INTEGRATION: _("integreringsplan"),
}
PLAN_PARAGRAPHS: dict[Act, Promise] = {
    Act.INTRODUCTION: _("introduksjonsloven § 6"),
    Act.INTEGRATION: _("integreringsloven § 15"),
}


def act_of(permit_granted_on: date | None, arrived_on: date | None = None) -> Act:
    """The Act by the day the permit was granted; one with an older permit who came later is under the new Act too.

    Without a day, the Act in force now.
    """
    if permit_granted_on is None or permit_granted_on >= INTEGRATION_ACT_FROM:
        return Act.INTEGRATION
    if arrived_on is not None and arrived_on >= INTEGRATION_ACT_FROM:
        return Act.INTEGRATION
    return Act.INTRODUCTION


def plan_name(permit_granted_on: date | None, arrived_on: date | None = None) -> str:
    """«individuell plan» or «integreringsplan», in the active language."""
    return str(PLAN_NAMES[act_of(permit_granted_on, arrived_on)])
