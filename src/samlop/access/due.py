"""What access leaves for somebody to do: objections for the plan editor, emergency access for the leader to control."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.access.models import Objection, Override
from samlop.core.due import DueItem

DAYS_TO_ANSWER = 14
DAYS_TO_CONTROL = 7


class Cases(Protocol):
    """What is needed of ``cases.caseload.Caseload``, which lives one floor up."""

    @property
    def ids(self) -> list[UUID]: ...
    def editor(self, case_id: UUID) -> tuple[UUID | None, UUID | None]: ...
    def main_contact(self, case_id: UUID) -> tuple[UUID | None, UUID | None]: ...


def due_items(caseload: Cases, on: date) -> list[DueItem]:
    """Open objections (two weeks to answer) and emergency access not yet controlled (one week). Two queries."""
    return [*_objections(caseload), *_overrides(caseload)]


def _objections(caseload: Cases) -> list[DueItem]:
    items = []
    for row in Objection.objects.filter(case_id__among=caseload.ids, settled_at__isnull=True):
        unit, user = caseload.editor(row.case_id)
        items.append(
            DueItem(
                code="access.objection",
                case_id=row.case_id,
                what=_("Avklar innvending mot hvem som ser hva"),
                why=_("Deltakeren har sagt imot (personvernforordningen artikkel 21)"),
                due_on=row.made_at.date() + timedelta(days=DAYS_TO_ANSWER),
                unit_id=unit,
                user_id=user,
                action=_("Svar deltakeren"),
                url=reverse("access:who_sees", args=[row.case_id]) + "#innvendinger",
            )
        )
    return items


def _overrides(caseload: Cases) -> list[DueItem]:
    items = []
    rows = Override.objects.filter(case_id__among=caseload.ids, reviewed_at__isnull=True).select_related("user")
    for row in rows:
        unit, user = caseload.main_contact(row.case_id)
        items.append(
            DueItem(
                code="access.override",
                case_id=row.case_id,
                what=_("Nødtilgang er brukt av %(who)s") % {"who": row.user.name},
                why=_("Nødtilgang skal alltid kontrolleres av en leder: «%(reason)s»") % {"reason": row.reason},
                due_on=row.since.date() + timedelta(days=DAYS_TO_CONTROL),
                unit_id=unit,
                user_id=user,
                action=_("Se hvem som har lest"),
                url=reverse("access:who_sees", args=[row.case_id]),
            )
        )
    return items
