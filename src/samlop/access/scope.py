"""From a viewer to the rows they may reach – the one filter that every list, page, search, export and count passes.

Each relation to a case is a *branch*: a query for the keys of the cases where somebody stands in that relation. A list
takes the union of the branches whose relation gives the right on the section; one case asks all branches at once. Both
read the same branches, so a page and a list can never disagree.

A branch is the same for everybody but for who looks and when. It is therefore written as SQL once, with a slot for each
of these, and filled in for each viewer: a page asks the scope ten times, and building the queries anew each time took
longer than the database did.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from samlop.access.models import Grant, Override
from samlop.access.policy import Relation
from samlop.core.prepared import Slot, prepared_by_shape
from samlop.core.reach import ByCase, ByMunicipality, ByUser, Public, System
from samlop.core.rights import Right, Section
from samlop.core.time import at, now, today
from samlop.people.models import Person
from samlop.people.vocabulary import Protection

if TYPE_CHECKING:
    from samlop.access.viewer import Viewer


class NotForViewers(TypeError):
    """A table that only the program reads was asked for in a viewer's name: a programming error."""


@dataclass(frozen=True)
class Who:
    """What of a viewer a branch depends on."""

    user_id: UUID
    unit_id: UUID
    municipality_id: UUID


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


def _self(who: Who, section: Section | None) -> QuerySet[Any]:
    return all_cases().filter(person__user_id=who.user_id).values("pk")


def _is_named(who: Who) -> Q:
    """Named, or deputy – and acting from the unit that has the place, so that a role elsewhere opens nothing here."""
    return Q(unit_id=who.unit_id) & (Q(user_id=who.user_id) | Q(deputy_id=who.user_id))


def _named(who: Who, section: Section | None) -> QuerySet[Any]:
    return _team_today().filter(_is_named(who)).values("case_id")


def _unit(who: Who, section: Section | None) -> QuerySet[Any]:
    return _open(_team_today().filter(unit_id=who.unit_id)).values("case_id")


def _municipality(who: Who, section: Section | None) -> QuerySet[Any]:
    protected = Person.objects.exclude(protection=Protection.NONE).filter(pk=OuterRef("person_id"))
    return all_cases().filter(municipality_id=who.municipality_id).exclude(Exists(protected)).values("pk")


def _handed_over(who: Who, section: Section | None) -> QuerySet[Any]:
    """The case in the old municipality that one of the viewer's own cases continues."""
    return _team_today().filter(_is_named(who), case__continues__isnull=False).values("case__continues_id")


def _override(who: Who, section: Section | None) -> QuerySet[Any]:
    moment = now()
    rows = Override.objects.filter(
        user_id=who.user_id,
        unit_id=who.unit_id,
        since__lte=moment,
        until__gt=moment,
        closed_at__isnull=True,
    )
    return _open(rows).values("case_id")


def _grant(who: Who, section: Section | None) -> QuerySet[Any]:
    day = today()
    rows = _open(
        Grant.objects.filter(user_id=who.user_id, valid_from__lte=day, valid_to__gte=day, revoked_at__isnull=True)
    )
    return (rows.filter(sections__contains=[section.value]) if section else rows).values("case_id")


Build = Callable[[Who, Section | None], QuerySet[Any]]
_BRANCHES: dict[Relation, tuple[Build, Callable[[Viewer | Stance], bool]]] = {
    Relation.SELF: (_self, lambda v: v.is_participant),
    Relation.TEAM: (_named, lambda v: v.unit_id is not None),
    Relation.UNIT: (_unit, lambda v: v.unit_id is not None),
    Relation.MUNICIPALITY: (_municipality, lambda v: v.municipality_id is not None),
    Relation.HANDED_OVER: (_handed_over, lambda v: v.unit_id is not None),
    Relation.OVERRIDE: (_override, lambda v: v.user_id is not None and v.unit_id is not None),
    Relation.GRANT: (_grant, lambda v: v.user_id is not None),
}
"""How each branch is built, and for whom the relation can hold at all."""


