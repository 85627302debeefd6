"""Actions: what somebody shall do by a day, and what became of it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.rights import Right, Section
from samlop.core.time import now
from samlop.meetings.agenda import responsible as name_of_responsible
from samlop.meetings.editing import entry, find_action, find_meeting, require_staff, who_is_responsible, words
from samlop.meetings.models import Action


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def add_action(
    *, case: Case, meeting_id: UUID, text: str, responsible: str = "", due_on: date | None = None, by: Viewer
) -> Action:
    """Write down an action in a planned meeting.

    ``responsible`` is «participant», «person:user:unit» or «unit:unit». It and the date may wait while people talk; the
    meeting is not closed without them.
    """
    meeting = find_meeting(case, meeting_id, by, planned=True)
    text = words(text, 400, "text", missing=_("Skriv hva som skal gjøres."))
    action = Action.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        meeting=meeting,
        text=text,
        due_on=due_on,
        made_at=now(),
        **who_is_responsible(case, responsible),
    )
    who = name_of_responsible(action) if action.has_responsible else ""
    return done(action, entry("action_added", meeting, text=text, who=who, due_on=due_on))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def change_action(
    *, case: Case, action_id: UUID, text: str, responsible: str, due_on: date | None, by: Viewer
) -> Action:
    """Change what, who or when of an open action. After the meeting is closed it keeps somebody who answers and a
    date.
    """
    require_staff(by)
    action = find_action(case, action_id, by)
    _require_open(action)
    text = words(text, 400, "text", missing=_("Skriv hva som skal gjøres."))
    before = (action.text, action.by_participant, action.unit_id, action.user_id, action.due_on)
    for name, value in who_is_responsible(case, responsible).items():
        setattr(action, name, value)
    action.text, action.due_on = text, due_on
    if action.meeting.is_closed and not action.has_responsible:
        raise Refused("missing_responsible", _("Velg hvem som har ansvaret."), "responsible")
    if action.meeting.is_closed and due_on is None:
        raise Refused("missing_date", _("Skriv når det skal være gjort."), "due_on")
    if before == (action.text, action.by_participant, action.unit_id, action.user_id, action.due_on):
        return action
    action.save()
    who = name_of_responsible(action) if action.has_responsible else ""
    return done(action, entry("action_changed", action.meeting, text=text, who=who, due_on=due_on))


def _require_open(action: Action) -> None:
    if not action.is_open:
        raise Refused("action_not_open", _("Oppgaven er allerede gjort eller droppet. Åpne den igjen først."))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def finish_action(*, case: Case, action_id: UUID, by: Viewer) -> Action:
    """Mark an action as done; one that is done already stays as it is."""
    action = find_action(case, action_id, by)
    if action.done_at is not None:
        return action
    _require_open(action)
    action.done_at, action.done_by = now(), by.user
    action.save()
    return done(action, entry("action_done", action.meeting, text=action.text))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def drop_action(*, case: Case, action_id: UUID, why: str, by: Viewer) -> Action:
    """Drop an action that will not be done, with a reason. Not by the participant: then it is talked about."""
    require_staff(by)
    action = find_action(case, action_id, by)
    if action.dropped_at is not None:
        return action
    _require_open(action)
    action.dropped_why = words(why, 300, "why", missing=_("Skriv hvorfor oppgaven droppes."), code="missing_reason")
    action.dropped_at = now()
    action.save()
    return done(action, entry("action_dropped", action.meeting, text=action.text, why=action.dropped_why))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def reopen_action(*, case: Case, action_id: UUID, by: Viewer) -> Action:
    """Take back that an action was done or dropped."""
    action = find_action(case, action_id, by)
    if action.is_open:
        return action
    action.done_at = action.done_by = action.dropped_at = None
    action.dropped_why = ""
    action.save()
    return done(action, entry("action_reopened", action.meeting, text=action.text))
