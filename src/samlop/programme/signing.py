"""Who signs a decision in the municipality's name."""

from __future__ import annotations

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.models import Task
from samlop.cooperation.queries import owners_of
from samlop.people.vocabulary import Role

SIGNS = (Role.LEADER,)
"""Roles that decide in the municipality's name; those with the right to contribute to the programme prepare."""


def may_sign(by: Viewer, case: Case) -> bool:
    """Whether somebody signs here: a leader of the unit that answers for decisions, or that owns the case."""
    decides = owners_of([case.municipality_id], Task.DECISIONS).get(case.municipality_id)
    return by.role in SIGNS and by.unit_id is not None and by.unit_id in (decides, case.owner_unit_id)
