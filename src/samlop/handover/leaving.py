"""When somebody leaves the unit that takes over after the programme: the receiver is named anew."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from samlop.cases.leaving import Leaver, Work
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.handover.models import Handover
from samlop.people.models import User


def received_by(leaver: Leaver) -> QuerySet[Handover]:
    """Handovers under way that name the person as receiver at the unit. The name is a text; it must be the whole."""
    return Handover.objects.filter(
        receiver_unit=leaver.unit,
        receiver_name__iexact=leaver.user.name,
        completed_at__isnull=True,
        case__status=CaseStatus.ACTIVE,
    )


def cases(leaver: Leaver) -> Iterable[UUID]:
    return received_by(leaver).values_list("case_id", flat=True)


def pass_on(case: Case, leaver: Leaver, heir: User | None) -> Iterable[Entry]:
    """Name who takes over as receiver, or the unit. How the old one is reached is no longer true and is cleared."""
    handover = received_by(leaver).filter(case=case).first()
    if handover is None:
        return []
    handover.receiver_name = heir.name if heir else leaver.unit.name
    handover.receiver_contact = heir.email if heir else ""
    handover.revision += 1
    handover.save()
    data = {"old": leaver.user.name, "who": handover.receiver_name}
    return [Entry(code="handover.passed_on", section=Section.PROGRAMME, case=case, data=data)]


RECEIVER = Work(cases, pass_on)