_STAND_IN = Who(UUID(int=1), UUID(int=2), UUID(int=3))
_STAND_IN_MOMENT = datetime(1001, 1, 1, 12, tzinfo=UTC)
_SLOTS: dict[UUID | date, str] = {
    _STAND_IN.user_id: "user_id",
    _STAND_IN.unit_id: "unit_id",
    _STAND_IN.municipality_id: "municipality_id",
    _STAND_IN_MOMENT: "moment",
    _STAND_IN_MOMENT.date(): "day",
}
"""Values that stand in for a viewer and a moment while a branch is written, and are found again afterwards."""


@dataclass(frozen=True)
class Written:
    """A branch as SQL with its values; ``slots`` tells which values belong to the viewer and the moment."""

    sql: str
    values: tuple[Any, ...]
    slots: tuple[str, ...]

    def filled(self, viewer: Viewer | Stance) -> list[Any]:
        """The values for a viewer now; for a stance, the places where they are to stand."""
        known = slots_of(viewer)
        return [known[slot] if slot else value for slot, value in zip(self.slots, self.values, strict=True)]


@dataclass(frozen=True)
class Stance:
    """A viewer without values, for SQL that is written once for all who stand alike (``core.prepared``)."""

    is_participant: bool
    has_user: bool
    has_unit: bool
    has_municipality: bool

    @classmethod
    def of(cls, viewer: Viewer) -> Stance:
        has = [value is not None for value in (viewer.user_id, viewer.unit_id, viewer.municipality_id)]
        return cls(viewer.is_participant, *has)

    @property
    def user_id(self) -> Any:
        return Slot("user_id") if self.has_user else None

    @property
    def unit_id(self) -> Any:
        return Slot("unit_id") if self.has_unit else None

    @property
    def municipality_id(self) -> Any:
        return Slot("municipality_id") if self.has_municipality else None


def slots_of(viewer: Viewer | Stance) -> dict[str, Any]:
    """What of a viewer and of now the branches depend on, by the names of their slots."""
    is_stance = isinstance(viewer, Stance)
    return {
        "user_id": viewer.user_id,
        "unit_id": viewer.unit_id,
        "municipality_id": viewer.municipality_id,
        "moment": Slot("moment") if is_stance else now(),
        "day": Slot("day") if is_stance else today(),
    }


@functools.cache
def _written(relation: Relation, section: Section | None) -> Written:
    """The branch of a relation, written once for the life of the program."""
    build, _can_hold = _BRANCHES[relation]
    with at(_STAND_IN_MOMENT):
        sql, values = build(_STAND_IN, section).order_by().query.sql_with_params()
    slots = tuple(_SLOTS.get(value, "") if isinstance(value, (UUID, date)) else "" for value in values)
    return Written(sql, tuple(values), slots)


def branch(viewer: Viewer | Stance, relation: Relation, section: Section | None = None) -> Written | None:
    """The branch for a relation; none where the relation cannot hold for the viewer."""
    _build, can_hold = _BRANCHES[relation]
    if not can_hold(viewer):
        return None
    return _written(relation, section if relation is Relation.GRANT else None)


def case_keys(viewer: Viewer | Stance, relations: Iterable[Relation], section: Section | None = None) -> RawSQL:
    """Keys of the cases where the viewer stands in one of the relations, for ``…__in``."""
    found = [one for relation in sorted(relations) if (one := branch(viewer, relation, section))]
    if not found:
        return RawSQL("SELECT NULL::uuid WHERE FALSE", ())
    values = [value for one in found for value in one.filled(viewer)]
    return RawSQL(" UNION ALL ".join(f"({one.sql})" for one in found), values)  # noqa: S611 – written by the ORM above


