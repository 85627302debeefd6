"""A second factor: an app for codes, recovery codes, and the demand for one."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from pytest_django import Settings

from samlop.people.models import User
from tests.house import House
from tests.signin.conftest import PASSWORD


def code(secret: str, later: int = 0) -> str:
    """What the app shows now, or ``later`` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(client: Client) -> Any:
    return client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})


def add_app(client: Client) -> tuple[str, list[str]]:
    """Add an app; returns its secret and the recovery codes that are shown once."""
    page = client.get("/konto/kodeapp/").content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)
    assert secret
    response = client.post("/konto/kodeapp/", {"code": code(secret[1])})
    assert response["Location"] == "/konto/reservekoder/"
    return secret[1], re.findall(r"<code>(\d{8})</code>", client.get("/konto/reservekoder/").content.decode())


@pytest.fixture
def client_in(client: Client, adviser: User) -> Client:
    sign_in(client)
    return client


def test_after_the_password_comes_the_code(client_in: Client) -> None:
    secret, _ = add_app(client_in)
    client = Client()
    assert sign_in(client)["Location"] == "/logg-inn/kode/"
    assert client.get("/konto/").status_code == 302, "the password alone opens nothing"
    assert client.post("/logg-inn/kode/", {"code": code(secret)})["Location"] == "/"
    assert client.get("/konto/").status_code == 200


def test_the_page_one_was_going_to_is_remembered_through_both_steps(client_in: Client) -> None:
    secret, _ = add_app(client_in)
    client = Client()
    client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD, "next": "/konto/passord/"})
    assert client.post("/logg-inn/kode/", {"code": code(secret)})["Location"] == "/konto/passord/"


def test_a_code_is_good_once(client_in: Client) -> None:
    secret, _ = add_app(client_in)
    first, second = Client(), Client()
    now = code(secret)
    sign_in(first)
    sign_in(second)
    assert first.post("/logg-inn/kode/", {"code": now}).status_code == 302
    refused = second.post("/logg-inn/kode/", {"code": now})
    assert "Koden stemmer ikke." in refused.content.decode()


def test_an_old_code_is_refused_and_one_half_a_minute_off_is_not(client_in: Client) -> None:
    secret, _ = add_app(client_in)
    client = Client()
    sign_in(client)
    assert client.post("/logg-inn/kode/", {"code": code(secret, -3)}).status_code == 200
    assert client.post("/logg-inn/kode/", {"code": code(secret, 1)}).status_code == 302


def test_wrong_codes_lock_like_wrong_passwords(client_in: Client) -> None:
    secret, _ = add_app(client_in)
    client = Client()
    sign_in(client)
    for _ in range(5):
        client.post("/logg-inn/kode/", {"code": "000000"})
    assert "prøvd for mange ganger" in client.post("/logg-inn/kode/", {"code": code(secret)}).content.decode()


def test_a_recovery_code_is_good_once_and_they_are_shown_once(client_in: Client) -> None:
    _, codes = add_app(client_in)
    assert len(codes) == 10
    again = client_in.get("/konto/reservekoder/").content.decode()
    assert not any(one in again for one in codes)
    assert "10 ubrukte reservekoder" in again
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    assert first.post("/logg-inn/kode/", {"code": codes[0]}).status_code == 302
    assert second.post("/logg-inn/kode/", {"code": codes[0]}).status_code == 200
    assert "9 ubrukte reservekoder" in client_in.get("/konto/reservekoder/").content.decode()


def test_new_recovery_codes_replace_the_old(client_in: Client) -> None:
    _, codes = add_app(client_in)
    assert client_in.post("/konto/reservekoder/nye/")["Location"] == "/konto/reservekoder/"
    new = re.findall(r"<code>(\d{8})</code>", client_in.get("/konto/reservekoder/").content.decode())
    assert len(new) == 10
    assert not set(new) & set(codes)


def test_the_secrets_are_encrypted_in_the_database(client_in: Client) -> None:
    secret, codes = add_app(client_in)
    kept = str(list(Authenticator.objects.values()))
    assert secret not in kept
    assert not any(one in kept for one in codes)


def test_a_change_of_the_secret_key_keeps_the_factors_as_long_as_the_old_key_is_named(
    client_in: Client, settings: Settings
) -> None:
    secret, _ = add_app(client_in)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    client = Client()
    sign_in(client)
    assert client.post("/logg-inn/kode/", {"code": code(secret)}).status_code == 302


def test_an_important_change_asks_again_after_a_while(client_in: Client) -> None:
    with time_machine.travel(time.time() + 400):
        response = client_in.get("/konto/kodeapp/")
        assert response["Location"].startswith("/konto/bekreft/passord/?next=")
        assert "Bekreft at det er deg" in client_in.get(response["Location"]).content.decode()
        back = client_in.post("/konto/bekreft/passord/", {"password": PASSWORD, "next": "/konto/kodeapp/"})
        assert back["Location"] == "/konto/kodeapp/"
        assert client_in.get("/konto/kodeapp/").status_code == 200


class TestDemanded:
    """Outside the demo, staff must have a second factor; a participant need not."""

    @pytest.fixture(autouse=True)
    def _demanded(self, settings: Settings) -> None:
        settings.REQUIRE_SECOND_FACTOR = True

    def test_staff_come_no_further_than_adding_one(self, client_in: Client) -> None:
        assert client_in.get("/rolle/")["Location"] == "/konto/"
        assert "Du må legge til bekreftelse i to trinn" in client_in.get("/konto/").content.decode()
        add_app(client_in)
        assert client_in.get("/rolle/").status_code == 200

    def test_who_has_one_is_let_in_by_using_it(self, client_in: Client) -> None:
        secret, _ = add_app(client_in)
        client = Client()
        sign_in(client)
        client.post("/logg-inn/kode/", {"code": code(secret)})
        assert client.get("/rolle/").status_code == 200

    def test_the_last_one_cannot_be_taken_away(self, client_in: Client) -> None:
        add_app(client_in)
        page = client_in.post("/konto/kodeapp/fjern/").content.decode()
        assert "Du må ha minst én bekreftelse i to trinn." in page
        assert Authenticator.objects.filter(type="totp").exists()

    def test_a_participant_need_not(self, house: House) -> None:
        client = Client()
        client.force_login(house.users["participant"])
        assert client.get("/rolle/").status_code == 200

    def test_a_program_is_told_so_as_a_program(self, client_in: Client) -> None:
        response = client_in.get("/api/no-such-operation")
        assert response.status_code in (403, 404)


def test_without_the_demand_it_can_be_taken_away_with_its_codes(client_in: Client) -> None:
    add_app(client_in)
    assert client_in.post("/konto/kodeapp/fjern/")["Location"] == "/konto/"
    assert not Authenticator.objects.exists()
    assert sign_in(Client())["Location"] == "/"
