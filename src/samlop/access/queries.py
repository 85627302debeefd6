"""What is read about access: who may see a case, who has, emergency access to control, and one's own grants."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from samlop.access.models import Grant, Narrowing, Objection, Override, Reading
from samlop.access.policy import Relation, policy
from samlop.access.scope import team_on
from samlop.access.tokens import TokenViewer, in_force
from samlop.access.viewer import Viewer
from samlop.access.words import RELATION_NAMES, RIGHT_NAMES, SECTION_NAMES
from samlop.core.queries import query
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import add_months, now, today
from samlop.people.models import Membership
from samlop.people.vocabulary import Role


@dataclass(frozen=True)
class Part:
    """One section that somebody may open: the right, the reason from the policy, and when they last did."""

    section: Section
    right: Right
    why: str
    last_opened: datetime | None

    @property
    def name(self) -> Any:
        return SECTION_NAMES[self.section]

    @property
    def right_name(self) -> Any:
        return RIGHT_NAMES[self.right]


@dataclass
class Reader:
    """Somebody who may see something of the case, and how they stand to it."""

    user_id: UUID
    name: str
    role: str
    unit: str
    relation: Relation
    until: date | datetime | None = None
    purpose: str = ""
    parts: list[Part] = field(default_factory=list)

    @property
    def relation_name(self) -> Any:
        return RELATION_NAMES[self.relation]

    @property
    def last_opened(self) -> datetime | None:
        return max((part.last_opened for part in self.parts if part.last_opened), default=None)


@dataclass
class WhoSees:
    """The page *Hvem ser hva*: readers by unit, objections and grants, for one case."""

    readers: list[Reader]
    former: list[dict[str, Any]]
    objections: list[Objection]
    grants: list[Grant]
    to_control: list[Override] = field(default_factory=list)
    """Emergency access that no leader has looked at, for those who can."""

    @property
    def by_unit(self) -> dict[str, list[Reader]]:
        units: dict[str, list[Reader]] = {}
        for reader in self.readers:
            units.setdefault(reader.unit, []).append(reader)
        return units


@query(section=Section.IDENTITY)
def who_sees(viewer: Viewer, case: Any) -> WhoSees:
    """Everybody who may see a part of the case today, which part, why, and when they last opened it."""
    opened = _last_opened(case)
    readers = [*_staff(case, opened), *_systems(case, opened), *_overrides(case, opened), *_grantees(case, opened)]
    current: set[UUID | None] = {reader.user_id for reader in readers}
    return WhoSees(
        readers=readers,
        former=_former(case, current | ({viewer.user_id} if viewer.is_participant else set())),
        objections=list(Objection.objects.filter(case=case).select_related("settled_by").order_by("-made_at")),
        grants=list(Grant.objects.filter(case=case).select_related("user").order_by("-created_at")),
        to_control=_to_control(case) if viewer.may(Permission.SEE_CONTROL_LIST) else [],
    )


def _to_control(case: Any) -> list[Override]:
    rows = Override.objects.filter(case=case, reviewed_at__isnull=True)
    return list(rows.select_related("user").order_by("-since"))


@query(section=Section.IDENTITY)
def reading_log(viewer: Viewer, case: Any) -> QuerySet[Reading]:
    """Every opening of the case by others than the participant, newest first."""
    return Reading.objects.filter(case=case).exclude(role=Role.PARTICIPANT).order_by("-at", "-pk")


def _last_opened(case: Any) -> dict[tuple[UUID, str], datetime]:
    rows = Reading.objects.filter(case=case).values_list("user_id", "section").annotate(last=Max("at"))
    return {(user, section): last for user, section, last in rows}


def _former(case: Any, current: set[UUID | None]) -> list[dict[str, Any]]:
    """People who have opened the case but may not see it now."""
    rows = Reading.objects.filter(case=case).exclude(user_id__in=current).exclude(role=Role.PARTICIPANT)
    return list(rows.values("user_id", "user_name", "unit_name").annotate(last=Max("at")).order_by("-last"))


def _staff(case: Any, opened: dict[tuple[UUID, str], datetime]) -> list[Reader]:
    named: set[tuple[UUID, UUID]] = set()
    units: set[UUID] = set()
    for place in team_on(today()).filter(case_id=case.pk):
        units.add(place.unit_id)
        named |= {(user, place.unit_id) for user in (place.user_id, place.deputy_id) if user}
    readers = []
    for membership in _memberships(case, units, {user for user, _unit in named}):
        relations = _relations(case, membership, named, units)
        reader = _reader(Viewer.acting(membership), relations, opened)
        if reader.parts:
            readers.append(reader)
    order = {Relation.TEAM: 0, Relation.UNIT: 1}
    return sorted(readers, key=lambda reader: (order.get(reader.relation, 2), reader.unit, reader.name))


def _memberships(case: Any, units: set[UUID], users: set[UUID]) -> QuerySet[Any]:
    day = today()
    where = Q(user_id__in=users) & Q(unit_id__in=units)
    if not case.person.is_protected:
        where |= Q(unit_id__in=units) | Q(unit__municipality_id=case.municipality_id)
    return (
        Membership.objects.filter(where)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, user__is_active=True)
        .select_related("user", "unit__municipality")
    )


def _relations(case: Any, membership: Any, named: set[tuple[UUID, UUID]], units: set[UUID]) -> list[Relation]:
    relations = []
    if (membership.user_id, membership.unit_id) in named:
        relations.append(Relation.TEAM)
    if not case.person.is_protected:
        if membership.unit_id in units:
            relations.append(Relation.UNIT)
        if membership.unit.municipality_id == case.municipality_id:
            relations.append(Relation.MUNICIPALITY)
    return relations


def _reader(one: Viewer, relations: list[Relation], opened: dict[tuple[UUID, str], datetime]) -> Reader:
    assert one.user is not None
    assert one.membership is not None
    parts = []
    for section in Section:
        right = one.right(section, relations)
        if right > Right.NONE:
            cell = policy().cells[Role(one.membership.role)].get(section)
            parts.append(Part(section, right, cell.reason if cell else "", opened.get((one.user.pk, section.value))))
    return Reader(
        user_id=one.user.pk,
        name=one.user.name,
        role=one.membership.title or str(one.membership.get_role_display()),
        unit=one.membership.unit.name,
        relation=relations[0] if relations else Relation.MUNICIPALITY,
        parts=parts,
    )


def _systems(case: Any, opened: dict[tuple[UUID, str], datetime]) -> list[Reader]:
    """Other systems that act for a unit of the team; never for a person with a protected address."""
    if case.person.is_protected:
        return []
    units = team_on(today()).filter(case_id=case.pk).values("unit_id")
    rows = in_force(today()).filter(unit__in=units).select_related("user", "unit__municipality").order_by("name")
    found = []
    for row in rows:
        reader = _reader(TokenViewer.of(row), [Relation.UNIT], opened)
        reader.role = _("fagsystem: %(purpose)s") % {"purpose": row.purpose}
        reader.until = row.valid_to
        found.append(reader)
    return [reader for reader in found if reader.parts]


def _overrides(case: Any, opened: dict[tuple[UUID, str], datetime]) -> list[Reader]:
    moment = now()
    active = Override.objects.filter(case=case, until__gt=moment, closed_at__isnull=True).select_related("user", "unit")
    return [
        Reader(
            user_id=row.user_id,
            name=row.user.name,
            role="",
            unit=row.unit.name,
            relation=Relation.OVERRIDE,
            until=row.until,
            purpose=row.reason,
            parts=[
                Part(section, Right.SEE, "", opened.get((row.user_id, section.value)))
                for section in Section
                if section in policy().override
            ],
        )
        for row in active
    ]


def _grantees(case: Any, opened: dict[tuple[UUID, str], datetime]) -> list[Reader]:
    day = today()
    rows = Grant.objects.filter(case=case, valid_from__lte=day, valid_to__gte=day, revoked_at__isnull=True)
    return [
        Reader(
            user_id=row.user_id,
            name=row.user.name,
            role="",
            unit=row.purpose,
            relation=Relation.GRANT,
            until=row.valid_to,
            purpose=row.purpose,
            parts=[Part(Section(s), Right.SEE, "", opened.get((row.user_id, s))) for s in row.sections],
        )
        for row in rows.select_related("user")
        if not case.person.is_protected
    ]


@dataclass(frozen=True)
class Granted:
    """What an employer or a volunteer is told of a person: a name, a purpose and a time."""

    name: str
    purpose: str
    valid_to: date
    contact_name: str
    contact_phone: str


@query(scoped="only the viewer's own valid grants, never of a person with a protected address")
def my_grants(viewer: Viewer) -> list[Granted]:
    """The people who have let the viewer see something, and until when."""
    day = today()
    rows = (
        Grant.objects.filter(user=viewer.signed_in, valid_from__lte=day, valid_to__gte=day, revoked_at__isnull=True)
        .filter(case__person__protection="none", case__status="active")
        .select_related("case__person", "case__owner_unit")
        .order_by("valid_to")
    )
    return [
        Granted(row.case.person.name, row.purpose, row.valid_to, row.case.owner_unit.name, row.case.owner_unit.phone)
        for row in rows
    ]


@query(scoped="viewer.scope(Override), limited to the viewer's municipality")
def control_list(viewer: Viewer, month: date) -> list[Override]:
    """Emergency access taken in the month (given by any day in it) in cases the viewer may see."""
    first = month.replace(day=1)
    rows = viewer.scope(Override).filter(since__date__gte=first, since__date__lt=add_months(first, 1))
    return list(rows.select_related("user", "unit", "case__person", "reviewed_by").order_by("-since"))


@query(scoped="viewer.scope(Reading): openings by colleagues who are not in the team")
def readings_outside_team(viewer: Viewer, month: date) -> list[dict[str, Any]]:
    """How many cases each colleague outside the team opened in the month; many is worth a question."""
    first = month.replace(day=1)
    rows = (
        viewer.scope(Reading)
        .filter(municipality_id=viewer.municipality_id, at__date__gte=first, at__date__lt=add_months(first, 1))
        .exclude(relation__in=[Relation.TEAM, Relation.SELF])
    )
    return list(
        rows.values("user_name", "unit_name", "relation")
        .annotate(cases=Count("case_id", distinct=True), openings=Count("pk"))
        .order_by("-cases", "user_name")[:50]
    )


@query(scoped="own emergency access")
def my_overrides(viewer: Viewer) -> QuerySet[Override]:
    """The viewer's emergency access that is open now."""
    return Override.objects.filter(user=viewer.signed_in, until__gt=now(), closed_at__isnull=True).select_related(
        "case__person"
    )


