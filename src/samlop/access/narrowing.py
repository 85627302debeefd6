"""A municipality's narrowing of the policy, kept in memory until its version changes."""

from __future__ import annotations

from uuid import UUID

from samlop.access.policy import Relation
from samlop.core.rights import Right, Section
from samlop.people.models import Municipality
from samlop.people.vocabulary import Role

Cells = dict[tuple[Role, Section, Relation], Right]
_kept: dict[UUID, tuple[int, Cells]] = {}


def narrowed(municipality: Municipality) -> Cells:
    """The cells the municipality has narrowed. One query the first time, and after each change."""
    kept = _kept.get(municipality.pk)
    if kept and kept[0] == municipality.policy_version:
        return kept[1]
    from samlop.access.models import Narrowing

    cells: Cells = {
        (Role(row.role), Section(row.section), Relation(row.relation)): Right(row.right)
        for row in Narrowing.objects.filter(municipality=municipality)
    }
    _kept[municipality.pk] = (municipality.policy_version, _capped(cells))
    return _kept[municipality.pk][1]


def _capped(cells: Cells) -> Cells:
    """A colleague never has more than the one who is named: narrowing the team narrows the looser relations with it."""
    capped = dict(cells)
    for (role, section, relation), right in cells.items():
        if relation is Relation.TEAM:
            for looser in (Relation.UNIT, Relation.MUNICIPALITY, Relation.HANDED_OVER, Relation.OVERRIDE):
                capped[role, section, looser] = min(right, capped.get((role, section, looser), right))
    return capped
