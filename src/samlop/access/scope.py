"""From a viewer to the rows they may reach – the one filter that every list, page, search, export and count passes.

Each relation to a case is a *branch*: a query for the keys of the cases where the viewer stands in that relation. A
list takes the union of the branches whose relation gives the right on the section; one case asks all branches at once.
Both read the same branches, so a page and a list can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from samlop.access.models import Grant, Override
from samlop.access.policy import Relation
from samlop.core.reach import ByCase, ByMunicipality, ByUser, Public, System
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.people.models import Person
from samlop.people.vocabulary import Protection

if TYPE_CHECKING:
    from samlop.access.viewer import Viewer


class NotForViewers(TypeError):
    """A table that only the program reads was asked for in a viewer's name: a programming error."""


@dataclass(frozen=True)
class Branch:
    """The cases where a viewer stands in one relation: a query and the column that holds the case's key."""

    rows: QuerySet[Any]
    key: str

    def keys(self) -> QuerySet[Any]:
        return self.rows.order_by().values(self.key)

    def holds(self) -> Exists:
        return Exists(self.rows.filter(**{self.key: OuterRef("pk")}))


# Cases and teams live one floor up; this room knows their names only.
def all_cases() -> QuerySet[Any]:
    return apps.get_model("cases", "Case")._default_manager.all()


def _team_today() -> QuerySet[Any]:
    return team_on(today())