@dataclass(frozen=True)
class MatrixRow:
    """One role's rights on one section, as the policy has them and as the municipality has narrowed them."""

    section: Any
    why: str
    cells: list[tuple[Any, Any, bool]]


@query(scoped="the policy file and the municipality's own narrowing")
def matrix(viewer: Viewer, role: Role) -> list[MatrixRow]:
    """The policy of one role as a table: section × relation, with the reason."""
    narrowed = {(n.section, n.relation): Right(n.right) for n in viewer.scope(Narrowing).filter(role=role)}
    rows = []
    for section in Section:
        cell = policy().cells[role].get(section)
        if cell is None:
            continue
        cells = []
        for relation in (
            (Relation.SELF,) if role == Role.PARTICIPANT else (Relation.TEAM, Relation.UNIT, Relation.MUNICIPALITY)
        ):
            right = cell.rights.get(relation, Right.NONE)
            own = narrowed.get((section.value, relation.value))
            cells.append(
                (RELATION_NAMES[relation], RIGHT_NAMES[min(right, own) if own is not None else right], own is not None)
            )
        rows.append(MatrixRow(SECTION_NAMES[section], cell.reason, cells))
    return rows


@query(scoped="viewer.scope(Narrowing)")
def narrowings(viewer: Viewer) -> QuerySet[Narrowing]:
    """The cells that the viewer's municipality has made narrower."""
    return viewer.scope(Narrowing).order_by("role", "section")
