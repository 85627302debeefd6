"""A meeting as a calendar file (iCalendar, RFC 5545; scheduling by RFC 5546) that calendar programs accept.

It says no more than is needed to come: the kind of meeting, when and where. The participant's initials help those who
have many; for a protected person there are neither initials nor place. Names, agenda and minutes stay in Samløp, one
link away.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vRecur, vText

from samlop.core.time import OSLO, now
from samlop.meetings.models import Meeting
from samlop.people.models import Person, User

PRODUCT = "-//Samløp//Møter//NO"


def calendar_file(meeting: Meeting, person: Person, receiver: User, *, own: bool, url: str) -> bytes:
    """The file for one receiver: an invitation while the meeting is planned, a cancellation when it is called off.

    ``own`` is true for the participant, who needs no initials. ``url`` leads to the meeting in Samløp. The same meeting
    keeps its UID; SEQUENCE grows with each change, so that a calendar moves the meeting it has.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if meeting.is_cancelled else "REQUEST")
    event = Event()
    event.add("uid", f"{meeting.pk}@samlop")
    event.add("dtstamp", now().astimezone(UTC))
    event.add("sequence", meeting.sequence)
    _add_period(event, meeting)
    event.add("summary", title(meeting, person, own=own))
    if meeting.place and not person.is_protected:
        event.add("location", meeting.place)
    event.add("description", _("Saksliste og referat ligger i Samløp: %(url)s") % {"url": url})
    event.add("url", url)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("organizer", _organizer(meeting.called_by))
    event.add("attendee", _attendee(receiver))
    if any("TZID" in event[name].params for name in ("DTSTART", "DTEND")):
        calendar.add_component(oslo())
    calendar.add_component(event)
    return calendar.to_ical()


def title(meeting: Meeting, person: Person, *, own: bool) -> str:
    """«Plansamtale A.Ø.»; without initials for the participant's own calendar and for protected persons."""
    kind = str(meeting.get_kind_display()).capitalize()
    if own or person.is_protected:
        return kind
    initials = "".join(f"{part[0]}." for part in (person.given_name, person.family_name) if part)
    return f"{kind} {initials}".strip()


def _add_period(event: Event, meeting: Meeting) -> None:
    """Local time with its zone, as people read it. A moment in the hour that comes twice can only be said in UTC: a
    local time there means the first of the two (RFC 5545 § 3.3.5)."""
    start = meeting.starts_at.astimezone(OSLO)
    end = meeting.ends_at.astimezone(OSLO)
    if start.fold or end.fold:
        start, end = start.astimezone(UTC), end.astimezone(UTC)
    event.add("dtstart", start)
    event.add("dtend", end)


def _address(user: User) -> vCalAddress:
    return vCalAddress(f"mailto:{user.email}" if user.email else _no_mail(user.pk))


def _organizer(user: User) -> vCalAddress:
    address = _address(user)
    address.params["CN"] = vText(user.name)
    return address


def _no_mail(key: UUID) -> str:
    # An address must be there (RFC 5546 § 3.2.2) and may be any URI; this one reaches nobody and says nothing.
    return f"urn:uuid:{key}"


def _attendee(user: User) -> vCalAddress:
    address = _address(user)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("FALSE")
    return address


def oslo() -> Timezone:
    """VTIMEZONE of Europe/Oslo as it has been since 1996: summer time from the last Sunday of March to that of
    October.
    """
    zone = Timezone()
    zone.add("tzid", "Europe/Oslo")
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    for component, name, start, month, before, after in (  # local times, as the standard wants them here
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, summer, winter),  # noqa: DTZ001
    ):
        component.add("tzname", name)
        component.add("dtstart", start)
        component.add("rrule", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        component.add("tzoffsetfrom", before)
        component.add("tzoffsetto", after)
        zone.add_component(component)
    return zone
