"""When NAV last did something for a participant, read from the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from samlop.cases.efforts import nav_contacts
from samlop.cases.models import JournalEntry
from samlop.core.prepared import prepared


def nav_contact_days(case_ids: Collection[UUID], on: date | None = None) -> dict[UUID, date]:
    """The last day each case had contact with NAV (up to ``on``); cases without are left out. One query.

    It is asked of the whole journal, whatever the viewer sees: what is due is the same for everybody, and only the day
    is told. What counts as contact is decided in ``cases.efforts``.
    """
    return dict(_last_contacts(case_ids, on or date.max))


@prepared
def _last_contacts(cases: Collection[UUID], until: date) -> QuerySet[JournalEntry, tuple[UUID, date]]:
    entries = JournalEntry.objects.filter(case_id__among=cases, happened_on__lte=until)
    last = nav_contacts(entries).order_by().values("case_id").annotate(last=Max("happened_on"))
    return last.values_list("case_id", "last")
