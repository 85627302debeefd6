"""Passkeys: added, used alone, used as the second step, renamed and removed."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from samlop.people.models import User
from tests.house import House
from tests.signin.authenticator import Passkey
from tests.signin.conftest import PASSWORD

HOST = {"HTTP_HOST": "localhost"}  # a browser ties a passkey to a name; a number has none


def options(page: bytes) -> Any:
    found = re.search(rb'id="passkey-data" type="application/json">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


@pytest.fixture
def browser(adviser: User) -> Client:
    """The adviser's browser, signed in with the password."""
    client = Client(**HOST)  # type: ignore[arg-type]
    client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})
    return client


def add(browser: Client, key: Passkey, name: str = "Jobbmobilen") -> Any:
    asked = options(browser.get("/konto/passnokler/ny/").content)["creation_options"]
    return browser.post("/konto/passnokler/ny/", {"name": name, "credential": key.create(asked)})


def use(client: Client, key: Passkey, **extra: str) -> Any:
    asked = client.get("/logg-inn/passnokkel/", headers={"accept": "application/json"}).json()["request_options"]
    return client.post("/logg-inn/passnokkel/", {"credential": key.get(asked), **extra})


def test_a_passkey_alone_signs_in_and_counts_as_two_steps(browser: Client, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    key = Passkey()
    assert add(browser, key)["Location"] == "/konto/reservekoder/"
    assert "Jobbmobilen" in browser.get("/konto/").content.decode()
    client = Client(**HOST)  # type: ignore[arg-type]
    assert use(client, key, next="/rolle/")["Location"] == "/rolle/"
    assert client.get("/rolle/").status_code == 200


def test_a_passkey_can_be_the_second_step(browser: Client) -> None:
    key = Passkey()
    add(browser, key)
    client = Client(**HOST)  # type: ignore[arg-type]
    assert client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})["Location"] == "/logg-inn/kode/"
    asked = options(client.get("/logg-inn/kode/").content)["request_options"]
    assert client.post("/logg-inn/kode/", {"credential": key.get(asked)})["Location"] == "/"


def test_another_key_does_not_sign_in(browser: Client) -> None:
    key = Passkey()
    add(browser, key)
    thief = Passkey(credential_id=key.credential_id, user_handle=key.user_handle)
    client = Client(**HOST)  # type: ignore[arg-type]
    assert use(client, thief)["Location"] == "/logg-inn/"
    assert client.get("/konto/").status_code == 302


def test_an_answer_made_for_another_site_is_refused(browser: Client) -> None:
    key = Passkey()
    add(browser, key)
    key.origin = "https://samlop.example.test"
    client = Client(**HOST)  # type: ignore[arg-type]
    assert use(client, key)["Location"] == "/logg-inn/"
    assert client.get("/konto/").status_code == 302


def test_a_device_that_has_not_checked_who_holds_it_is_refused(browser: Client) -> None:
    response = add(browser, Passkey(verified=False))
    assert response.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_passkey_of_a_closed_account_opens_nothing(browser: Client, adviser: User) -> None:
    from samlop.core.writing import writing

    key = Passkey()
    add(browser, key)
    with writing("test"):
        User.objects.filter(pk=adviser.pk).update(is_active=False)
    client = Client(**HOST)  # type: ignore[arg-type]
    assert use(client, key)["Location"] == "/logg-inn/stengt/"
    assert client.get("/konto/").status_code == 302


def test_what_is_not_an_answer_is_refused(browser: Client) -> None:
    for rubbish in ("", "{}", "[]", "null", '{"id": 1}', "x"):
        assert Client(**HOST).post("/logg-inn/passnokkel/", {"credential": rubbish}).status_code == 302  # type: ignore[arg-type]


def test_it_can_be_renamed_and_removed_by_its_owner_only(browser: Client, house: House) -> None:
    add(browser, Passkey())
    number = Authenticator.objects.get(type="webauthn").pk
    other = Client(**HOST)  # type: ignore[arg-type]
    other.force_login(house.users["nav"])
    assert other.post(f"/konto/passnokler/{number}/fjern/").status_code in (302, 404)
    assert Authenticator.objects.filter(pk=number).exists()
    assert browser.post(f"/konto/passnokler/{number}/navn/", {"name": "Nettbrettet"})["Location"] == "/konto/"
    assert "Nettbrettet" in browser.get(f"/konto/passnokler/{number}/fjern/").content.decode()
    assert browser.post(f"/konto/passnokler/{number}/fjern/")["Location"] == "/konto/"
    assert not Authenticator.objects.exists(), "recovery codes go with the last factor"


def test_at_an_address_that_is_a_number_it_is_not_offered(adviser: User) -> None:
    client = Client(HTTP_HOST="127.0.0.1")
    assert "data-passkey" not in client.get("/logg-inn/").content.decode()
    client.force_login(adviser)
    page = client.get("/konto/").content.decode()
    assert "Passnøkler kan ikke lages når adressen er et tall." in page
