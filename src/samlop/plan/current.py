"""The plan that holds in a case; the database lets there be one only."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from samlop.core.prepared import prepared
from samlop.plan.models import Plan


def current_plan(case_id: UUID) -> Plan | None:
    """The current plan of a case, or none. One query; who asks has opened the case."""
    return next(iter(_current(case_id)), None)


@prepared
def _current(case: UUID) -> QuerySet[Plan]:
    return Plan.objects.filter(case_id=case, is_current=True)
