"""The sign-in page: password, refusals, and where one ends up."""

from __future__ import annotations

import pytest
from django.test import Client

from samlop.core.writing import writing
from samlop.people.models import User
from tests.house import House
from tests.signin.conftest import PASSWORD

HERE = "/logg-inn/"


def sign_in(client: Client, username: str = "adviser", password: str = PASSWORD, **extra: str):  # type: ignore[no-untyped-def]
    return client.post(HERE, {"login": username, "password": password, **extra})


def test_the_right_password_lets_in(client: Client, adviser: User) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/konto/").status_code == 200


def test_the_user_name_may_be_typed_in_capitals(client: Client, adviser: User) -> None:
    assert sign_in(client, "ADVISER").status_code == 302


def test_a_wrong_password_is_refused_in_plain_words_and_keeps_the_name(client: Client, adviser: User) -> None:
    response = sign_in(client, password="feil")
    assert response.status_code == 200
    assert "Brukernavnet eller passordet stemmer ikke." in response.content.decode()
    assert 'value="adviser"' in response.content.decode()


def test_a_name_nobody_has_is_refused_in_the_same_words(client: Client, adviser: User) -> None:
    known, unknown = (sign_in(client, name, "feil").content.decode() for name in ("adviser", "ukjent"))
    assert "Brukernavnet eller passordet stemmer ikke." in unknown
    assert known.count("ds-error-summary") == unknown.count("ds-error-summary")


def test_an_empty_form_says_what_is_missing(client: Client, db: None) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "Skriv brukernavnet ditt." in page
    assert "Skriv passordet ditt." in page


def test_one_comes_to_the_page_one_was_going_to(client: Client, adviser: User) -> None:
    asked = client.get("/konto/passord/")
    assert asked["Location"] == "/logg-inn/?next=%2Fkonto%2Fpassord%2F"
    assert 'name="next" value="/konto/passord/"' in client.get(asked["Location"]).content.decode()
    assert sign_in(client, next="/konto/passord/")["Location"] == "/konto/passord/"


@pytest.mark.parametrize("elsewhere", ["https://example.test/", "//example.test/", "javascript:alert(1)"])
def test_one_is_never_sent_elsewhere(client: Client, adviser: User, elsewhere: str) -> None:
    assert sign_in(client, next=elsewhere)["Location"] == "/"


def test_a_closed_account_is_told_so_after_the_right_password_only(client: Client, adviser: User) -> None:
    adviser.is_active = False
    with writing("test"):
        adviser.save()
    assert sign_in(client)["Location"] == "/logg-inn/stengt/"
    assert "Kontoen din i Samløp er stengt" in client.get("/logg-inn/stengt/").content.decode()
    assert "stemmer ikke" in sign_in(client, password="feil").content.decode()


def test_nobody_can_sign_up(client: Client, db: None) -> None:
    for path in ("/logg-inn/ny/", "/accounts/signup/", "/signup/", "/konto/ny/"):
        assert client.get(path).status_code == 404


def test_a_user_without_a_role_is_told_whom_to_ask(client: Client, adviser: User) -> None:
    with writing("test"):
        adviser.memberships.all().delete()
    sign_in(client)
    response = client.get("/konto/")
    assert response.status_code == 403
    assert "Be lederen din om å gi deg en rolle" in response.content.decode()
    assert client.post("/logg-ut/").status_code == 302


def test_signing_out_ends_the_session_and_forgets_what_the_browser_kept(client: Client, adviser: User) -> None:
    sign_in(client)
    assert client.get("/logg-ut/").status_code == 200, "a plain visit asks first"
    assert client.get("/konto/").status_code == 200
    response = client.post("/logg-ut/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert client.get("/konto/").status_code == 302


def test_the_page_follows_the_language_of_the_account(client: Client, adviser: User) -> None:
    adviser.language = "nn"
    with writing("test"):
        adviser.save()
    assert sign_in(client).cookies["django_language"].value == "nn"


def test_a_chosen_language_is_kept_with_the_account(client: Client, adviser: User) -> None:
    sign_in(client)
    client.post("/sprak/", {"language": "en"})
    client.post("/sprak/", {"language": "klingon"})
    adviser.refresh_from_db()
    assert adviser.language == "en"


def test_pages_for_those_signed_in_are_kept_by_no_cache(client: Client, adviser: User) -> None:
    sign_in(client)
    assert "no-store" in client.get("/konto/")["Cache-Control"]


def test_the_viewer_costs_three_queries(client: Client, house: House, django_assert_num_queries: object) -> None:
    client.force_login(house.users["adviser"])
    with django_assert_num_queries(3) as seen:  # type: ignore[operator]
        client.post("/konto/her/")
    assert [query["sql"].split('FROM "')[1].split('"')[0] for query in seen.captured_queries] == [
        "django_session",
        "people_user",
        "people_membership",
    ]
