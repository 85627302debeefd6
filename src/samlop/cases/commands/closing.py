"""Ending a case and opening it again; settling whether a person was registered twice."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases import closing
from samlop.cases.models import Case, DuplicateSuspicion
from samlop.cases.vocabulary import CaseStatus
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry, gate
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.people.models import PersonIdentifier
from samlop.people.numbers import refuse_number_in


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def close_case(*, case: Any, reason: str, by: Viewer) -> Case:
    """End the case: it can be read, not changed, and nothing is due in it. Raises ``Refused``."""
    if not case.is_open:
        raise Refused("already_closed", _("Saken er allerede avsluttet."))
    reason = _reason(reason)
    closing.end(case)
    return done(case, Entry(code="case.closed", section=Section.PROGRAMME, data={"reason": reason}))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def reopen_case(*, case: Any, reason: str, by: Viewer) -> Case:
    """Open an ended case again. Raises ``Refused``: ``not_closed``, ``has_open_case`` where a newer one is open."""
    if case.status != CaseStatus.ENDED:
        raise Refused("not_closed", _("Bare en avsluttet sak kan åpnes igjen."))
    reason = _reason(reason)
    closing.open_again(case)
    return done(case, Entry(code="case.reopened", section=Section.PROGRAMME, data={"reason": reason}))


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise Refused("missing_reason", _("Skriv hvorfor. Begrunnelsen står i tidslinjen."), "reason")
    refuse_number_in(reason, "reason")
    return reason


@command(section=Section.IDENTITY, right=Right.MANAGE)
def settle_suspicion(*, case: Any, suspicion: UUID, same_person: bool, by: Viewer) -> Case:
    """Say whether a newer registration is about the same person.

    Where it is, the newer case is ended and gives the number back; whoever registered it sees that it was ended, and
    is told the rest by a person. Where it is not, both stand, and the number stays with this case.
    """
    row = DuplicateSuspicion.objects.select_for_update().filter(pk=suspicion, case=case).first()
    if row is None:
        raise not_found()
    if row.settled_at is not None:
        raise Refused("changed_meanwhile", _("Noen andre har allerede avklart dette."))
    row.settled_at, row.settled_by, row.same_person = now(), by.signed_in, same_person
    row.save()
    data = {"same_person": same_person}
    entries = [Entry(code="case.registration_settled", section=Section.IDENTITY, data=data)]
    newer = Case.objects.select_for_update().get(pk=row.newer_id)
    PersonIdentifier.objects.filter(person_id=newer.person_id, disputed=True).delete()
    if same_person and newer.is_open:
        newer.status, newer.closed_at = CaseStatus.ENDED, now()
        newer.save()
        # Who settled it stands in the first case only: the name would say who holds a case that others do not know of.
        told = Entry(code="case.registered_twice", section=Section.IDENTITY)
        gate().record(newer, Viewer.system(_("Kontroll av registreringer")), told)
    return done(case, *entries)
