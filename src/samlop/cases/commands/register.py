"""Opening a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases import duplicates
from samlop.cases.models import Case
from samlop.cases.registration import Details, NumberTaken, Place, check_owner, checked, opening, save
from samlop.cases.team import check_first_team
from samlop.cases.vocabulary import CaseStatus
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.rights import Permission
from samlop.people.models import Unit


@command(permission=Permission.REGISTER_CASE)
def register_case(
    *,
    details: Details,
    owner_unit: Unit,
    places: Sequence[Place],
    anyway: bool = False,
    same_person: UUID | None = None,
    by: Viewer,
) -> Case:
    """Register a participant and open the case with its team.

    ``anyway``: ``by`` has seen those it may be about and says it is somebody else. ``same_person``: it is one of them,
    who had a case before and gets a new one; what is known of the person stays as it is.

    Raises ``Refused``: ``likely_duplicate`` when ``by`` can see somebody it may be about and has not said which;
    ``number_known`` when the number belongs to somebody ``by`` can see. Somebody whom ``by`` may not know of changes
    nothing in the answer: those who hold that case are told instead.
    """
    check_owner(owner_unit, by)
    details = checked(details)
    municipality = owner_unit.municipality
    assert municipality is not None  # an owner has one, see check_owner
    check_first_team(municipality, places, is_protected=details.is_protected)
    found = duplicates.known(municipality.pk, details).matches(details)
    shown = duplicates.likely(by, municipality.pk, found)
    if same_person:
        return _again(same_person, shown, details, owner_unit, places)
    _refuse_duplicates(shown, anyway=anyway)
    unseen = duplicates.hidden(found, shown)
    try:
        made = opening(
            details,
            owner_unit=owner_unit,
            places=places,
            how="registered",
            disputed=any(match.by_number for match in unseen),
        )
        save([made])
    except NumberTaken:
        raise Refused(
            "changed_meanwhile",
            _("Noen andre registrerte det samme nummeret akkurat nå. Prøv igjen, så ser du hva som er registrert."),
            "number",
        ) from None
    return done(made.case, *made.entries, *duplicates.note_suspicions(made.case, unseen))


def _again(
    same_person: UUID, shown: Sequence[duplicates.Likely], details: Details, owner_unit: Unit, places: Sequence[Place]
) -> Any:
    """A new case for somebody who had one here before."""
    known = next((one for one in shown if one.person.pk == same_person), None)
    if known is None or known.person.cases.filter(status=CaseStatus.ACTIVE).exists():
        raise Refused("has_open_case", _("Deltakeren har allerede en åpen sak. Åpne den i stedet."), "same_person")
    made = opening(details, owner_unit=owner_unit, places=places, how="registered", person=known.person)
    save([made])
    return done(made.case, *made.entries)


def _refuse_duplicates(shown: Sequence[duplicates.Likely], *, anyway: bool) -> None:
    """Say no where the same number is known, and where somebody alike has not been considered."""
    if any(one.match.by_number for one in shown):
        raise Refused(
            "number_known",
            _("Nummeret er allerede registrert på en deltaker i kommunen. Se hvem det er øverst på siden."),
            "number",
        )
    if shown and not anyway:
        raise Refused(
            "likely_duplicate",
            _("Deltakeren kan være registrert fra før. Se på forslagene, og registrer likevel hvis det er en annen."),
        )
