"""Where a participant can move."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from samlop.access.policy import policy
from samlop.access.viewer import Viewer
from samlop.access.words import SECTION_NAMES
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Right, Section
from samlop.people.models import Municipality
from samlop.people.staff import OWNERS, UnitStaff, open_units, with_staff


@dataclass
class Move:
    """Municipalities to choose from, and the units and people of the chosen one."""

    municipalities: list[Municipality] = field(default_factory=list)
    chosen: Municipality | None = None
    staff: list[UnitStaff] = field(default_factory=list)
    goes_along: list[Any] = field(default_factory=list)
    stays: list[Any] = field(default_factory=list)


@query(section=Section.IDENTITY, right=Right.MANAGE)
def move(viewer: Viewer, case: Any, municipality_id: UUID | None) -> tuple[Case, Move]:
    """What the page of moving needs. At most four queries."""
    units = open_units().filter(kind__in=OWNERS, municipality__isnull=False)
    units = units.exclude(municipality_id=case.municipality_id)
    found = Move(
        municipalities=list(Municipality.objects.filter(pk__in=units.values("municipality_id")).order_by("name"))
    )
    found.chosen = next((one for one in found.municipalities if one.pk == municipality_id), None)
    if found.chosen:
        found.staff = with_staff(units.filter(municipality=found.chosen).order_by("name", "pk"))
    handed = policy().handed_over
    found.goes_along = [name for section, name in SECTION_NAMES.items() if section in handed]
    found.stays = [name for section, name in SECTION_NAMES.items() if section not in handed]
    return case, found
