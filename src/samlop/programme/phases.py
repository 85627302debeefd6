"""The phases of a course: start (first three months), end (last six), and what lies between."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.core.time import add_months

START_MONTHS, END_MONTHS = 3, 6


class Phase(TextChoices):
    BEFORE = "before", _("før start")
    START = "start", _("startfase")
    DURING = "during", _("underveis")
    END = "end", _("sluttfase")
    AFTER = "after", _("etter programmet")


def phase(on: date, start_on: date | None, end_on: date | None) -> Phase:
    """The phase on a day; ``end_on`` is the last day of the programme, actual or planned.

    The start phase is the first three months (research/002 § 3.1), the end phase the last six (§ 3.3). In a short
    programme the start phase goes first.
    """
    if start_on is None or on < start_on:
        return Phase.BEFORE
    if end_on is not None and on > end_on:
        return Phase.AFTER
    if on < add_months(start_on, START_MONTHS):
        return Phase.START
    if end_on is not None and on >= end_phase_starts(end_on):
        return Phase.END
    return Phase.DURING


def end_phase_starts(end_on: date) -> date:
    """The first day of the last six months: an end on 30 June starts it on 30 December (research/002 § 14 item 3)."""
    return add_months(end_on, -END_MONTHS)


def weeks_left(on: date, end_on: date | None) -> int | None:
    """Whole weeks left, the last day included; none without an end, zero when it has passed."""
    if end_on is None:
        return None
    return max(0, (end_on - on + timedelta(days=1)).days // 7)
