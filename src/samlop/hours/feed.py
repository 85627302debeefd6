"""The hours as a calendar that a calendar program fetches (iCalendar, RFC 5545) by a secret personal address.

It says no more than is needed to come: what, when and where. No names, neither the participant's nor anybody else's.
Whoever has the address can read it, so only a fingerprint of the secret is kept and it can be taken back at once.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from samlop.core.time import OSLO, now
from samlop.hours.sessions import Session
from samlop.plan.vocabulary import StepKind

PRODUCT = "-//Samløp//Uke//NO"
WEEKS_BACK, WEEKS_AHEAD = 4, 26


def fingerprint_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits."""
    return secrets.token_urlsafe(32)


def calendar_of(sessions: Iterable[Session], *, with_places: bool) -> bytes:
    """The hours as a calendar; times in UTC, so that no zone has to be sent along.

    ``with_places`` is false for a person with a protected address: where one is, is then not said either.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Uka mi"))
    calendar.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    made = now().astimezone(UTC)
    for session in sessions:
        event = Event()
        event.add("uid", uid(session.slot_id, session))
        event.add("dtstamp", made)
        event.add("dtstart", datetime.combine(session.day, session.starts, tzinfo=OSLO).astimezone(UTC))
        event.add("dtend", datetime.combine(session.day, session.ends, tzinfo=OSLO).astimezone(UTC))
        event.add("summary", title(session))
        event.add("class", "PRIVATE")
        if session.place and with_places:
            event.add("location", session.place)
        calendar.add_component(event)
    return calendar.to_ical()


def uid(slot_id: UUID, session: Session) -> str:
    """The same hour on the same day keeps its name, also when it is moved that day."""
    return f"{slot_id}-{session.day:%Y%m%d}@samlop"


SAID_PLAINLY = frozenset({StepKind.NORWEGIAN, StepKind.SOCIAL_STUDIES, StepKind.PRIMARY_SCHOOL})
"""What anybody may know of a weekday; everything else is «program», since the address may be seen by others."""


def title(session: Session) -> str:
    """«Norsk», or «Program» for what others need not know."""
    if session.content in SAID_PLAINLY:
        return str(StepKind(session.content).label).capitalize()
    return str(_("Program"))
