"""Who can be named as reader of a note, and which notes nobody could read when somebody leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from samlop.access.policy import Relation, policy
from samlop.cases.leaving import Leaver
from samlop.cases.models import Case, RestrictedNote, TeamMember
from samlop.cases.vocabulary import CaseStatus
from samlop.core.periods import in_force
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.models import Membership, User
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

    Neither text, author nor number is told: only that a reader must be named.
    """

    case: Case
    notes: list[RestrictedNote]
    possible: dict[UUID, User]
    proposed: User | None


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
