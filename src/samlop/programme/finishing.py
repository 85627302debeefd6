"""What the municipality that the participant left may still decide: what belongs to its own time.

The benefit is paid in arrears (integreringsloven § 24), so when somebody moves, leave, deductions and claims for the
last weeks are not decided yet. They can be for as long as absence and circumstances can be written
(``cases.after_move``) – and later where a complaint led to that the municipality must decide again. What has been
decided is followed up – handed over, registered, complained on – for as long as it takes. How the programme goes on is
for the new municipality.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.cases.after_move import has_moved, moved_on, only_read, settles_up
from samlop.cases.models import Case
from samlop.core.errors import Refused
from samlop.core.templatetags.samlop import day
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision, Outcome, Reconsideration

SETTLES = (DecisionKind.LEAVE, DecisionKind.DEDUCTION, DecisionKind.REPAYMENT)
"""Kinds that are about the time that was."""
_LAST = {DecisionKind.LEAVE: "last_day", DecisionKind.DEDUCTION: "month", DecisionKind.REPAYMENT: "last_day"}


def kinds_open(case: Case, replaces: Decision | None = None) -> list[DecisionKind]:
    """The kinds that can be decided in a case now; ``replaces`` is what a new decision would stand instead of."""
    if not has_moved(case):
        return list(DecisionKind)
    return list(SETTLES) if settles_up(case) or _must_decide_again(replaces) else []


def _must_decide_again(replaces: Decision | None) -> bool:
    if replaces is None:
        return False
    again = Q(reconsideration=Reconsideration.CHANGED) | Q(outcome__in=(Outcome.CHANGED, Outcome.REPEALED))
    return replaces.complaints.filter(again).exists()


def check_open(case: Case, kind: DecisionKind, data: Mapping[str, Any], replaces: Decision | None = None) -> None:
    """Raises ``Refused``: ``no_writing_moved`` for a kind that the new municipality decides, or too late; and
    ``after_the_move`` for days that are the new municipality's."""
    if kind not in kinds_open(case, replaces):
        raise only_read()
    moved = moved_on(case)
    if moved is None:
        return
    name = _LAST[kind]
    if data[name] > moved.isoformat()[: len(data[name])]:
        text = _("Deltakeren flyttet %(day)s. Vedtaket her kan bare gjelde tiden til og med den dagen.")
        raise Refused("after_the_move", text % {"day": day(moved)}, name)
