"""When the handover opens, and what completing it demands. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from samlop.core.time import add_months
from samlop.handover.checklist import PointCode
from samlop.handover.models import Handover, HandoverNeed


def opens_on(planned_end_on: date, months: int = 6) -> date:
    """The day the task opens: ``months`` before the planned end. 30 June 2018 opens 30 December 2017."""
    return add_months(planned_end_on, -months)


def is_open(on: date, planned_end_on: date | None, ended_on: date | None, months: int = 6) -> bool:
    """Whether the time for handing over has come: the last months before the planned end, and after any end."""
    if ended_on is not None:
        return True
    return planned_end_on is not None and on >= opens_on(planned_end_on, months)


def lacking(handover: Handover, settled: Collection[str]) -> list[tuple[str, str]]:
    """What stands between the handover and its completion, in order: a code, and the field it is about.

    ``settled`` holds the codes of the points that are done or not relevant. With need = no there is nobody to hand over
    to, and nothing more is demanded.
    """
    if handover.need == HandoverNeed.UNCLARIFIED:
        return [("need_unclarified", "need")]
    if handover.need == HandoverNeed.NO:
        return []
    found = []
    if handover.talk_on is None:
        found.append(("missing_talk", "talk_on"))
    if not handover.receiver_name:
        found.append(("missing_receiver", "receiver_name"))
    if any(code not in settled for code in PointCode.values):
        found.append(("checklist_open", "checklist"))
    return found