def relations_to(viewer: Viewer, case_id: UUID) -> tuple[Any, dict[Section, frozenset[Relation]]]:
    """The case's row (or none) and, by section, the relations the viewer has to it. One query."""
    asked = []
    for relation in Relation:
        for section in Section if relation is Relation.GRANT else (None,):
            opens = [section] if section else Section
            if any(viewer._cell(s, relation) for s in opens) and branch(viewer, relation, section):
                asked.append((relation, section))
    found = _case_with_relations((Stance.of(viewer), tuple(asked)), case_id=case_id, **slots_of(viewer))
    if not found:
        return None, {}
    return found[0], {section: _held(found[0], section) for section in Section}


@prepared_by_shape
def _case_with_relations(
    shape: tuple[Stance, tuple[tuple[Relation, Section | None], ...]], case_id: UUID, **_slots: Any
) -> QuerySet[Any]:
    """The case, with whether each of the relations holds (``_team``, ``_grant_plan``)."""
    stance, asked = shape
    holds = {
        f"_grant_{section}" if section else f"_{relation}": _holds(stance, found)
        for relation, section in asked
        if (found := branch(stance, relation, section))
    }
    rows = all_cases().select_related("person", "municipality", "owner_unit")
    return rows.filter(pk=case_id).annotate(**holds).order_by()


def _holds(viewer: Viewer | Stance, found: Written) -> RawSQL:
    """Whether the case of the row is in a branch."""
    sql = f'EXISTS(SELECT 1 FROM ({found.sql}) AS held(id) WHERE held.id = "cases_case"."id")'  # noqa: S608 – as above
    return RawSQL(sql, found.filled(viewer), output_field=BooleanField())  # noqa: S611


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
    if reach.section_field:
        if reach.named_in:
            named = Q(**{f"{reach.named_in}__contains": [str(viewer.user_id)]})
            rows = rows.filter(~Q(**{reach.section_field: Section.RESTRICTED.value}) | named)
        # A grant opens its own sections only, and never what rooms have written in a section of their choice.
        opened: dict[Relation, list[str]] = {
            relation: sections
            for relation in Relation
            if relation is not Relation.GRANT and (sections := _opened_by(viewer, relation, right))
        }
        every = _in_cases(viewer, reach.path, frozenset(opened))
        return rows.filter(every, _case_and_section(viewer, reach.path, reach.section_field, opened))
    section = reach.section or Section.IDENTITY
    rows = rows.filter(_in_cases(viewer, reach.path, viewer.relations_with(section, right), section))
    if "cases" in reach.path:  # a person may have had several cases in the municipality; each row comes once
        rows = rows.distinct()
    return rows.filter(**{reach.named: viewer.user_id}) if reach.named else rows


def _opened_by(viewer: Viewer, relation: Relation, right: Right) -> list[str]:
    """The sections that a relation gives the viewer at least ``right`` on."""
    return [section.value for section in Section if relation in viewer.relations_with(section, right)]


def cases_for(stance: Stance, relations: frozenset[Relation]) -> QuerySet[Any]:
    """The cases that relations open, for SQL that is written once; as ``Viewer.scope`` says it for a viewer.

    ``relations`` are those with the right that is asked for (``Viewer.relations_with``); the list's own function takes
    an argument for each of ``slots_of``.
    """
    return all_cases().filter(_in_cases(stance, "pk", relations, Section.IDENTITY))


def _in_cases(viewer: Viewer | Stance, path: str, relations: frozenset[Relation], section: Section | None = None) -> Q:
    """Rows of the cases where the viewer stands in one of the relations."""
    if "cases" in path:
        return Q(**{f"{path}__in": case_keys(viewer, relations, section)})
    town = _whole_municipality(viewer, path) if Relation.MUNICIPALITY in relations else None
    others = relations - {Relation.MUNICIPALITY} if town else relations
    keys = case_keys(viewer, others, section)
    found = Q(_Among(F(path), keys))
    if not town:
        return found
    # The municipality first, so that the keys are looked through only for rows that are not of it; and the few
    # municipalities all these cases lie in, since an «or» cannot be looked up in an index.
    places = f"SELECT %s::uuid UNION ALL SELECT municipality_id FROM cases_case WHERE id = ANY(ARRAY({keys.sql}))"  # noqa: S608
    return Q(_Among(F("municipality"), RawSQL(places, [viewer.municipality_id, *keys.params]))) & (town | found)  # noqa: S611


