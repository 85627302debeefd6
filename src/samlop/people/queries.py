"""What is read of units and people for a page."""

from __future__ import annotations

from uuid import UUID

from samlop.core.gate import Acting
from samlop.core.queries import query
from samlop.people.models import Municipality
from samlop.people.staff import NOT_IN_TEAMS, UnitStaff, units_of, with_staff


@query(scoped="names and reach of colleagues in one municipality; says nothing of cases")
def team_staff(viewer: Acting, municipality: Municipality | UUID) -> list[UnitStaff]:
    """The units that can be in a team in the municipality, each with its people today. Two queries."""
    return with_staff(units_of(municipality).exclude(kind__in=NOT_IN_TEAMS).order_by("name", "pk"))
