"""When NAV last did something for a participant, read from the journal."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Max

from samlop.cases.efforts import nav_contacts
from samlop.cases.models import JournalEntry


def nav_contact_days(case_ids: Collection[UUID], on: date | None = None) -> dict[UUID, date]:
    """The last day each case had contact with NAV (up to ``on``); cases without are left out. One query.

    What contact is, stands in ``cases.efforts``. It is asked of the whole journal,
    whatever the viewer sees: what is due is the same for everybody, and only the day is told.
    """
    entries = nav_contacts(JournalEntry.objects.filter(case_id__in=case_ids))
    if on is not None:
        entries = entries.filter(happened_on__lte=on)
    return dict(entries.order_by().values("case_id").annotate(last=Max("happened_on")).values_list("case_id", "last"))
