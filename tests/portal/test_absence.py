"""The participant reports own absence and sees what it means in kroner before sending."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours.models import Absence
from tests.hours.weeks import course
from tests.house import House

WHERE = "/min-side/fravaer/"


@pytest.fixture(autouse=True)
def _in_november(house: House) -> Iterator[None]:
    course(house.case)
    with writing("test"):
        house.case.permit_granted_on = date(2025, 3, 1)
        house.case.save()
        house.case.person.birth_date = date(1990, 4, 2)
        house.case.person.save()
    with at(date(2026, 11, 16)):
        yield


@pytest.fixture
def client(house: House) -> Client:
    made = Client()
    made.force_login(house.users["participant"])
    return made


def typed(first: str = "17.11.2026", last: str = "18.11.2026", reason: str = "SYK_EGEN_EM", **extra: str) -> Any:
    return {"first": first, "last": last, "hours": "", "reason": reason} | extra


def show(client: Client, **values: str) -> str:
    return " ".join(client.post(WHERE, typed(**values) | {"show": "1"}).content.decode().replace("\u00a0", " ").split())


def seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_two_days_without_a_valid_reason_take_1517_22_and_the_page_says_so_before_it_is_sent(client: Client) -> None:
    page = show(client)
    assert "1 517,21 kr" in page or "1 517,22 kr" in page
    assert "Du får den samme stønaden." in page
    assert "integreringsloven § 21" in page
    assert not Absence.objects.exists()


def test_it_is_sent_only_after_it_has_been_shown(client: Client) -> None:
    client.post(WHERE, typed() | {"send": "1"})
    assert not Absence.objects.exists()
    page = show(client)
    assert client.post(WHERE, typed() | {"send": "1", "seen": seen(page)}).status_code == 302
    absence = Absence.objects.get()
    assert (absence.first_day, absence.last_day, absence.code) == (
        date(2026, 11, 17),
        date(2026, 11, 18),
        "SYK_EGEN_EM",
    )
    assert absence.reports.get().reporter == "participant"


def test_changed_after_it_was_shown_it_is_shown_again(client: Client) -> None:
    page = show(client)
    client.post(WHERE, typed(last="20.11.2026") | {"send": "1", "seen": seen(page)})
    assert not Absence.objects.exists()


def test_a_self_certificate_that_breaks_the_rule_says_so_with_paragraph_and_what_to_do(client: Client) -> None:
    page = show(client, last="20.11.2026")
    assert "Fra 20.11.2026 må det være legeerklæring" in page
    assert "Skaff legeerklæring" in page
    assert "integreringsforskriften § 8" in page
    with at(date(2026, 9, 7)):
        assert "først etter 8 uker" in show(client, first="7.9.2026", last="")


def test_some_hours_are_shown_by_the_hour(client: Client) -> None:
    page = show(client, last="", hours="2,5")
    assert "369,05 kr" in page or "369,04 kr" in page


def test_without_what_the_payment_is_worked_out_from_the_page_says_that_it_does_not_know(
    house: House, client: Client
) -> None:
    with writing("test"):
        house.case.permit_granted_on = None
        house.case.save()
    assert "Vi vet ikke nok til å regne ut" in show(client)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"first": "31.2.2026"}, "Vi forstår ikke datoen"),
        ({"first": "18.11.2026", "last": "17.11.2026"}, "Siste dag kan ikke komme før første dag"),
        ({"reason": "TULL"}, "Velg"),
        ({"hours": "lenge"}, "Skriv timer som et tall"),
    ],
)
def test_what_is_not_understood_is_said_at_the_field(client: Client, values: dict[str, str], said: str) -> None:
    answer = client.post(WHERE, typed(**values) | {"show": "1"})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_others_are_sent_to_their_own_pages_and_from_the_case_the_participant_here(
    house: House, client: Client
) -> None:
    staff = Client()
    staff.force_login(house.users["adviser"])
    assert staff.get(WHERE).status_code == 302
    assert client.get(reverse("hours:report", args=[house.case.pk])).url == WHERE


def test_what_one_has_told_can_be_taken_back_until_it_is_settled(house: House, client: Client) -> None:
    client.post(WHERE, typed() | {"send": "1", "seen": seen(show(client))})
    absence = Absence.objects.get()
    where = reverse("portal:take_back_absence", args=[absence.pk])
    assert "Trekk meldingen" in client.get(WHERE).content.decode()
    with writing("test"):
        Absence.objects.update(settled_by=house.users["adviser"])
    assert "Grunnen er avgjort" in client.post(where, follow=True).content.decode()
    with writing("test"):
        Absence.objects.update(settled_by=None)
    client.post(where)
    assert absence.refreshed().withdrawn_at is not None
