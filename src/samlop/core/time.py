"""The only clock.

Law, plan and deadlines take dates as arguments; what needs to know the day asks here, so that tests and the demo can
set it. Days are Norwegian days: a change made at 00:30 in Oslo belongs to that day, also in summer time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_set_now: ContextVar[datetime | None] = ContextVar("samlop_now", default=None)


def now() -> datetime:
    """The time now, aware, in Oslo."""
    return _set_now.get() or datetime.now(OSLO)


def today() -> date:
    """The Norwegian calendar day now."""
    return now().astimezone(OSLO).date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Set the clock inside the block (tests and the demo's history). A bare date is noon that day."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=OSLO)
    token = _set_now.set(moment)
    try:
        yield
    finally:
        _set_now.reset(token)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier); the month's last day where that day is missing."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _days_in_month(year, month + 1)))


def _days_in_month(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def iso_week(day: date) -> int:
    """Week number as Norwegians count («uke 47»)."""
    return day.isocalendar().week


_DATE = re.compile(r"^\s*(\d{1,2})[.\-/ ]\s*(\d{1,2})(?:[.\-/ ]\s*(\d{4}|\d{2})?)?\s*\.?\s*$")
_ISO = re.compile(r"^\s*(\d{4})-(\d{2})-(\d{2})\s*$")


FAR_AHEAD = 20
"""Years. Nothing that is written here happens later: a programme lasts five at most."""


def parse_date(text: str, *, near: date | None = None) -> date:
    """Read a date as people write it: «15.3.2027», «15.3.», «15/3-27» or ISO.

    Without a year, the date nearest to ``near`` (today when left out) is meant; two figures of a year are of this
    century unless that is more than twenty years ahead («3.4.91» is a day of birth). Raises ``ValueError``.
    """
    near = near or today()
    iso = _ISO.match(text)
    if iso:
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    written = _DATE.match(text)
    if not written:
        raise ValueError(text)
    day, month = int(written[1]), int(written[2])
    if written[3]:
        year = int(written[3])
        if year < 100:
            year += 2000 if year + 2000 <= near.year + FAR_AHEAD else 1900
        return date(year, month, day)
    candidates = [
        date(year, month, day) for year in (near.year - 1, near.year, near.year + 1) if _exists(year, month, day)
    ]
    if not candidates:
        raise ValueError(text)
    return min(candidates, key=lambda candidate: abs(candidate - near))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_CLOCK = re.compile(r"^\s*(?:kl\.?\s*)?(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?\s*$", re.IGNORECASE)


def parse_clock(text: str) -> time:
    """Read a time as people write it: «10.30», «10:30», «1030», «kl. 9». Raises ``ValueError``."""
    found = _CLOCK.match(text)
    if not found:
        raise ValueError(text)
    return time(int(found[1]), int(found[2] or 0))
