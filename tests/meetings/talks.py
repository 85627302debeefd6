"""Meetings for the tests of this room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from samlop.core.time import OSLO, at, now
from samlop.meetings import commands
from samlop.meetings.invites import Invited
from samlop.meetings.models import Meeting
from tests.house import House

BEFORE = datetime(2026, 11, 20, 9, tzinfo=OSLO)
"""When the tests' meetings are called."""
START = datetime(2026, 12, 3, 10, 30, tzinfo=OSLO)


def invited(house: House, *names: str) -> list[Invited]:
    """Invitations by name; «participant» is the participant, a name of a unit only is a unit."""
    found = []
    for name in names:
        if name == "participant":
            found.append(Invited(is_participant=True))
        elif name in house.users:
            user = house.users[name]
            found.append(Invited(unit_id=user.memberships.get().unit_id, user_id=user.pk))
        else:
            found.append(Invited(unit_id=house.units[name].pk))
    return found


def talk(house: House, kind: str = "plan_talk", start: datetime = START, by: str = "adviser", **more: Any) -> Meeting:
    """A planned meeting with the participant, the adviser and NAV."""
    more.setdefault("invited", invited(house, "participant", "adviser", "nav"))
    case = more.pop("case", house.case)
    with at(min(BEFORE, start - timedelta(days=1))):
        return commands.plan_meeting(case=case, kind=kind, starts_at=start, by=house.viewer(by), **more)


def everybody_came(house: House, meeting: Meeting, *but: str, by: str = "adviser") -> None:
    """Note everybody as present, except the named."""
    gone = {house.users[name].pk for name in but if name != "participant"}
    present = {
        row.pk
        for row in meeting.attendees.all()
        if row.user_id not in gone and not (row.is_participant and "participant" in but)
    }
    commands.note_attendance(case=house.case, meeting_id=meeting.pk, came=present, by=house.viewer(by))


def closed(house: House, kind: str = "triangular_talk", start: datetime | None = None, **more: Any) -> Meeting:
    """A meeting that was held and closed (a day ago unless a start is given)."""
    start = start or now() - timedelta(days=1)
    meeting = talk(house, kind, start, **more)
    everybody_came(house, meeting)
    return commands.close_meeting(case=house.case, meeting_id=meeting.pk, by=house.viewer("adviser"))
