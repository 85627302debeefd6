"""The one place where a closed plan talk becomes a version of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.meetings.models import Attendee, Meeting
from samlop.plan.commands import Interpreter, TookPart, make_version


def make_plan_version(
    *,
    case: Case,
    meeting: Meeting,
    held_on: date,
    present: Sequence[Attendee],
    view: str,
    words: str,
    reason: str,
    by: Viewer,
) -> None:
    """Hand what was said in the talk to the plan, which makes version n of it. Raises ``Refused``: nothing is saved."""
    interpreter = None
    if meeting.interpreter_language:
        came = any(row.is_interpreter for row in present)
        interpreter = Interpreter(meeting.interpreter_language, came)
    make_version(
        case=case,
        meeting_id=meeting.pk,
        talk_on=held_on,
        took_part=[_took_part(case, row) for row in present if not row.is_interpreter],
        interpreter=interpreter,
        participant_view=view,
        participant_words=words,
        decision_reason=reason,
        by=by,
    )


def _took_part(case: Case, row: Attendee) -> TookPart:
    if row.is_participant:
        return TookPart(case.person.name)
    unit = row.unit.name if row.unit else ""
    return TookPart(row.user.name if row.user else _("en fra enheten"), unit)
