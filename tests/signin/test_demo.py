"""The demo's people sign in with one click; outside the demo the way does not exist."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from samlop.core.writing import writing
from samlop.people.models import User
from tests.house import House


@pytest.fixture
def radgiver(house: House) -> User:
    with writing("test"):
        user = User.objects.create_user("radgiver", name="Rune Rådgiver")
        house.users["adviser"].memberships.update(user=user)
    return user


def test_the_page_offers_the_people_that_are_there(client: Client, radgiver: User) -> None:
    page = client.get("/logg-inn/").content.decode()
    assert "Rune Rådgiver" in page
    assert 'action="/logg-inn/demo/radgiver/"' in page
    assert "/logg-inn/demo/laerer/" not in page


def test_one_click_signs_in(client: Client, radgiver: User) -> None:
    response = client.post("/logg-inn/demo/radgiver/", {"next": "/konto/"})
    assert (response.status_code, response["Location"]) == (302, "/konto/")
    assert "Rune Rådgiver" in client.get("/konto/").content.decode()


def test_another_click_makes_one_somebody_else(client: Client, house: House, radgiver: User) -> None:
    client.post("/logg-inn/demo/radgiver/")
    with writing("test"):
        other = User.objects.create_user("laerer", name="Lise Lærer")
        house.users["teacher"].memberships.update(user=other)
    client.post("/logg-inn/demo/laerer/")
    assert "Lise Lærer" in client.get("/konto/").content.decode()


def test_only_the_fixed_names(client: Client, house: House, radgiver: User) -> None:
    assert client.post("/logg-inn/demo/adviser/").status_code == 404
    assert client.post("/logg-inn/demo/leder/").status_code == 404, "a fixed name that is not there"
    assert client.get("/logg-inn/demo/radgiver/").status_code == 405


def test_a_participant_who_was_registered_signs_in_by_name(client: Client, house: House, radgiver: User) -> None:
    name = house.case.person.name
    answer = client.post("/logg-inn/demo/navn/", {"name": f" {name.upper()} "}, follow=True)
    assert answer.redirect_chain[-1][0] == "/min-side/"
    assert name in answer.content.decode()


@pytest.mark.parametrize("name", ["", "Ingen Slik", "Kari\x00", "x" * 5000])
def test_a_name_that_is_not_there_is_said(client: Client, house: House, radgiver: User, name: str) -> None:
    answer = client.post("/logg-inn/demo/navn/", {"name": name}, follow=True)
    assert "Vi fant ingen deltaker med det navnet" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_outside_the_demo_it_does_not_exist(client: Client, radgiver: User, settings: Settings) -> None:
    settings.DEMO = False
    assert client.post("/logg-inn/demo/radgiver/").status_code == 404
    assert client.post("/logg-inn/demo/navn/", {"name": "Kari Nordmann"}).status_code == 404
    assert "demo" not in client.get("/logg-inn/").content.decode().split("<main")[1]


def test_a_script_needs_the_cookie_first(radgiver: User) -> None:
    script = Client(enforce_csrf_checks=True)
    assert script.post("/logg-inn/demo/radgiver/").status_code == 403
    token = script.get("/logg-inn/").cookies["csrftoken"].value
    assert script.post("/logg-inn/demo/radgiver/", headers={"X-CSRFToken": token}).status_code == 302
