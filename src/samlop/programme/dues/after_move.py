"""What the municipality that a participant left still has to finish of its own decisions and their complaints."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samlop.cases.after_move import moved_on
from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.templatetags.samlop import day
from samlop.programme.courses import courses_of
from samlop.programme.dues import decided
from samlop.programme.dues.known import known
from samlop.programme.models import Complaint, Decision, DecisionStatus, Outcome, Reconsideration


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """Drafts to sign, decisions to hand over and register, complaints to answer, in cases that are moved.

    Four queries, and one where a draft waits for a signature. How the programme goes on is the new municipality's.
    """
    return [
        told_of_move(caseload, item) for one in known(caseload, courses_of(caseload), on) for item in decided.items(one)
    ]


def told_of_move(caseload: Caseload, item: DueItem) -> DueItem:
    """The line with the day of the move in its reason: the case is closed, and whoever reads it asks why it is here."""
    moved = moved_on(caseload.cases[item.case_id])
    told = _("Deltakeren flyttet %(day)s.") % {"day": day(moved)}
    return replace(item, why=f"{item.why} {told}")


def waiting(cases: Collection[UUID]) -> set[UUID]:
    """Of moved cases, those with something of theirs that is not finished. Two queries."""
    return {*_unfinished(cases), *_complained_on(cases)}


@prepared
def _unfinished(cases: Collection[UUID]) -> QuerySet[Decision, UUID]:
    """Cases with a draft, or a decision that is not handed over, received or registered."""
    to_tell = Q(received_on__isnull=True) | Q(registered_on__isnull=True, kind__in=decided.REGISTERED)
    signed = Q(status=DecisionStatus.SIGNED, before_samlop=False)
    rows = Decision.objects.filter(Q(status=DecisionStatus.DRAFT) | signed & to_tell, case_id__among=cases)
    return rows.values_list("case_id", flat=True)


@prepared
def _complained_on(cases: Collection[UUID]) -> QuerySet[Complaint, UUID]:
    """Cases with a complaint that is not answered, not sent on, or led to a change."""
    upheld = Q(reconsideration=Reconsideration.UPHELD, sent_on__isnull=True)
    again = Q(reconsideration=Reconsideration.CHANGED) | Q(outcome__in=[Outcome.CHANGED, Outcome.REPEALED])
    rows = Complaint.objects.filter(Q(reconsidered_on__isnull=True) | upheld | again, case_id__among=cases)
    return rows.values_list("case_id", flat=True)
