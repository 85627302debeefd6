"""What access leaves for somebody to do: objections for the plan editor, emergency access for the leader to control."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.access.models import Objection, Override
from samlop.core.due import DueItem
from samlop.core.prepared import prepared

DAYS_TO_ANSWER = 14
DAYS_TO_CONTROL = 0
"""An alarm is seen the day it goes off, and stands as overdue until a leader has looked."""


class Cases(Protocol):
    """What is needed of ``cases.caseload.Caseload``, which lives one floor up."""

    @property
    def ids(self) -> list[UUID]: ...
    def editor(self, case_id: UUID) -> tuple[UUID | None, UUID | None]: ...
    def main_contact(self, case_id: UUID) -> tuple[UUID | None, UUID | None]: ...


def due_items(caseload: Cases, on: date) -> list[DueItem]:
    """Open objections (two weeks to answer) and emergency access not yet controlled (the same day). Two queries."""
    return [*_objections(caseload), *_overrides(caseload)]


@prepared
def _open_objections(cases: Collection[UUID]) -> QuerySet[Objection]:
    return Objection.objects.filter(case_id__among=cases, settled_at__isnull=True)


@prepared
def _overrides_to_control(cases: Collection[UUID]) -> QuerySet[Override]:
    return Override.objects.filter(case_id__among=cases, reviewed_at__isnull=True).select_related("user")


def _objections(caseload: Cases) -> list[DueItem]:
    items = []
    for row in _open_objections(caseload.ids):
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
    for row in _overrides_to_control(caseload.ids):
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
