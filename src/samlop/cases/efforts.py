"""Which journal entries count as effort (innsats) today, and which of them are contact with NAV.

One meaning for everyone: Min dag's alert, Deltakere's column, NAV's effort report and the county's extract read this.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from samlop.cases.models import JournalEntry
from samlop.cases.vocabulary import EffortKind
from samlop.people.vocabulary import UnitKind

IS_EFFORT = ~Q(effort="")
"""Written as the condition of the partial indexes, so that the database can use them."""

BY_NAV = Q(unit_kind=UnitKind.NAV_STATE) | (Q(unit_kind=UnitKind.NAV_MUNICIPAL) & ~Q(unit_id=F("case__owner_unit_id")))
"""By NAV: its state part, or its municipal part where that is not the unit that runs the participant's programme.

Where NAV owns the programme, every talk with the programme adviser would else count as NAV having come in."""

IS_NAV_CONTACT = IS_EFFORT & (BY_NAV | Q(effort=EffortKind.TRIANGULAR_TALK))
"""An effort by NAV, or a triangular talk whoever registered it: NAV takes part in it by definition."""


def standing(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Efforts that stand: an entry that a later one corrects no longer counts – the later one may.

    Give it entries that start from ``viewer.scope(JournalEntry)``. Whether an entry is corrected is asked of the whole
    journal: a correction in a section the viewer does not see still makes the old entry wrong.
    """
    correction = JournalEntry.objects.filter(case_id=OuterRef("case_id"), corrects=OuterRef("seq"))
    return entries.filter(IS_EFFORT).filter(~Exists(correction))


def nav_contacts(entries: QuerySet[Any]) -> QuerySet[Any]:
    """Standing efforts that are contact with NAV (research/002 § 14, item 5)."""
    return standing(entries).filter(IS_NAV_CONTACT)
