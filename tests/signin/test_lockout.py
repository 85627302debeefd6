"""After repeated failures one has to wait, and is told how long; nobody can shut somebody else out from elsewhere."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from samlop.core.time import OSLO, at
from samlop.people.models import User
from samlop.site.signin.models import Failure
from tests.signin.conftest import PASSWORD

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=OSLO)


def attempt(client: Client, password: str, *, name: str = "adviser", address: str = "192.0.2.1") -> Any:
    return client.post("/logg-inn/", {"login": name, "password": password}, REMOTE_ADDR=address)


def fail(client: Client, times: int, **where: str) -> None:
    for _ in range(times):
        attempt(client, "feil", **where)


def test_after_five_failures_the_right_password_has_to_wait(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 5)
        page = attempt(client, PASSWORD).content.decode()
        assert "Vent 15 minutter, til kl. 12.15, og prøv igjen." in page
    with at(NOON + timedelta(minutes=10)):
        assert "Vent 5 minutter, til kl. 12.15" in attempt(client, PASSWORD).content.decode()
    with at(NOON + timedelta(minutes=15, seconds=1)):
        assert attempt(client, PASSWORD).status_code == 302


def test_trying_while_locked_does_not_lengthen_the_wait(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 5)
    with at(NOON + timedelta(minutes=14)):
        fail(client, 5)
    with at(NOON + timedelta(minutes=15, seconds=1)):
        assert attempt(client, PASSWORD).status_code == 302


def test_a_guesser_elsewhere_does_not_shut_the_owner_out(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 10, address="203.0.113.9")
        assert attempt(client, PASSWORD).status_code == 302


def test_guessing_from_many_addresses_locks_the_account_for_a_while(client: Client, adviser: User) -> None:
    with at(NOON):
        for number in range(10):
            fail(client, 3, address=f"198.51.100.{number}")
        assert "prøvd for mange ganger" in attempt(client, PASSWORD, address="192.0.2.77").content.decode()


def test_guessing_at_many_accounts_locks_the_address(client: Client, adviser: User) -> None:
    with at(NOON):
        for number in range(25):
            fail(client, 4, name=f"ukjent{number}")
        assert "prøvd for mange ganger" in attempt(client, PASSWORD).content.decode()
        assert attempt(client, PASSWORD, address="192.0.2.2").status_code == 302


def test_a_name_nobody_has_is_locked_in_the_same_words(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 5, name="ukjent")
        assert "Vent 15 minutter" in attempt(client, "feil", name="ukjent").content.decode()


def test_getting_in_forgets_earlier_slips(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 4)
        assert attempt(client, PASSWORD).status_code == 302
        client.post("/logg-ut/")
        fail(client, 4)
        assert attempt(client, PASSWORD).status_code == 302


def test_neither_names_nor_addresses_are_stored(client: Client, adviser: User) -> None:
    fail(client, 1)
    kept = str(Failure.objects.values().get())
    assert "adviser" not in kept
    assert "192.0.2" not in kept


def test_failures_are_forgotten_after_a_day(client: Client, adviser: User) -> None:
    with at(NOON):
        fail(client, 3)
    with at(NOON + timedelta(days=1, seconds=1)):
        fail(client, 1)
    assert Failure.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_hundred_guesses_at_once_are_counted_one_by_one(adviser: User) -> None:
    """All at the same moment: not more than the limit are tried."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections

    def guess(number: int) -> bool:
        try:
            return "prøvd for mange ganger" in attempt(Client(), f"feil{number}").content.decode()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        locked = list(pool.map(guess, range(16)))
    assert locked.count(False) == 5
