"""The hours in a calendar: by a secret address that says no names and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.models import CalendarLink
from tests.hours.weeks import course, hour
from tests.house import House


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(date(2026, 11, 20)):
        yield


@pytest.fixture
def participant(house: House) -> Client:
    course(house.case)
    hour(house.case, 1, "09.00-12.00", place="Solbakken sykehjem", content="language_practice")
    hour(house.case, 2, "09.00-12.00", content="norwegian")
    found = Client()
    found.force_login(house.users["participant"])
    return found


def address(client: Client, house: House) -> str:
    answer = client.post(f"/sak/{house.case.pk}/uke/kalender/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    found = re.search(r"http://testserver(/kalender/[^<]+\.ics)", answer.content.decode())
    assert found
    return found[1]


def test_a_calendar_program_fetches_the_hours_without_names(house: House, participant: Client) -> None:
    answer = Client().get(address(participant, house))
    assert answer.status_code == 200
    calendar = Calendar.from_ical(answer.content)
    events = calendar.walk("VEVENT")
    assert {str(event["SUMMARY"]) for event in events} == {"Program", "Norsk"}
    assert len({str(event["UID"]) for event in events}) == len(events)
    first = next(event for event in events if event.decoded("DTSTART").date() == date(2026, 11, 23))
    assert first.decoded("DTSTART").hour == 8  # 09.00 in Norwegian winter is 08.00 UTC
    text = answer.content.decode()
    for word in ("Amina", "Østby", "praksis", "SPRÅK"):
        assert word not in text
    assert "Solbakken sykehjem" in text


def test_a_protected_person_has_no_places_in_the_calendar(house: House, participant: Client) -> None:
    with writing("test"):
        house.case.person.protection = "confidential"
        house.case.person.save()
    assert "Solbakken" not in Client().get(address(participant, house)).content.decode()


def test_a_new_address_closes_the_old_one_and_it_can_be_taken_back(house: House, participant: Client) -> None:
    old = address(participant, house)
    new = address(participant, house)
    assert [Client().get(one).status_code for one in (old, new)] == [404, 200]
    assert participant.post(f"/sak/{house.case.pk}/uke/kalender/steng/").status_code == 302
    assert Client().get(new).status_code == 404


def test_the_secret_is_shown_once_and_never_kept(house: House, participant: Client) -> None:
    secret = address(participant, house).removeprefix("/kalender/").removesuffix(".ics")
    assert len(secret) >= 40
    kept = CalendarLink.objects.get()
    assert secret not in (kept.fingerprint, str(kept.pk))
    assert secret not in participant.get(f"/sak/{house.case.pk}/uke/").content.decode()


def test_only_the_participant_makes_an_address(house: House, participant: Client) -> None:
    adviser = Client()
    adviser.force_login(house.users["adviser"])
    assert adviser.post(f"/sak/{house.case.pk}/uke/kalender/").status_code == 403
    assert not CalendarLink.objects.exists()


def test_a_wrong_address_and_one_of_a_closed_account_are_not_there(house: House, participant: Client) -> None:
    assert Client().get("/kalender/tull.ics").status_code == 404
    where = address(participant, house)
    with writing("test"):
        house.users["participant"].is_active = False
        house.users["participant"].save()
    assert Client().get(where).status_code == 404


def test_it_is_kept_when_the_hours_were_fetched(house: House, participant: Client) -> None:
    Client().get(address(participant, house))
    assert CalendarLink.objects.get().fetched_at is not None
