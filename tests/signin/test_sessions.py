"""Time-out without loss, signing out elsewhere and everywhere, and new passwords."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from samlop.core.time import at, now
from samlop.people.models import User
from samlop.site.signin import sessions
from samlop.site.signin.models import SignedIn
from tests.signin.conftest import PASSWORD


def signed_in(**extra: str) -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/131.0"}, **extra)  # type: ignore[arg-type]
    assert client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/konto/").status_code == 200


def test_half_an_hour_without_a_sign_of_life_signs_out(adviser: User) -> None:
    client = signed_in()
    with at(now() + timedelta(minutes=29)):
        assert is_in(client)
    with at(now() + timedelta(minutes=58)):
        assert is_in(client), "each page counts as a sign of life"
    with at(now() + timedelta(minutes=89)):
        response = client.get("/konto/passord/")
        assert response["Location"] == "/logg-inn/?next=%2Fkonto%2Fpassord%2F"
        page = client.get(response["Location"]).content.decode()
    assert "Du er logget ut fordi det ikke skjedde noe på 30 minutter." in page
    assert "Det du skrev, er tatt vare på i denne fanen." in page


def test_the_limit_is_a_setting(adviser: User, settings: Settings) -> None:
    settings.IDLE_MINUTES = 5
    client = signed_in()
    with at(now() + timedelta(minutes=6)):
        assert not is_in(client)


def test_a_form_that_is_sent_too_late_leads_back_to_the_page_with_the_form(adviser: User) -> None:
    client = signed_in()
    with at(now() + timedelta(hours=1)):
        response = client.post("/konto/logg-ut-overalt/", headers={"referer": "http://testserver/konto/?fra=her"})
    assert response["Location"] == "/logg-inn/?next=%2Fkonto%2F"


def test_a_part_of_a_page_that_asks_too_late_takes_the_whole_page_to_sign_in(adviser: User) -> None:
    client = signed_in()
    htmx = {"HX-Request": "true", "HX-Current-URL": "http://testserver/konto/passord/"}
    with at(now() + timedelta(hours=1)):
        response = client.get("/rolle/", headers=htmx)
    assert (response.status_code, response["HX-Redirect"]) == (204, "/logg-inn/?next=%2Fkonto%2Fpassord%2F")


def test_a_sign_of_life_is_noted_at_most_once_a_minute(adviser: User, django_assert_num_queries: Any) -> None:
    client = signed_in()
    with at(now() + timedelta(seconds=50)), django_assert_num_queries(3):
        client.post("/konto/her/")
    with at(now() + timedelta(seconds=70)):
        client.post("/konto/her/")
        assert SignedIn.objects.get().seen == now()


def test_one_sees_where_one_is_signed_in(adviser: User) -> None:
    signed_in()
    page = signed_in().get("/konto/").content.decode()
    assert page.count("Firefox, Linux,") == 2
    assert page.count("<strong>(her)</strong>") == 1


def test_one_place_can_be_ended_from_another(adviser: User) -> None:
    lost, here = signed_in(), signed_in()
    place = SignedIn.objects.get(session_key=lost.session.session_key)
    assert here.post(f"/konto/innlogget/{place.pk}/logg-ut/")["Location"] == "/konto/"
    assert not is_in(lost)
    assert is_in(here)


def test_somebody_elses_place_cannot_be_ended(adviser: User, house: Any) -> None:
    victim = signed_in()
    place = SignedIn.objects.get(session_key=victim.session.session_key)
    other = Client()
    other.force_login(house.users["nav"])
    other.post(f"/konto/innlogget/{place.pk}/logg-ut/")
    assert is_in(victim)


def test_sign_out_everywhere_ends_every_session(adviser: User) -> None:
    lost, here = signed_in(), signed_in()
    assert here.post("/konto/logg-ut-overalt/")["Location"] == "/logg-inn/"
    assert not is_in(lost)
    assert not is_in(here)
    assert is_in(signed_in())


def test_a_raised_epoch_ends_sessions_also_after_the_secret_key_has_changed(adviser: User, settings: Settings) -> None:
    client = signed_in()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a new one"
    assert is_in(client), "an earlier key still holds"
    other = signed_in()
    other.post("/konto/logg-ut-overalt/")
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(adviser: User) -> None:
    lost, here = signed_in(), signed_in()
    given = {"current": PASSWORD, "password": "fem katter i trappa", "again": "fem katter i trappa"}
    assert here.post("/konto/passord/", given).status_code == 302
    assert is_in(here)
    assert not is_in(lost)
    assert SignedIn.objects.count() == 1
    adviser.refresh_from_db()
    assert adviser.check_password("fem katter i trappa")


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (
            {"current": "feil", "password": "fem katter i trappa", "again": "fem katter i trappa"},
            "Passordet stemmer ikke.",
        ),
        (
            {"current": PASSWORD, "password": "fem katter i trappa", "again": "noe annet"},
            "De to passordene er ikke like.",
        ),
        ({"current": PASSWORD, "password": "kort", "again": "kort"}, "12"),
        ({"current": PASSWORD, "password": "1234567890123", "again": "1234567890123"}, "tall"),
        ({"current": "", "password": "", "again": ""}, "Fyll ut «Passordet du har nå»."),
    ],
)
def test_a_password_that_will_not_do_is_refused(adviser: User, given: dict[str, str], text: str) -> None:
    page = signed_in().post("/konto/passord/", given)
    assert page.status_code == 200
    assert text in page.content.decode()
    adviser.refresh_from_db()
    assert adviser.check_password(PASSWORD)


def link(user: User) -> str:
    return f"/logg-inn/nytt-passord/{user.pk}/{default_token_generator.make_token(user)}/"


def test_a_personal_link_gives_a_new_password_once(client: Client, adviser: User) -> None:
    where = link(adviser)
    assert "Brukernavnet ditt er <strong>adviser</strong>" in client.get(where).content.decode()
    given = {"password": "fem katter i trappa", "again": "fem katter i trappa"}
    assert client.post(where, given)["Location"] == "/logg-inn/"
    assert "Lenken virker ikke lenger" in client.get(where).content.decode()
    assert client.post(where, given).status_code == 404
    assert client.post("/logg-inn/", {"login": "adviser", "password": given["password"]}).status_code == 302


def test_a_personal_link_is_of_no_use_after_three_days_or_for_another(
    client: Client, adviser: User, house: Any
) -> None:
    old = link(adviser)
    other = f"/logg-inn/nytt-passord/{house.users['nav'].pk}/{default_token_generator.make_token(adviser)}/"
    assert client.get(other).status_code == 404
    import time_machine

    with time_machine.travel(now() + timedelta(days=3, minutes=1)):
        assert client.get(old).status_code == 404


def test_sessions_that_are_over_are_cleared(adviser: User) -> None:
    signed_in()
    with at(now() + timedelta(hours=13)):
        import time_machine

        with time_machine.travel(now()):
            sessions.clear()
    assert not SignedIn.objects.exists()
    assert not Session.objects.exists()
