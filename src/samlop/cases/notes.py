"""Who can be named as reader of a note, and which notes nobody could read when somebody leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from samlop.access.policy import Relation, policy
from samlop.cases.leaving import Leaver
from samlop.cases.models import Case, RestrictedNote, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.periods import in_force
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import Membership, Unit, User
from samlop.people.staff import LEADERS
from samlop.people.vocabulary import Role


def possible_readers(case: Case) -> list[User]:
    """Those named in the team today, in a role that may be given notes. Two queries."""
    day = today()
    places = [
        place
        for place in case.team.all()
        if place.valid_from <= day and (place.valid_to is None or place.valid_to >= day)
    ]
    at_units = {(user_id, place.unit_id) for place in places for user_id in (place.user_id, place.deputy_id) if user_id}
    rows = Membership.objects.filter(user_id__in=[user for user, _unit in at_units], user__is_active=True)
    found = {
        row.user_id: row.user
        for row in rows.select_related("user").order_by("user__name", "pk")
        if (row.user_id, row.unit_id) in at_units
        and row.valid_from <= day
        and (row.valid_to is None or row.valid_to >= day)
        and _may_read(row)
    }
    return list(found.values())


def _may_read(membership: Membership) -> bool:
    """Whether the role can be given notes by name."""
    return policy().right(Role(membership.role), Section.RESTRICTED, Relation.TEAM) >= Right.SEE


@dataclass(frozen=True)
class Orphaned:
    """Notes of a case that nobody could read after somebody has left: who could, and who is proposed.

    Neither text, author nor number is told: only that a reader must be named. ``newcomers`` are those possible who are
    not in the team of an ended case, with the unit they would be named for.
    """

    case: Case
    notes: list[RestrictedNote]
    possible: dict[UUID, User]
    proposed: User | None
    newcomers: dict[UUID, Unit] = field(default_factory=dict)


def orphaned(leaver: Leaver, heirs: Mapping[UUID, User | None]) -> list[Orphaned]:
    """The open cases where the one who leaves is the last who can read a note. ``heirs`` (case → user) take over the
    places there. A fixed number of queries."""
    rows = RestrictedNote.objects.filter(readers=leaver.user, case__status=CaseStatus.ACTIVE)
    rows = rows.select_related("case__person").prefetch_related("readers").order_by("case__person__sort_key", "pk")
    notes: dict[UUID, list[RestrictedNote]] = defaultdict(list)
    for note in rows:
        notes[note.case_id].append(note)
    possible = _readers_after(notes, leaver, heirs)
    found = []
    for key, held in notes.items():
        there = possible.get(key, {})
        left = [note for note in held if not any(reader.pk in there for reader in note.readers.all())]
        if left:
            heir = heirs.get(key)
            found.append(Orphaned(left[0].case, left, there, heir if heir and heir.pk in there else None))
    return found


def _readers_after(
    case_ids: Collection[UUID], leaver: Leaver, heirs: Mapping[UUID, User | None]
) -> dict[UUID, dict[UUID, User]]:
    """Those named in each team the day after, in a role that may be given notes, by name. Two queries."""
    day: date = leaver.last_day + timedelta(days=1)
    places = TeamMember.objects.filter(in_force(day), case_id__in=case_ids)
    named = {
        (case_id, user_id, unit_id)
        for case_id, unit_id, *people in places.values_list("case_id", "unit_id", "user_id", "deputy_id")
        for user_id in people
        if user_id is not None and (user_id, unit_id) != (leaver.user.pk, leaver.unit.pk)
    }
    named |= {(key, heir.pk, leaver.unit.pk) for key, heir in heirs.items() if heir is not None and key in case_ids}
    rows = Membership.objects.filter(
        in_force(day), user_id__in={user_id for _case, user_id, _unit in named}, user__is_active=True
    )
    able = {(row.user_id, row.unit_id): row.user for row in rows.select_related("user") if _may_read(row)}
    found: dict[UUID, dict[UUID, User]] = defaultdict(dict)
    for case_id, user_id, unit_id in sorted(named, key=str):
        if (user_id, unit_id) in able:
            found[case_id][user_id] = able[user_id, unit_id]
    return found


def places_in_ended(leaver: Leaver) -> dict[UUID, list[TeamMember]]:
    """The places of the one who leaves in ended cases, by case. One query."""
    named = Q(user=leaver.user) | Q(deputy=leaver.user)
    goes_on = Q(valid_to__isnull=True) | Q(valid_to__gt=leaver.last_day)
    rows = TeamMember.objects.filter(named, goes_on, unit=leaver.unit).exclude(case__status=CaseStatus.ACTIVE)
    found: dict[UUID, list[TeamMember]] = defaultdict(list)
    for place in rows.select_related("case__person", "unit", "user", "deputy").order_by("case_id", "pk"):
        found[place.case_id].append(place)
    return found


def orphaned_in_ended(leaver: Leaver, deputy_id: UUID | None, case_ids: Collection[UUID]) -> list[Orphaned]:
    """The ended cases among ``case_ids`` where the one who leaves is the last who can read a note.

    The team of an ended case stands still, so that besides those named in it somebody of the unit can be named, or the
    leader of the unit that owns the case; the person's own deputy is proposed, else the leader. A fixed number of
    queries, none where there is no such case.
    """
    if not case_ids:
        return []
    rows = RestrictedNote.objects.filter(readers=leaver.user, case_id__in=case_ids).select_related("case__person")
    notes: dict[UUID, list[RestrictedNote]] = defaultdict(list)
    for note in rows.prefetch_related("readers").order_by("case__person__sort_key", "pk"):
        notes[note.case_id].append(note)
    named = _readers_after(notes, leaver, {})
    left = {key: [n for n in held if not any(r.pk in named.get(key, {}) for r in n.readers.all())]
            for key, held in notes.items()}  # fmt: skip
    left = {key: held for key, held in left.items() if held}
    colleagues = _could_be_named(leaver, {held[0].case.owner_unit_id for held in left.values()})
    found = []
    for key, held in left.items():
        case = held[0].case
        newcomers = [row for row in colleagues if row.unit_id in (leaver.unit.pk, case.owner_unit_id)]
        possible = named.get(key, {}) | {row.user_id: row.user for row in newcomers}
        asked = [row for row in newcomers if row.user_id == deputy_id] + [r for r in newcomers if r.role in LEADERS]
        found.append(
            Orphaned(
                case,
                held,
                possible,
                asked[0].user if asked else None,
                {row.user_id: row.unit for row in newcomers if row.user_id not in named.get(key, {})},
            )
        )
    return found


def _could_be_named(leaver: Leaver, owners: Collection[UUID]) -> list[Membership]:
    """Those at the unit the day after, and the leaders of the units that own the cases, in a role that may be given
    notes: the unit's own first. One query, none where there is no case."""
    if not owners:
        return []
    rows = Membership.objects.filter(
        Q(unit=leaver.unit) | Q(unit__in=owners, role__in=LEADERS),
        in_force(leaver.last_day + timedelta(days=1)),
        user__is_active=True,
    )
    rows = rows.exclude(user=leaver.user).select_related("user", "unit").order_by("user__name", "pk")
    return sorted((row for row in rows if _may_read(row)), key=lambda row: row.unit_id != leaver.unit.pk)
