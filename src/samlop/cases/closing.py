"""Ending a case and opening it again, for the commands of this room and of those above that end something first."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import Refused
from samlop.core.time import now

Check = Callable[[Case], None]
"""Raises ``Refused`` where something in a case must be ended before the case is (decision 0022)."""

CHECKS: list[Check] = []
"""Filled at start-up by the rooms above."""


def end(case: Case) -> None:
    """End an open case. Raises ``Refused`` where a room above has something that is still running."""
    for check in CHECKS:
        check(case)
    case.status, case.closed_at = CaseStatus.ENDED, now()
    case.save()


def open_again(case: Case) -> None:
    """Open an ended case. Raises ``Refused('has_open_case')`` where the person has got a newer one."""
    case.status, case.closed_at = CaseStatus.ACTIVE, None
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        raise Refused("has_open_case", _("Deltakeren har en nyere sak som er åpen. Bruk den.")) from None
