"""The participant moves: the new municipality takes over what it may have, the old keeps a trail that is only read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases import duplicates
from samlop.cases.models import Case
from samlop.cases.moving import carried, handed_over
from samlop.cases.registration import NumberTaken, Place, opening, save
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.people.models import Person, Unit, User
from samlop.people.numbers import refuse_number_in
from samlop.people.staff import OWNERS, open_units, works_at
from samlop.people.vocabulary import Protection


@command(section=Section.IDENTITY, right=Right.MANAGE)
def move_case(*, case: Any, to_unit: Unit, reason: str, receiver: User | None = None, by: Viewer) -> Case:
    """Move an open case to a unit in another municipality; the new case, which continues the old.

    A new person is made there (each municipality has its own register), or the one they know from before gets a new
    case. The team is the unit alone: it chooses who it will be. With a protected address ``receiver`` must be named,
    because nobody else could open the case. What the new municipality knows already is never told here.

    Raises ``Refused``: ``unknown_unit``, ``missing_reason``, ``missing_receiver``, ``not_at_unit``.
    """
    if not case.is_open:
        raise Refused("no_writing_closed", _("Bare en åpen sak kan flyttes."))
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("missing_reason", _("Skriv hvorfor deltakeren flytter. Det står i tidslinjen."), "reason")
    refuse_number_in(reason, "reason")
    _check_receiver(case, to_unit, receiver)
    old: Case = case
    new = _arrive(old, to_unit, receiver)
    old.status, old.closed_at = CaseStatus.MOVED, now()
    old.save()
    there = str(to_unit.municipality)
    entries = [
        Entry(
            code="case.moved_out",
            section=Section.IDENTITY,
            case=old,
            data={"municipality": there, "unit": to_unit.name, "reason": reason},
        ),
        *new.entries,
        Entry(
            code="case.moved_in",
            section=Section.IDENTITY,
            case=new.case,
            data={"municipality": str(old.municipality), "from": str(old.pk)},
        ),
        *carried(old, new.case, by),
    ]
    return done(new.case, *entries)


def _check_receiver(case: Case, to_unit: Unit, receiver: User | None) -> None:
    possible = open_units().filter(pk=to_unit.pk, kind__in=OWNERS, municipality__isnull=False)
    if not possible.exclude(municipality_id=case.municipality_id).exists():
        raise Refused("unknown_unit", _("Velg en enhet i den kommunen deltakeren flytter til."), "to_unit")
    if receiver is not None and not works_at(receiver.pk, to_unit.pk):
        raise Refused("not_at_unit", _("Personen arbeider ikke i enheten nå. Velg en annen."), "receiver")
    if case.person.is_protected and receiver is None:
        raise Refused(
            "missing_receiver",
            _("Deltakeren har adressebeskyttelse. Avtal med enheten hvem som skal ta imot, og velg den personen."),
            "receiver",
        )


def _protect(known: Person, protection: str) -> None:
    """Somebody they know from before is protected as in the municipality they come from; never less than they were."""
    if protection == Protection.STRICTLY_CONFIDENTIAL or not known.is_protected:
        known.protection = protection
        known.save()


def _arrive(old: Case, to_unit: Unit, receiver: User | None) -> Any:
    """Make the case there. Somebody they know from before is found by number alone; what is open there is not told."""
    details = handed_over(old)
    municipality_id = to_unit.municipality_id
    assert municipality_id is not None  # see _check_receiver
    matches = duplicates.known(municipality_id, details).matches(details)
    by_number = [match for match in matches if match.by_number]
    known = _without_open_case(by_number)
    if known is not None:
        _protect(known, details.protection)
    place = Place(to_unit, receiver, function=TeamFunction.MAIN_CONTACT, is_editor=True)
    made = opening(
        details,
        owner_unit=to_unit,
        places=[place],
        how="moved",
        disputed=bool(by_number),
        continues=old,
        person=known,
    )
    if known is None:
        made.case.person.user = old.person.user
    elif known.user_id is None:
        known.user = old.person.user
        known.save()
    try:
        save([made])
    except NumberTaken:
        raise Refused("changed_meanwhile", _("Noe ble endret samtidig. Prøv igjen.")) from None
    if known is None:
        made.entries += duplicates.note_suspicions(made.case, by_number)
    return made


def _without_open_case(matches: list[duplicates.Match]) -> Person | None:
    """The one known person, if they have no open case there."""
    if len(matches) != 1:
        return None
    return Person.objects.filter(pk=matches[0].person_id).exclude(cases__status=CaseStatus.ACTIVE).first()
