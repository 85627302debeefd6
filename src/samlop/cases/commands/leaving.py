"""Somebody leaves a unit: every open case gets somebody else on the same day, or nothing is changed at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.leaving import (
    AT_UNIT,
    WORK,
    Leaver,
    Succession,
    deputy_places,
    heir_at_unit,
    successions,
    unit_successions,
)
from samlop.cases.models import Case, TeamMember
from samlop.cases.notes import Orphaned, orphaned, orphaned_in_ended, places_in_ended
from samlop.cases.registration import place_data
from samlop.cases.team import split
from samlop.cases.vocabulary import TeamFunction
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.organisation import note
from samlop.core.periods import in_force
from samlop.core.rights import Permission, Section
from samlop.core.time import today
from samlop.people.models import Membership, Unit, User
from samlop.people.staff import managed_membership, still_works_at


@command(permission=Permission.MANAGE_UNITS)
def end_membership(
    *,
    membership: UUID,
    last_day: date,
    holders: Mapping[UUID, UUID | None] | None = None,
    readers: Mapping[UUID, UUID | None] | None = None,
    at_unit: Mapping[UUID, UUID | None] | None = None,
    by: Viewer,
) -> Membership:
    """Set the last day of a colleague at a unit, also one that lies ahead.

    Each open case where the person has a place at the unit gets a new holder from the day after: whom ``holders`` says
    (case → user), else the deputy, else the unit's leader. The same one takes over what the person answers for there by
    name (``leaving.WORK``); what is about no case (``leaving.AT_UNIT``) goes to whom ``at_unit`` says (its key → user),
    else the person's deputy or the unit's leader. A note for named persons that nobody else could read gets the reader
    that ``readers`` says (case → user), else the one who takes over the case. In ended cases the unit stands on without
    a name. All or nothing, with an entry in every case. Where the person keeps another role at the unit, the places
    stay.

    Raises ``Refused``: ``not_found``, ``before_start``, ``too_early``, ``nobody_left`` where a person with a protected
    address would have nobody who can open the case, ``missing_reader`` where a note would have nobody who can read it.
    """
    row = managed_membership(by, membership)
    if row is None:
        raise not_found()
    _check_day(row, last_day)
    entries = []
    if not still_works_at(row, last_day):
        entries = _hand_over(row, last_day, holders or {}, readers or {})
        taken = {one.held.key: one.heir for one in unit_successions(row, last_day, at_unit)}
        for work in AT_UNIT:
            work.pass_on(Leaver(row.user, row.unit, last_day), taken, by)
    row.valid_to = last_day
    row.save()
    Membership.objects.filter(unit_id=row.unit_id, deputy_id=row.user_id).update(deputy=None)
    # Without the number of cases: some of them may be known to those named only.
    data = {"who": row.user.name, "unit": row.unit.name, "last_day": last_day.isoformat()}
    note(by, "people.member_left", data)
    return done(row, *entries)


def _check_day(row: Membership, last_day: date) -> None:
    if last_day < row.valid_from:
        raise Refused("before_start", _("Siste dag kan ikke være før personen begynte."), "last_day")
    if last_day < today() - timedelta(days=1):
        # The past is not rewritten: what was done until today was done in the role.
        raise Refused("too_early", _("Siste dag kan ikke være tidligere enn i går."), "last_day")
    if row.valid_to is not None and last_day > row.valid_to:
        raise Refused("too_late", _("Rollen slutter allerede før denne dagen."), "last_day")


def _hand_over(
    row: Membership, last_day: date, holders: Mapping[UUID, UUID | None], readers: Mapping[UUID, UUID | None]
) -> list[Entry]:
    found = successions(row, last_day, holders)
    stepping_back = deputy_places(row, last_day)
    leaver = Leaver(row.user, row.unit, last_day)
    working = {key for work in WORK for key in work.cases(leaver)}
    heirs = {one.place.case_id: one.heir for one in reversed(found)}
    unread = orphaned(leaver, heirs)
    cases = {one.case_id for one in [*(s.place for s in found), *stepping_back]} | working
    ended = places_in_ended(leaver)
    cases |= {one.case.pk for one in unread} | ended.keys()
    # In the order of their keys, as everybody who locks several does.
    locked = {case.pk: case for case in Case.objects.select_for_update().filter(pk__in=cases).order_by("pk")}
    first_day = last_day + timedelta(days=1)
    entries = [_succeed(one, locked[one.place.case_id], first_day) for one in found]
    for place in stepping_back:
        fresh = TeamMember.objects.get(pk=place.pk)
        if fresh.deputy_id == row.user_id and (fresh.valid_to is None or fresh.valid_to > last_day):
            split(fresh, first_day, deputy=None)
    unread += orphaned_in_ended(leaver, row.deputy_id, ended)
    by_case = {one.case.pk: (one, _reader(one, readers)) for one in unread}
    usual = heir_at_unit(row, last_day) if ended else None
    for key, places in ended.items():
        entries += _leave_ended(leaver, places, locked[key], by_case.get(key), usual)
    entries += [_give_reader(one, locked[key], reader) for key, (one, reader) in by_case.items()]
    for key in sorted(working & locked.keys()):
        heir = heirs[key] if key in heirs else _at_the_unit(key, leaver)
        entries += [entry for work in WORK for entry in work.pass_on(locked[key], leaver, heir)]
    return entries


def _reader(one: Orphaned, readers: Mapping[UUID, UUID | None]) -> User:
    """Whom the leader chose to read the notes of a case, else the proposed one. Refuses ``missing_reader``."""
    chosen = readers.get(one.case.pk)
    reader = one.possible.get(chosen) if chosen else one.proposed
    if reader is None:
        raise Refused(
            "missing_reader",
            _("Et notat for navngitte personer får ingen som kan lese det. Velg en i saksteamet som skal lese det."),
            "readers",
        )
    return reader


def _give_reader(one: Orphaned, case: Case, reader: User) -> Entry:
    """Name a new reader of notes that nobody could read any more; told to those who can read them only."""
    everyone = {str(reader.pk)}
    for row in one.notes:
        everyone |= {str(key) for key in row.readers.values_list("pk", flat=True)}
        row.readers.add(reader)
    data = {"readers": sorted(everyone), "who": reader.name}
    return Entry(code="notes.reader_named", section=Section.RESTRICTED, case=case, data=data)


def _leave_ended(
    leaver: Leaver,
    places: list[TeamMember],
    case: Case,
    unread: tuple[Orphaned, User] | None,
    usual: User | None,
) -> list[Entry]:
    """End the places in an ended case, so that whoever comes back to the unit one day does not read on (decision 0042).

    The place goes to the new reader of its notes where that is somebody of the unit who is not in the team, else to its
    deputy, else – only where nobody but those named can open the case – to who takes over at the unit. Otherwise the
    unit stands on without a name.
    """
    first_day = leaver.last_day + timedelta(days=1)
    own = [place for place in places if place.user_id == leaver.user.pk]
    orphan, reader = unread or (None, None)
    home = orphan.newcomers.get(reader.pk) if orphan and reader else None
    takes = reader if own and home == leaver.unit else None
    entries = []
    if home is not None and reader is not None and takes is None:
        entries.append(_name_in_ended(case, home, reader, first_day))
    for place in own:
        heir = takes or place.deputy or (usual if place.case.person.is_protected else None)
        entries.append(_succeed(Succession(place, heir), case, first_day))
    for place in places:
        if place not in own:
            split(place, first_day, deputy=None)
    return entries


def _name_in_ended(case: Case, unit: Unit, user: User, first_day: date) -> Entry:
    """Name somebody in the team of an ended case, so that its notes can be found when the participant asks for them."""
    place = TeamMember.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        unit=unit,
        user=user,
        function=TeamFunction.OTHER,
        valid_from=first_day,
    )
    data = place_data(place) | {"from": first_day.isoformat()}
    return Entry(code="team.joined", section=Section.IDENTITY, case=case, data=data)


def _at_the_unit(case_id: UUID, leaver: Leaver) -> User | None:
    """Who has a place of the unit in a case where the one who leaves has none, the day after."""
    first_day = leaver.last_day + timedelta(days=1)
    rows = TeamMember.objects.filter(
        in_force(first_day), case_id=case_id, unit_id=leaver.unit.pk, user__isnull=False, user__is_active=True
    )
    place = rows.exclude(user=leaver.user).select_related("user").order_by("valid_from", "pk").first()
    return place.user if place else None


def _succeed(one: Succession, case: Case, first_day: date) -> Entry:
    place, heir = one.place, one.heir
    old = place_data(place)
    if heir is None and place.case.person.is_protected and not _others_named(place, first_day):
        raise Refused(
            "nobody_left",
            _("Enheten har ingen leder som kan ta over alle sakene. Gi enheten en leder først."),
            "last_day",
        )
    taken = _already_has(place, heir.pk, first_day) if heir else None
    if taken is not None:
        # The heir has a place of the same kind already: this one ends, and the other carries on what it answered for.
        _end(place, first_day)
        changed = split(taken, first_day, is_editor=True) if place.is_editor and not taken.is_editor else taken
    else:
        deputy = None if heir is not None and place.deputy_id == heir.pk else place.deputy
        changed = split(place, first_day, user=heir, deputy=deputy if heir else None)
    data: dict[str, Any] = {"old": old, "new": place_data(changed), "from": first_day.isoformat()}
    return Entry(code="team.took_over", section=Section.IDENTITY, case=case, data=data)


def _others_named(place: TeamMember, day: date) -> bool:
    rows = TeamMember.objects.filter(case_id=place.case_id, user__isnull=False).exclude(pk=place.pk)
    return any(row.valid_from <= day and (row.valid_to is None or row.valid_to >= day) for row in rows)


def _already_has(place: TeamMember, user_id: UUID, day: date) -> TeamMember | None:
    rows = TeamMember.objects.filter(
        case_id=place.case_id, unit_id=place.unit_id, user_id=user_id, function=place.function
    )
    return next((row for row in rows if row.valid_to is None or row.valid_to >= day), None)


def _end(place: TeamMember, first_day: date) -> None:
    if place.valid_from >= first_day:
        place.delete()
        return
    place.valid_to = first_day - timedelta(days=1)
    place.save()
