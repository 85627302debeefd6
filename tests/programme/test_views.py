"""The programme page, for each who may open it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.access.models import Reading
from samlop.programme.models import Course
from tests.house import House


def url(house: House, name: str = "course") -> str:
    return reverse(f"programme:{name}", args=[house.case.pk])


def sign_in(house: House, client: Client, name: str) -> Client:
    client.force_login(house.users[name])
    return client


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("adviser", 200), ("colleague", 200), ("leader", 200), ("nav", 200), ("teacher", 200), ("participant", 200),
        ("stranger", 404), ("county", 404), ("health", 404), ("employer", 404),
    ],
)  # fmt: skip
def test_who_opens_the_page(house: House, client: Client, name: str, status: int) -> None:
    assert sign_in(house, client, name).get(url(house)).status_code == status


def test_the_opening_is_in_the_reading_log(house: House, client: Client) -> None:
    sign_in(house, client, "nav").get(url(house))
    assert Reading.objects.filter(section="programme", user_id=house.users["nav"].pk).count() == 1


def test_the_adviser_fills_in_everything(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("dates", {"dates-start_on": "12.1.2026", "dates-planned_end_on": "11.1.2028"}),
        ("end_goal", {"goal-end_goal": "work"}),
        ("mapping", {"mapping-done_on": "1.2.2026"}),
        ("nav_need", {"nav-need": "yes", "nav-on": "3.3.2026", "nav-clarified_by": str(house.users["nav"].pk)}),
    ]
    for name, typed in steps:
        answer = client.post(url(house, name), typed)
        assert (name, answer.status_code) == (name, 302)
    course = Course.objects.get(case=house.case)
    assert (course.start_on, course.planned_end_on) == (date(2026, 1, 12), date(2028, 1, 11))
    text = client.get(url(house)).content.decode()
    for expected in (
        "12.01.2026",
        "Arbeid",
        "Gjort 01.02.2026 (Adviser)",
        "Trenger bistand fra NAV",
        "03.03.2026, Nav",
    ):
        assert expected in text
    assert client.post(url(house, "end"), {"end-ended_on": "1.10.2026", "end-reason": "work"}).status_code == 302
    assert client.post(url(house, "close")).status_code == 302
    assert "Saken er lukket." in client.get(url(house)).content.decode()
    assert client.post(url(house, "reopen"), {"reopen-why": "Feil"}).status_code == 302
    assert "Avslutt programmet" in client.get(url(house)).content.decode()


def test_what_is_refused_stays_on_the_page(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    answer = client.post(url(house, "dates"), {"dates-start_on": "1.5.2026", "dates-planned_end_on": "30.4.2026"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Programmet kan ikke slutte før det starter." in text
    assert 'value="30.4.2026"' in text


def test_readers_see_no_form_they_may_not_send(house: House, client: Client) -> None:
    assert "Lagre datoene" not in sign_in(house, client, "teacher").get(url(house)).content.decode()
    text = sign_in(house, client, "nav").get(url(house)).content.decode()
    assert "Lagre avklaringen" in text
    assert "Lagre datoene" not in text
    assert client.post(url(house, "dates"), {"dates-start_on": "1.5.2026"}).status_code == 403


def test_writing_addresses_refuse_to_be_opened(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    for name in ("dates", "end_goal", "mapping", "nav_need", "end", "close", "reopen"):
        assert client.get(url(house, name)).status_code == 405
