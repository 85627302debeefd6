"""What stood when a page was opened, where the fields themselves do not show it (``core.stale``).

A page carries a short token of an hour's last day, its days that differ, the year's marks, or how the right to
self-certificates was judged. Where that has changed by
somebody else's hand, and what is wanted is another thing, the command refuses once and says what stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.templatetags.samlop import day as written
from samlop.hours.models import CalendarDay, SelfCertificateLoss

MOST_NAMED = 5


class StoodOtherwise(Refused):
    """Somebody else has changed it; ``stood`` is the token of what stands now, so that saving anew is a choice."""

    def __init__(self, text: str, field: str, stood: str) -> None:
        both = _("%(what)s Ditt er ikke lagret. Lagre på nytt hvis det er ditt som skal gjelde.") % {"what": text}
        super().__init__("changed_meanwhile", both, field)
        self.stood = stood


def last_day_token(day: date | None) -> str:
    """The last day of an hour or a membership as a page carries it."""
    return day.isoformat() if day else ""


def check_last_day(now: date | None, wanted: date, seen: str | None) -> None:
    """Raise ``StoodOtherwise`` where somebody else has set another last day since the page was opened."""
    stood = last_day_token(now)
    if seen is None or seen == stood or now == wanted:
        return
    text = (
        _("Andre har satt siste dag til %(day)s etter at du åpnet siden.") % {"day": written(now)}
        if now
        else _("Andre har tatt bort siste dag etter at du åpnet siden.")
    )
    raise StoodOtherwise(text, "last_day", stood)


def exceptions_token(rows: Iterable[Any]) -> str:
    """The days of an hour that differ, as a page carries them: each day with a short mark of what differs."""
    return " ".join(f"{row.day.isoformat()}={_short(row.starts, row.ends, row.note)}" for row in rows)


def check_exception(
    rows: Collection[Any], day: date, wanted: tuple[time | None, time | None, str], seen: str | None
) -> None:
    """Raise ``StoodOtherwise`` where somebody else has made the same day differ in another way since."""
    now = next((row for row in rows if row.day == day), None)
    if seen is None or now is None or (now.starts, now.ends, now.note) == wanted:
        return
    known = dict(one.split("=", 1) for one in seen.split() if "=" in one)
    if known.get(day.isoformat()) == _short(now.starts, now.ends, now.note):
        return
    if now.starts is None:
        text = _("Andre har avlyst timen den dagen etter at du åpnet siden.")
    else:
        times = {"starts": f"{now.starts:%H.%M}", "ends": f"{now.ends:%H.%M}"}
        text = _("Andre har flyttet timen til %(starts)s–%(ends)s den dagen etter at du åpnet siden.") % times
    raise StoodOtherwise(text, "day", exceptions_token(rows))


def year_token(municipality_id: UUID, year: int) -> str:
    """The marks of a municipality's year, as a page carries them. One query."""
    return f"{year}:{_short(*_marks(municipality_id, year))}"


def check_days(
    municipality_id: UUID, days: Collection[date], standing: Iterable[CalendarDay], seen: str | None, field: str
) -> None:
    """Raise ``StoodOtherwise`` where others have changed the year since, and days are marked as ``standing`` says.

    ``standing`` are the marks that would be lost, among ``days``.
    """
    year, colon, _mark = (seen or "").partition(":")
    if not colon or not year.isdigit() or len(year) != 4:
        return
    stood = year_token(municipality_id, int(year))
    lost = list(standing)
    if seen == stood or not lost or not days:
        return
    named = ", ".join(f"{written(one.day)} {one.note or one.get_kind_display()}" for one in lost[:MOST_NAMED])
    more = " …" if len(lost) > MOST_NAMED else ""
    text = _("Andre har endret kalenderen etter at du åpnet siden. Merket nå: %(days)s.") % {"days": named + more}
    raise StoodOtherwise(text, field, stood)


def loss_token(loss: SelfCertificateLoss | None) -> str:
    """How the right to self-certificates was last judged, as a page carries it."""
    return _short(loss.pk, loss.review_by, loss.why) if loss else ""


def check_loss(loss: SelfCertificateLoss, seen: str | None) -> None:
    """Raise ``StoodOtherwise`` where somebody else has judged the right anew since the page was opened."""
    stood = loss_token(loss)
    if seen is None or seen == stood:
        return
    text = _("Andre har vurdert retten etter at du åpnet siden: «%(why)s». Ny vurdering innen %(day)s.")
    raise StoodOtherwise(text % {"why": loss.why, "day": written(loss.review_by)}, "why", stood)


def _marks(municipality_id: UUID, year: int) -> list[Any]:
    rows = CalendarDay.objects.filter(municipality_id=municipality_id, day__year=year)
    return list(rows.order_by("day", "unit_id").values_list("day", "unit_id", "kind", "note"))


def _short(*parts: Any) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:12]
