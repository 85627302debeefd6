"""Which roles there are in which kind of unit: a leader gives roles of the own service, never others'."""

from __future__ import annotations

from samlop.people.models import Unit
from samlop.people.vocabulary import Role, UnitKind

_SERVICE = (
    Role.PROGRAMME_ADVISER,
    Role.LEADER,
    Role.PLACEMENT_COORDINATOR,
    Role.JOB_SPECIALIST,
    Role.TEACHER,
    Role.CAREER_ADVISER,
)
_NAV = (Role.NAV_ADVISER, Role.NAV_LEADER, Role.JOB_SPECIALIST)

_AT: dict[str, tuple[Role, ...]] = {
    UnitKind.REFUGEE_SERVICE: _SERVICE,
    UnitKind.SERVICE_CENTRE: _SERVICE,
    UnitKind.ADULT_EDUCATION: _SERVICE,
    UnitKind.NAV_STATE: (*_NAV, Role.PROGRAMME_ADVISER, Role.LEADER),  # NAV may own the programme (research/000 § 7)
    UnitKind.NAV_MUNICIPAL: (*_NAV, Role.PROGRAMME_ADVISER, Role.LEADER),
    UnitKind.HEALTH: (Role.HEALTH_WORKER, Role.LEADER),
    UnitKind.CAREER_CENTRE: (Role.CAREER_ADVISER, Role.LEADER),
    UnitKind.EMPLOYER: (Role.EMPLOYER,),
    UnitKind.VOLUNTEER_CENTRE: (Role.VOLUNTEER,),
}


OF_THE_PROGRAMME = (Role.PROGRAMME_ADVISER, Role.LEADER)
"""Roles that prepare or sign decisions and see the economy: NAV's leader gives them to nobody."""


def roles_at(unit: Unit) -> tuple[Role, ...]:
    """The roles that can be given at a unit."""
    return _AT.get(unit.kind, ())


def roles_to_give(giver: Role | str | None, unit: Unit) -> tuple[Role, ...]:
    """The roles that somebody acting in a role may give at a unit."""
    kept_back = OF_THE_PROGRAMME if giver == Role.NAV_LEADER else ()
    return tuple(role for role in roles_at(unit) if role not in kept_back)
