"""Absences, rolls and leaves that tests are about, written past the commands."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from samlop.cases.models import Case
from samlop.core.time import OSLO, now
from samlop.core.writing import writing
from samlop.hours.models import Absence, Group, Roll
from samlop.programme.models import Decision
from tests.house import House


def away(
    case: Case, first: date, last: date | None = None, *, code: str = "", hours: str = "", **extra: Any
) -> Absence:
    """An absence that stands; ``hours`` as «2.5»."""
    with writing("test"):
        return Absence.objects.create(
            case=case, first_day=first, last_day=last or first, code=code, told_at=extra.pop("told_at", now()),
            hours=Decimal(hours) if hours else None, **extra,
        )  # fmt: skip


def took_roll(house: House, group: Group, day: date) -> Roll:
    with writing("test"):
        return Roll.objects.create(group=group, day=day, taken_at=now(), taken_by=house.users["teacher"])


def decided_leave(
    case: Case, code: str, first: date, last: date, *, paid: bool = False, granted: bool = True, **extra: Any
) -> Decision:
    """A signed decision on leave."""
    moment = datetime(2026, 8, 1, 12, tzinfo=OSLO)
    data = {"reason": code, "first_day": str(first), "last_day": str(last), "granted": granted, "paid": paid}
    with writing("test"):
        return Decision.objects.create(
            case=case, kind="leave", section="programme", status="signed", data=data, reasons="Søknaden er godtatt",
            prepared_by_name="Adviser", prepared_at=moment, signed_by_name="Leader", signed_at=moment,
            decided_on=moment.date(), **extra,
        )  # fmt: skip
