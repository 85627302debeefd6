"""A case whose participant has moved to another municipality: what can only be read, and what is settled afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import Refused
from samlop.core.templatetags.samlop import day
from samlop.core.time import OSLO, now

SETTLED_AFTERWARDS = timedelta(days=92)
"""How long after a move the old municipality may still write what its last payments rest on."""


def has_moved(case: Case) -> bool:
    """Whether the participant has moved away from the municipality of this case."""
    return case.status == CaseStatus.MOVED


def moved_on(case: Case) -> date | None:
    """The last day that belongs to the old municipality; none where nobody has moved."""
    if not has_moved(case) or case.closed_at is None:
        return None
    return case.closed_at.astimezone(OSLO).date()


def settles_up(case: Case) -> bool:
    """Whether the old municipality still settles its last payments."""
    until = settles_until(case)
    return until is not None and now() < until


def takes_settling(case: Case) -> bool:
    """Whether absence, leave and circumstances can be written: in an open case, and for some time after a move."""
    return case.is_open or settles_up(case)


def last_day_to_settle(case: Case) -> date | None:
    """The last day on which the old municipality can write it; none where nobody has moved."""
    until = settles_until(case)
    return until.astimezone(OSLO).date() if until is not None else None


def check_before_move(case: Case, last: date, field: str) -> None:
    """Raises ``Refused('after_the_move')`` for days that belong to the new municipality."""
    moved = moved_on(case)
    if moved is not None and last > moved:
        text = _("Deltakeren flyttet %(day)s. Dagene etter det hører til den nye kommunen.")
        raise Refused("after_the_move", text % {"day": day(moved)}, field)


def settles_until(case: Case) -> datetime | None:
    """The moment when the old municipality can no longer settle its last payments; none where nobody has moved."""
    return case.closed_at + SETTLED_AFTERWARDS if has_moved(case) and case.closed_at is not None else None


def only_read() -> Refused:
    """The refusal where the old municipality would write."""
    text = _("Deltakeren har flyttet til en annen kommune. Saken her kan leses, men ikke endres.")
    return Refused("no_writing_moved", text)
