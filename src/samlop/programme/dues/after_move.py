"""What the municipality that a participant left still has to finish of its own decisions and their complaints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from samlop.cases.after_move import moved_on
from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.templatetags.samlop import day
from samlop.programme.courses import courses_of
from samlop.programme.dues import decided
from samlop.programme.dues.known import known
from samlop.programme.models import Complaint, Decision, DecisionStatus


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


def waiting() -> Q:
    """Cases with a draft, a decision that is not handed over, received or registered, or a complaint under way."""
    return Q(*_exists(), _connector=Q.OR)


def _exists() -> Iterator[Exists]:
    ours = Decision.objects.filter(case=OuterRef("pk"))
    yield Exists(ours.filter(status=DecisionStatus.DRAFT))
    signed = ours.filter(status=DecisionStatus.SIGNED, before_samlop=False)
    unregistered = Q(registered_on__isnull=True, kind__in=decided.REGISTERED)
    yield Exists(signed.filter(Q(received_on__isnull=True) | unregistered))
    yield Exists(Complaint.objects.filter(case=OuterRef("pk")))
