"""When NAV last did something for a participant, read from the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q

from samlop.cases.models import JournalEntry
from samlop.cases.vocabulary import EffortKind
from samlop.people.vocabulary import UnitKind


def nav_contact_days(case_ids: Collection[UUID], on: date | None = None) -> dict[UUID, date]:
    """The last day each case had contact with NAV (up to ``on``); cases without are left out. One query.

    Contact is an effort by a unit of NAV, or a triangular talk whoever wrote it down: NAV takes part in it by
    definition. An entry that a later one corrects does not count; the later one may. It is asked of the whole journal,
    whatever the viewer sees: what is due is the same for everybody, and only the day is told.
    """
    by_nav = Q(unit_kind__in=(UnitKind.NAV_STATE, UnitKind.NAV_MUNICIPAL)) | Q(effort=EffortKind.TRIANGULAR_TALK)
    corrected = JournalEntry.objects.filter(case_id=OuterRef("case_id"), corrects=OuterRef("seq"))
    entries = JournalEntry.objects.filter(~Q(effort=""), by_nav, ~Exists(corrected), case_id__in=case_ids)
    if on is not None:
        entries = entries.filter(happened_on__lte=on)
    return dict(entries.order_by().values("case_id").annotate(last=Max("happened_on")).values_list("case_id", "last"))
