"""Whether NAV has come in early enough. Pure: dates in, answer out."""

from __future__ import annotations

from datetime import date

from samlop.core.time import add_months
from samlop.programme.models import NavNeed


def contact_due_on(start_on: date, months: int) -> date:
    """The day by which NAV shall have been in contact, or the need be clarified: ``months`` after start."""
    return add_months(start_on, months)


def nav_contact_missing(
    on: date, start_on: date | None, nav_need: NavNeed | str, last_contact_on: date | None, months: int = 3
) -> bool:
    """Whether there is no contact with NAV ``months`` after start and the need is not clarified.

    Start 10 January 2017 and nothing by 10 April: yes. One triangular talk on 1 March: no (research/002 § 14 item 5).
    """
    if start_on is None or nav_need != NavNeed.UNCLARIFIED:
        return False
    if last_contact_on is not None and last_contact_on <= on:
        return False
    return on >= contact_due_on(start_on, months)
