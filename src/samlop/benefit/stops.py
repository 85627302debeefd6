"""Signed decisions on stopping a programme, as the benefit reads them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from samlop.benefit.asking import Ask
from samlop.law.dates import ONE_DAY, Period
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision


def signed_stops() -> QuerySet[Decision]:
    """Signed decisions on stopping, those replaced by another signed one left out."""
    signed = Decision.objects.filter(kind=DecisionKind.STOP, signed_at__isnull=False)
    return signed.exclude(replaced_by__signed_at__isnull=False)


@dataclass
class Stops:
    """The first day of each permanent stop, and the days of the temporary ones, both included."""

    permanent: dict[UUID, date]
    temporary: dict[UUID, list[Period]]

    @classmethod
    def read(cls, case_ids: Collection[UUID]) -> Stops:
        """The stops of some cases. One query."""
        found = cls({}, defaultdict(list))
        rows = signed_stops().filter(case_id__in=case_ids).order_by("signed_at", "pk")
        for key, data in rows.values_list("case_id", "data"):
            first = date.fromisoformat(data["first_day"])
            if data["mode"] == "permanent":
                found.permanent[key] = min(first, found.permanent.get(key, first))
            else:
                found.temporary[key].append(Period(first, date.fromisoformat(data["last_day"])))
        return found

    def last_day(self, key: UUID) -> date | None:
        """The last day before a permanent stop."""
        first = self.permanent.get(key)
        return None if first is None else first - ONE_DAY

    def asks(self, key: UUID, inside: Period) -> list[Ask]:
        """The law says nothing of the benefit in a temporary stop: a person decides about each."""
        stops = (one for one in self.temporary.get(key, ()) if one.first <= inside.last and one.last >= inside.first)
        return [Ask("stopped", f"{one.first.isoformat()}:{one.last.isoformat()}") for one in stops]
