"""While people talk, and afterwards: who came, what was said, and closing the meeting."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.vocabulary import EffortKind
from samlop.cooperation.models import TalkKind
from samlop.cooperation.rules import NAV_KINDS
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import moment
from samlop.core.time import OSLO, now, today
from samlop.meetings.editing import entry, find_meeting, words
from samlop.meetings.models import Attendee, Meeting, MeetingStatus
from samlop.meetings.versions import make_plan_version
from samlop.people.models import Unit

LONGEST_MINUTES = 50_000

EFFORT = {
    TalkKind.PLAN_TALK: EffortKind.PLAN_TALK,
    TalkKind.TRIANGULAR_TALK: EffortKind.TRIANGULAR_TALK,
    TalkKind.TEAM_MEETING: EffortKind.FOLLOW_UP,
    TalkKind.HANDOVER_TALK: EffortKind.CONVERSATION,
}
"""What a meeting counts as for each unit that was there."""

NAV = frozenset(kind.value for kind in NAV_KINDS)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def write_minutes(*, case: Case, meeting_id: UUID, text: str, revision: int, by: Viewer) -> Meeting:
    """Save the minutes. ``revision`` is the version that was on the screen.

    Refuses ``changed_meanwhile`` when somebody else has saved in the meantime and the texts differ: the page then shows
    both, and nothing is lost.
    """
    meeting = find_meeting(case, meeting_id, by, planned=True)
    text = words(text.replace("\r\n", "\n"), LONGEST_MINUTES, "minutes")
    if text == meeting.minutes:
        return meeting
    if revision != meeting.revision:
        raise Refused(
            "changed_meanwhile",
            _("%(name)s lagret referatet %(moment)s, etter at du åpnet siden. Teksten din er ikke lagret ennå.")
            % {"name": meeting.minutes_by_name, "moment": moment(meeting.minutes_at)},
            "minutes",
        )
    meeting.minutes, meeting.minutes_by_name, meeting.minutes_at = text, by.name, now()
    meeting.revision += 1
    meeting.save()
    return done(meeting, entry("minutes_written", meeting, revision=meeting.revision))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def note_attendance(
    *, case: Case, meeting_id: UUID, came: Collection[UUID], stayed_away: Collection[UUID] = (), by: Viewer
) -> Meeting:
    """Note who of the invited came, and take it back for others. Those left out stay as they are noted.

    Whoever is not noted when the meeting is closed was not there. Somebody who is no longer invited is passed over.
    """
    meeting = find_meeting(case, meeting_id, by, planned=True)
    changed = []
    rows = list(meeting.attendees.all())
    for row in rows:
        there = True if row.pk in came else False if row.pk in stayed_away else row.attended
        if row.attended != there:
            row.attended = there
            changed.append(row)
    if not changed:
        return meeting
    Attendee.objects.bulk_update(changed, ["attended"])
    return done(meeting, entry("attendance", meeting, present=sum(row.attended is True for row in rows)))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def close_meeting(
    *,
    case: Case,
    meeting_id: UUID,
    participant_view: str = "",
    participant_words: str = "",
    decision_reason: str = "",
    by: Viewer,
) -> Meeting:
    """Close a meeting that has been held. It counts as effort for every unit that was there.

    Refuses one that has not begun, one where nobody is noted as present, and one with an action that lacks somebody who
    answers or a date (research/001 § 14.2 item 7). Closing a plan talk makes the next version of the plan, with what
    the participant says of it.
    """
    meeting = find_meeting(case, meeting_id, by)
    if meeting.is_closed:
        return meeting
    if meeting.is_cancelled:
        raise Refused("meeting_cancelled", _("Møtet er avlyst. Planlegg et nytt møte."))
    held_on = meeting.starts_at.astimezone(OSLO).date()
    if held_on > today():
        raise Refused("not_held", _("Møtet er ikke holdt ennå. Flytt det først om det ble holdt på en annen dag."))
    present = list(meeting.attendees.filter(attended=True).select_related("unit", "user"))
    if not any(not row.is_interpreter for row in present):
        raise Refused("missing_present", _("Kryss av for hvem som var til stede."), "present")
    _check_actions(meeting)
    if meeting.kind == TalkKind.PLAN_TALK:
        if not any(row.is_participant for row in present):
            raise Refused(
                "participant_missing",
                _("En plansamtale holdes med deltakeren. Flytt eller avlys samtalen hvis deltakeren ikke var med."),
                "present",
            )
        make_plan_version(
            case=case,
            meeting=meeting,
            held_on=held_on,
            present=present,
            view=participant_view,
            words=participant_words,
            reason=decision_reason,
            by=by,
        )
    meeting.status, meeting.closed_at = MeetingStatus.CLOSED, now()
    meeting.save()
    meeting.attendees.filter(attended=None).update(attended=False)
    closing = entry(
        "closed",
        meeting,
        held_on=held_on,
        actions=meeting.actions.count(),
        minutes_hash=hashlib.sha256(meeting.minutes.encode()).hexdigest(),
    )
    return done(meeting, closing, *_efforts(meeting, present, held_on, by))


def _check_actions(meeting: Meeting) -> None:
    lacking = [action for action in meeting.actions.all() if action.is_open and not action.is_complete]
    if not lacking:
        return
    texts = []
    for action in lacking:
        what = _("ansvarlig og dato") if not action.has_responsible and action.due_on is None else None
        what = what or (_("dato") if action.has_responsible else _("ansvarlig"))
        texts.append(_("«%(text)s» mangler %(what)s") % {"text": action.text, "what": what})
    raise Refused(
        "action_incomplete",
        _("Møtet kan ikke lukkes før alle oppgavene har ansvarlig og dato: %(which)s.") % {"which": "; ".join(texts)},
        "actions",
    )


def _efforts(meeting: Meeting, present: Iterable[Attendee], held_on: date, by: Viewer) -> list[Entry]:
    """One entry for each unit that was there, in its own name whoever closes the meeting."""
    by_unit: dict[Unit, list[Attendee]] = {}
    for row in present:
        if row.unit is not None:
            by_unit.setdefault(row.unit, []).append(row)
    effort = EFFORT[TalkKind(meeting.kind)]
    if effort == EffortKind.TRIANGULAR_TALK and not any(unit.kind in NAV for unit in by_unit):
        effort = EffortKind.CONVERSATION  # without NAV it was a talk between two; it must not count as contact with NAV
    efforts = []
    for unit, rows in by_unit.items():
        own = any(row.user_id == by.user_id for row in rows)
        others = ", ".join(row.user.name for row in rows if row.user and row.user_id != by.user_id)
        made = entry("attended", meeting, held_on=held_on, names=others, own=own)
        made.effort = effort
        made.unit = unit
        made.happened_on = held_on
        efforts.append(made)
    return efforts


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def amend_minutes(*, case: Case, meeting_id: UUID, text: str, by: Viewer) -> Meeting:
    """Add to the minutes of a closed meeting, with name and time; what was written stays as it is."""
    meeting = find_meeting(case, meeting_id, by)
    if not meeting.is_closed:
        raise Refused("meeting_not_closed", _("Møtet er ikke lukket. Skriv rett i referatet."))
    text = words(text, 5000, "addition", missing=_("Skriv tillegget."))
    heading = _("Tillegg %(moment)s, %(name)s:") % {"moment": moment(now()), "name": by.name}
    meeting.minutes = f"{meeting.minutes}\n\n{heading}\n{text}".strip()
    meeting.minutes_by_name, meeting.minutes_at = by.name, now()
    meeting.revision += 1
    meeting.save()
    return done(meeting, entry("minutes_amended", meeting))
