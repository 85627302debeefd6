"""Calling a meeting, moving it, changing who is invited, calling it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.models import TalkKind
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.rights import Right, Section
from samlop.core.stale import merged
from samlop.meetings.agenda import LONGEST, Point
from samlop.meetings.editing import (
    SECTIONS,
    entry,
    find_meeting,
    invited_keys,
    invited_of,
    renumber,
    require_section,
    require_staff,
    words,
    write_invited,
)
from samlop.meetings.invites import Invited
from samlop.meetings.models import AgendaItem, Meeting, MeetingStatus

SHORTEST_MINUTES, LONGEST_MINUTES = 5, 480


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def plan_meeting(
    *,
    case: Case,
    kind: TalkKind | str,
    starts_at: datetime,
    length_minutes: int = 45,
    place: str = "",
    section: Section | str = Section.PLAN,
    invited: Sequence[Invited],
    interpreter_language: str = "",
    agenda: Sequence[Point] = (),
    by: Viewer,
) -> Meeting:
    """Call a meeting. ``section`` decides who sees it; only a team meeting can be about something else than the plan.

    A plan talk gets its number in the series. A day that has passed is allowed: some meetings are written down
    afterwards.
    """
    require_staff(by)
    if kind not in TalkKind.values:
        raise Refused("unknown_kind", _("Velg hva slags møte det er."), "kind")
    if section not in SECTIONS or (section != Section.PLAN and kind != TalkKind.TEAM_MEETING):
        raise Refused("unknown_section", _("Bare et teammøte kan handle om noe annet enn planen."), "section")
    require_section(case, by, section)
    _check_length(length_minutes)
    if by.user is None:
        raise TypeError("A meeting is called by a person")
    meeting = Meeting.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        kind=kind,
        section=section,
        starts_at=starts_at,
        length_minutes=length_minutes,
        place=words(place, 200, "place"),
        called_by=by.user,
    )
    if kind == TalkKind.PLAN_TALK:
        renumber(case)
        meeting.refresh_from_db()
    write_invited(case, meeting, invited, interpreter_language)
    meeting.save()
    for order, point in enumerate(agenda, start=1):
        AgendaItem.objects.create(
            case=case,
            municipality_id=case.municipality_id,
            meeting=meeting,
            order=order,
            text=words(point.text, LONGEST, "agenda"),
            source=point.source,
            source_id=point.source_id,
        )
    return done(meeting, entry("planned", meeting, starts_at=starts_at, place=meeting.place))


def _check_length(minutes: int) -> None:
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        values = {"least": SHORTEST_MINUTES, "most": LONGEST_MINUTES}
        text = _("Skriv hvor lenge møtet varer, fra %(least)s til %(most)s minutter.") % values
        raise Refused("out_of_range", text, "length_minutes")


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def move_meeting(
    *,
    case: Case,
    meeting_id: UUID,
    starts_at: datetime,
    length_minutes: int,
    place: str,
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> Meeting:
    """Change when and where; the calendar file gets a higher number, so that calendars move the meeting.

    ``seen`` is what the page showed of the three; refuses ``changed_meanwhile`` where somebody else has changed the
    same since.
    """
    meeting = find_meeting(case, meeting_id, by, planned=True)
    stands = {"starts_at": meeting.starts_at, "length_minutes": meeting.length_minutes, "place": meeting.place}
    wanted = {"starts_at": starts_at, "length_minutes": length_minutes, "place": place.strip()}
    starts_at, length_minutes, place = merged(wanted, seen, stands).values()
    _check_length(length_minutes)
    place = words(place, 200, "place")
    before = (meeting.starts_at, meeting.length_minutes, meeting.place)
    if before == (starts_at, length_minutes, place):
        return meeting
    meeting.starts_at, meeting.length_minutes, meeting.place = starts_at, length_minutes, place
    meeting.sequence += 1
    meeting.save()
    if meeting.kind == TalkKind.PLAN_TALK:
        renumber(case)
    return done(meeting, entry("moved", meeting, was=before[0], starts_at=starts_at, place=place))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def invite(
    *,
    case: Case,
    meeting_id: UUID,
    invited: Sequence[Invited],
    interpreter_language: str = "",
    seen: Mapping[str, Any] | None = None,
    by: Viewer,
) -> Meeting:
    """Change who is invited to a planned meeting. ``invited`` is the whole list.

    ``seen`` is what the page showed: «invited» (keys) and «interpreter». Whom a colleague has added or taken off since,
    stays so.
    """
    meeting = find_meeting(case, meeting_id, by, planned=True)
    before = _names(meeting)
    if seen is not None:
        here, shown, wanted = invited_keys(meeting), set(seen["invited"]), {one.key for one in invited}
        keys = [key for key in here if key in wanted or key not in shown]
        keys += [one.key for one in invited if one.key not in shown and one.key not in here]
        invited = [invited_of(key) for key in keys]
        stands = {"interpreter": meeting.interpreter_language}
        interpreter_language = merged({"interpreter": interpreter_language}, seen, stands)["interpreter"]
    write_invited(case, meeting, invited, interpreter_language)
    meeting.save()
    after = _names(meeting)
    if before == after:
        return meeting
    return done(
        meeting,
        entry("invited", meeting, added=sorted(after - before), removed=sorted(before - after)),
    )


def _names(meeting: Meeting) -> set[str]:
    rows = meeting.attendees.select_related("user", "unit")
    return {
        _("deltakeren") if r.is_participant else _("tolk") if r.is_interpreter else str(r.user or r.unit) for r in rows
    }


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def cancel_meeting(*, case: Case, meeting_id: UUID, why: str, by: Viewer) -> Meeting:
    """Call a planned meeting off, with a reason. Its open actions are no longer there; the meeting stays to be read."""
    meeting = find_meeting(case, meeting_id, by)
    if meeting.is_cancelled:
        return meeting
    if meeting.is_closed:
        raise Refused("meeting_closed", _("Møtet er holdt og lukket, og kan ikke avlyses."))
    meeting.cancelled_why = words(why, 300, "why", missing=_("Skriv hvorfor møtet avlyses."), code="missing_reason")
    meeting.status = MeetingStatus.CANCELLED
    meeting.sequence += 1
    meeting.save()
    if meeting.kind == TalkKind.PLAN_TALK:
        renumber(case)
    return done(meeting, entry("cancelled", meeting, starts_at=meeting.starts_at, why=meeting.cancelled_why))
