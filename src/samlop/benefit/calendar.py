"""When a month is paid: in the month after, on the day the municipality has set (integreringsloven § 24)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from samlop.benefit.models import PaymentDay
from samlop.core.prepared import prepared
from samlop.law.dates import Month

DEFAULT_DAY = 12
"""The day of the month until the municipality has set its own."""


def month_before(month: Month) -> Month:
    """The calendar month before."""
    last = month.first - timedelta(days=1)
    return Month(last.year, last.month)


def month_after(month: Month) -> Month:
    """The calendar month after."""
    first = month.last + timedelta(days=1)
    return Month(first.year, first.month)


def pay_on(month: Month, day: int) -> date:
    """The day the benefit of a month is paid."""
    return month_after(month).first.replace(day=day)


def payment_days(municipality_ids: Iterable[UUID]) -> dict[UUID, int]:
    """The payment day of each municipality. One query."""
    ids = list(municipality_ids)
    stored = dict(_stored(ids))
    return {key: stored.get(key, DEFAULT_DAY) for key in ids}


@prepared
def _stored(municipalities: Collection[UUID]) -> QuerySet[PaymentDay, tuple[UUID, int]]:
    return PaymentDay.objects.filter(municipality_id__among=municipalities).values_list("municipality_id", "day")


def last_over(today: date) -> Month:
    """The last month that is over: the benefit is paid afterwards, on what attendance shows (§ 24)."""
    return month_before(Month(today.year, today.month))
