"""The one place where a closed plan talk becomes a version of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.meetings.models import Attendee, Meeting


def make_plan_version(
    *,
    case: Case,
    meeting: Meeting,
    held_on: date,
    present: Iterable[Attendee],
    view: str,
    words: str,
    reason: str,
    by: Viewer,
) -> None:
    """Hand what was said in the talk to the plan, which makes version n of it. Raises ``Refused``, then nothing is
    saved.
    """
