"""The calendar file, read again by a parser and held against RFC 5545 and 5546."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from samlop.core.time import OSLO
from samlop.core.writing import writing
from samlop.meetings import commands
from samlop.meetings.models import Meeting
from tests.house import House
from tests.meetings.talks import START, invited, talk


def fetched(house: House, client: Client, meeting: Meeting, name: str = "nav") -> bytes:
    client.force_login(house.users[name])
    answer = client.get(reverse("meetings:calendar", args=[house.case.pk, meeting.pk]))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return answer.content


def event(content: bytes) -> Any:
    [found] = Calendar.from_ical(content).walk("VEVENT")
    return found


def test_an_invitation_has_what_calendar_programs_ask_for(house: House, client: Client) -> None:
    meeting = talk(house, place="Rom 2, Storgata 5")
    content = fetched(house, client, meeting)
    calendar: Any = Calendar.from_ical(content)
    found = event(content)
    assert (calendar["METHOD"], calendar["VERSION"], bool(calendar["PRODID"])) == ("REQUEST", "2.0", True)
    assert found["UID"] == f"{meeting.pk}@samlop"
    assert (found["SEQUENCE"], found["STATUS"]) == (0, "CONFIRMED")
    assert found["DTSTAMP"].dt.tzinfo is not None
    assert found["DTSTART"].params["TZID"] == "Europe/Oslo"
    assert found["DTSTART"].dt == START
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(minutes=45)
    assert str(found["ORGANIZER"]) == "mailto:adviser@example.test"
    assert str(found["ATTENDEE"]) == "mailto:nav@example.test"
    assert str(found["LOCATION"]) == "Rom 2, Storgata 5"


def test_the_zone_is_described_and_says_what_it_should(house: House, client: Client) -> None:
    [zone] = Calendar.from_ical(fetched(house, client, talk(house))).walk("VTIMEZONE")
    oslo = zone.to_tz()
    for moment in (datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12), datetime(2027, 3, 28, 12)):  # noqa: DTZ001
        assert moment.replace(tzinfo=oslo).utcoffset() == moment.replace(tzinfo=OSLO).utcoffset()


def test_lines_end_and_fold_as_the_standard_says(house: House, client: Client) -> None:
    content = fetched(house, client, talk(house, place="Æøå " * 40))
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    content.decode("utf-8")


def test_every_property_comes_as_often_as_it_may(house: House, client: Client) -> None:
    text = fetched(house, client, talk(house)).decode().replace("\r\n ", "")
    body = text[text.index("BEGIN:VEVENT") : text.index("END:VEVENT")]
    names = re.findall(r"^([A-Z-]+)[;:]", body, re.MULTILINE)
    for once in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "ORGANIZER", "ATTENDEE", "STATUS"):
        assert names.count(once) == 1, once


def test_moving_keeps_the_meeting_and_raises_the_sequence(house: House, client: Client) -> None:
    meeting = talk(house)
    before = event(fetched(house, client, meeting))
    commands.move_meeting(
        case=house.case, meeting_id=meeting.pk, starts_at=START + timedelta(days=7), length_minutes=30, place="",
        by=house.viewer("adviser"),
    )  # fmt: skip
    after = event(fetched(house, client, meeting))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == START + timedelta(days=7)


def test_a_cancelled_meeting_leaves_the_calendar(house: House, client: Client) -> None:
    meeting = talk(house)
    commands.cancel_meeting(case=house.case, meeting_id=meeting.pk, why="Syk", by=house.viewer("adviser"))
    content = fetched(house, client, meeting)
    assert Calendar.from_ical(content)["METHOD"] == "CANCEL"  # type: ignore[index]
    assert (event(content)["STATUS"], event(content)["SEQUENCE"]) == ("CANCELLED", 1)


def test_no_more_is_told_than_is_needed(house: House, client: Client) -> None:
    meeting = talk(house)
    commands.add_point(case=house.case, meeting_id=meeting.pk, text="Helsa", by=house.viewer("adviser"))
    text = fetched(house, client, meeting).decode()
    assert str(event(text.encode())["SUMMARY"]) == "Plansamtale A.Ø."
    for secret in ("Amina", "Østby", "Helsa", "teacher"):
        assert secret not in text


def test_a_protected_person_has_neither_initials_nor_place(house: House, client: Client) -> None:
    meeting = talk(house, place="Storgata 5")
    with writing("test"):
        house.case.person.protection = "strictly_confidential"
        house.case.person.save()
    found = event(fetched(house, client, meeting))
    assert str(found["SUMMARY"]) == "Plansamtale"
    assert "LOCATION" not in found


def test_the_participant_gets_it_too_without_initials(house: House, client: Client) -> None:
    found = event(fetched(house, client, talk(house), "participant"))
    assert str(found["SUMMARY"]) == "Plansamtale"
    assert str(found["ATTENDEE"]).startswith("urn:uuid:")


def test_strangers_get_nothing(house: House, client: Client) -> None:
    meeting = talk(house)
    client.force_login(house.users["stranger"])
    assert client.get(reverse("meetings:calendar", args=[house.case.pk, meeting.pk])).status_code == 404


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=0),
        datetime(2026, 10, 25, 2, 30, tzinfo=OSLO, fold=1),
        datetime(2026, 10, 25, 1, 45, tzinfo=OSLO),
        datetime(2027, 3, 28, 1, 45, tzinfo=OSLO),
        datetime(2027, 3, 28, 3, 15, tzinfo=OSLO),
    ],
)
def test_the_nights_when_the_clock_is_changed(house: House, client: Client, start: datetime) -> None:
    meeting = talk(house, start=start.astimezone(UTC), invited=invited(house, "participant", "nav"))
    found = event(fetched(house, client, meeting))
    # A reader of the standard takes a local time that comes twice for the first of the two.
    begin, end = (_first_of_two(found[name]) for name in ("DTSTART", "DTEND"))
    assert begin == start.astimezone(UTC)
    assert end - begin == timedelta(minutes=45)


def _first_of_two(value: Any) -> datetime:
    moment: datetime = value.dt
    if "TZID" in value.params:
        return moment.replace(tzinfo=OSLO, fold=0).astimezone(UTC)
    assert value.to_ical().endswith(b"Z")
    return moment.astimezone(UTC)