def _case_and_section(viewer: Viewer, path: str, field: str, opened: dict[Relation, list[str]]) -> Q:
    """Rows whose case the viewer stands in a relation to, of a section that the relation opens."""
    town = _whole_municipality(viewer, path) if Relation.MUNICIPALITY in opened else None
    pairs = [
        (found, opened[relation])
        for relation in sorted(opened)
        if not (town and relation is Relation.MUNICIPALITY) and (found := branch(viewer, relation))
    ]
    allowed = Q(_Pair(F(path), F(field), viewer, pairs)) if pairs else Q(pk__in=[])
    return (town & Q(**{f"{field}__in": opened[Relation.MUNICIPALITY]})) | allowed if town else allowed


def _whole_municipality(viewer: Viewer | Stance, path: str) -> Q | None:
    """The branch of colleagues in the municipality, said of the row's own columns where it has them.

    A large municipality has thousands of cases; naming the municipality lets the database use its index, and those with
    a protected address are few enough to be looked up beside.
    """
    if path not in ("pk", "case") or viewer.municipality_id is None:
        return None
    written = _written_protected()
    values = [
        viewer.municipality_id if slot else value for slot, value in zip(written.slots, written.values, strict=True)
    ]
    protected = RawSQL(written.sql, values)  # noqa: S611 – written by the ORM
    return Q(municipality_id=viewer.municipality_id) & ~Q(**{f"{path}__in": protected})


@functools.cache
def _written_protected() -> Written:
    """The cases of a municipality whose person has a protected address, as SQL with a slot for the municipality."""
    cases = all_cases().filter(municipality_id=_STAND_IN.municipality_id).exclude(person__protection=Protection.NONE)
    sql, values = cases.order_by().values("pk").query.sql_with_params()
    slots = tuple("municipality_id" if value == _STAND_IN.municipality_id else "" for value in values)
    return Written(sql, tuple(values), slots)


class _Among(Func):
    """Whether a case is among keys that the database reads once, before it looks at the rows.

    With a plain «in» it may choose to search the keys anew for every row, since it cannot guess how few they are.
    """

    conditional = True
    output_field: Any = BooleanField()

    def __init__(self, case: Any, keys: RawSQL) -> None:
        super().__init__(case, keys)

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        case, keys = self.get_source_expressions()
        sql, values = compiler.compile(case)
        return f"{sql} = ANY(ARRAY({keys.sql}))", [*values, *keys.params]


class _Pair(Func):
    """Whether a row's case and section are among the pairs that branches and the sections they open make.

    «is true» keeps it a table that is made once and looked up, as above.
    """

    conditional = True
    output_field: Any = BooleanField()

    def __init__(self, case: Any, section: Any, viewer: Viewer, pairs: list[tuple[Written, list[str]]]) -> None:
        super().__init__(case, section)
        self.viewer, self.pairs = viewer, pairs

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (case, case_values), (section, section_values) = map(compiler.compile, self.get_source_expressions())
        one = "SELECT held.id, opened.section FROM ({}) AS held(id), unnest(%s::text[]) AS opened(section)"
        sql = " UNION ALL ".join(one.format(found.sql) for found, _sections in self.pairs)
        values = [value for found, sections in self.pairs for value in (*found.filled(self.viewer), sections)]
        return f"(({case}, {section}) IN ({sql})) IS TRUE", [*case_values, *section_values, *values]
