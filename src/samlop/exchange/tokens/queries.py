"""What the page of tokens shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from samlop.access.models import ApiToken
from samlop.access.viewer import Viewer
from samlop.access.words import SECTION_NAMES
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.people.models import Unit
from samlop.people.staff import managed_units


@dataclass(frozen=True)
class Shown:
    """A token, whether it can be used today, and what it may in words."""

    token: ApiToken
    state: str
    sees: list[Any]
    writes: list[Any]


@query(scoped="viewer.scope(ApiToken) at the units that the viewer looks after")
def tokens(viewer: Viewer, on: date) -> list[Shown]:
    """The tokens of the viewer's units, those in force first."""
    rows = viewer.scope(ApiToken).filter(unit__in=managed_units(viewer).values("pk"))
    listed = rows.select_related("unit", "made_by", "revoked_by").order_by("-made_at")
    shown = [Shown(row, _state(row, on), _names(row.sees), _names(row.writes)) for row in listed]
    return sorted(shown, key=lambda one: one.state != "in_force")


@query(scoped="units that the viewer looks after")
def units_for_tokens(viewer: Viewer) -> list[Unit]:
    """The units that the viewer can make a token for."""
    return list(managed_units(viewer))


def _state(row: ApiToken, on: date) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if row.valid_from > on:
        return "later"
    closed = row.unit.closed_on is not None and row.unit.closed_on < on
    return "expired" if row.valid_to < on or closed else "in_force"


def _names(sections: list[str]) -> list[Any]:
    return [SECTION_NAMES[Section(one)] for one in sections]