def team_on(day: date) -> QuerySet[Any]:
    """Places in the teams of all cases on a day."""
    team = apps.get_model("cases", "TeamMember")._default_manager
    return team.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def _open(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Without the cases of people with a protected address, for rows that point at a case.

    Said as «not one of the protected», which are few and have an index of their own: joining the person of every row to
    see that nothing is protected makes lists in a large unit twice as slow.
    """
    protected = all_cases().exclude(person__protection=Protection.NONE)
    return rows.exclude(Exists(protected.filter(pk=OuterRef("case_id"))))


def branch(viewer: Viewer, relation: Relation, section: Section | None = None) -> Branch | None:
    """The viewer's branch for a relation; none where the relation cannot hold for them."""
    build = _BRANCHES[relation]
    return build(viewer, section)


def _self(viewer: Viewer, section: Section | None) -> Branch | None:
    return Branch(all_cases().filter(person__user_id=viewer.user_id), "pk") if viewer.is_participant else None


def _is_named(viewer: Viewer) -> Q:
    """Named, or deputy – and acting from the unit that has the place, so that a role elsewhere opens nothing here."""
    return Q(unit_id=viewer.unit_id) & (Q(user_id=viewer.user_id) | Q(deputy_id=viewer.user_id))


def _named(viewer: Viewer, section: Section | None) -> Branch | None:
    if viewer.unit_id is None:
        return None
    return Branch(_team_today().filter(_is_named(viewer)), "case_id")


def _unit(viewer: Viewer, section: Section | None) -> Branch | None:
    if viewer.unit_id is None:
        return None
    return Branch(_open(_team_today().filter(unit_id=viewer.unit_id)), "case_id")


def _municipality(viewer: Viewer, section: Section | None) -> Branch | None:
    if viewer.municipality_id is None:
        return None
    protected = Person.objects.exclude(protection=Protection.NONE).filter(pk=OuterRef("person_id"))
    return Branch(all_cases().filter(municipality_id=viewer.municipality_id).exclude(Exists(protected)), "pk")


def _handed_over(viewer: Viewer, section: Section | None) -> Branch | None:
    """The case in the old municipality that one of the viewer's own cases continues."""
    if viewer.unit_id is None:
        return None
    return Branch(_team_today().filter(_is_named(viewer), case__continues__isnull=False), "case__continues_id")


def _override(viewer: Viewer, section: Section | None) -> Branch | None:
    if viewer.user_id is None or viewer.unit_id is None:
        return None
    moment = now()
    rows = Override.objects.filter(
        user_id=viewer.user_id,
        unit_id=viewer.unit_id,
        since__lte=moment,
        until__gt=moment,
        closed_at__isnull=True,
    )
    return Branch(_open(rows), "case_id")


def _grant(viewer: Viewer, section: Section | None) -> Branch | None:
    if viewer.user_id is None:
        return None
    day = today()
    rows = _open(
        Grant.objects.filter(user_id=viewer.user_id, valid_from__lte=day, valid_to__gte=day, revoked_at__isnull=True)
    )
    return Branch(rows.filter(sections__contains=[section.value]) if section else rows, "case_id")


_BRANCHES = {
    Relation.SELF: _self,
    Relation.TEAM: _named,
    Relation.UNIT: _unit,
    Relation.MUNICIPALITY: _municipality,
    Relation.HANDED_OVER: _handed_over,
    Relation.OVERRIDE: _override,
    Relation.GRANT: _grant,
}


def case_keys(viewer: Viewer, relations: Iterable[Relation], section: Section | None = None) -> QuerySet[Any]:
    """Keys of the cases where the viewer stands in one of the relations."""
    branches = [found for relation in sorted(relations) if (found := branch(viewer, relation, section))]
    if not branches:
        return all_cases().none().values("pk")
    first, *others = (one.keys() for one in branches)
    return first.union(*others, all=True) if others else first


def relations_to(viewer: Viewer, case_id: UUID) -> tuple[Any, dict[Section, frozenset[Relation]]]:
    """The case's row (or none) and, by section, the relations the viewer has to it. One query."""
    holds: dict[str, Exists] = {}
    for relation in Relation:
        if relation is Relation.GRANT:
            holds |= {
                f"_grant_{s}": found.holds()
                for s in Section
                if viewer._cell(s, relation) and (found := branch(viewer, relation, s))
            }
        elif any(viewer._cell(s, relation) for s in Section) and (found := branch(viewer, relation)):
            holds[f"_{relation}"] = found.holds()
    case = (
        all_cases().select_related("person", "municipality", "owner_unit").filter(pk=case_id).annotate(**holds).first()
    )
    if case is None:
        return None, {}
    return case, {section: _held(case, section) for section in Section}


def _held(case: Any, section: Section) -> frozenset[Relation]:
    plain = {relation for relation in Relation if getattr(case, f"_{relation}", False)}
    if getattr(case, f"_grant_{section}", False):
        plain.add(Relation.GRANT)
    return frozenset(plain)


def scoped(viewer: Viewer, model: type[Model], right: Right) -> QuerySet[Any]:
    """The rows of a table that the viewer may reach; see ``Viewer.scope``."""
    rows: QuerySet[Any] = model._default_manager.all()
    if viewer.is_system:
        return rows
    reach = getattr(model, "reach", None)
    match reach:
        case Public():
            return rows
        case ByUser(path=path):
            return rows.filter(**{path: viewer.user_id})
        case ByMunicipality(path=path):
            return rows.filter(**{path: viewer.municipality_id}) if viewer.municipality_id else rows.none()
        case ByCase():
            return _by_case(viewer, rows, reach, right)
        case System(why=why):
            raise NotForViewers(f"{model._meta.label}: {why}")
    raise NotForViewers(f"{model._meta.label} has no reach")


def _by_case(viewer: Viewer, rows: QuerySet[Any], reach: ByCase, right: Right) -> QuerySet[Any]:
    column = f"{reach.path}__in"
    if reach.section_field:
        if reach.named_in:
            named = Q(**{f"{reach.named_in}__contains": [str(viewer.user_id)]})
            rows = rows.filter(~Q(**{reach.section_field: Section.RESTRICTED.value}) | named)
        alike = _alike(viewer, right)
        allowed = Q(pk__in=[])
        for relations, sections in alike.items():
            keys = case_keys(viewer, relations)
            allowed |= Q(**{column: keys, f"{reach.section_field}__in": sections})
        # The cases once more, whatever the section: an «or» alone cannot be looked up in an index.
        every = frozenset().union(*alike)
        return rows.filter(allowed, **{column: case_keys(viewer, every)}) if len(alike) > 1 else rows.filter(allowed)
    section = reach.section or Section.IDENTITY
    rows = rows.filter(**{column: case_keys(viewer, viewer.relations_with(section, right), section)})
    if "cases" in reach.path:  # a person may have had several cases in the municipality; each row comes once
        rows = rows.distinct()
    return rows.filter(**{reach.named: viewer.user_id}) if reach.named else rows


def _alike(viewer: Viewer, right: Right) -> dict[frozenset[Relation], list[str]]:
    """Sections grouped by the relations that open them, so that a mixed table needs few branches."""
    groups: dict[frozenset[Relation], list[str]] = {}
    for section in Section:
        relations = viewer.relations_with(section, right) - {Relation.GRANT}
        if relations:
            groups.setdefault(relations, []).append(section.value)
    return groups
