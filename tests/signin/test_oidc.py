"""Sign-in through a real OpenID provider (npm ``oidc-provider``) that runs beside the tests."""

from __future__ import annotations

import time
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount, SocialToken
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from pytest_django import Settings

from samlop.core.writing import writing
from samlop.people.models import PersonIdentifier, User
from samlop.people.vocabulary import IdentifierKind
from samlop.site.environment import MissingSetting
from samlop.site.signin import oidc
from samlop.site.signin.providers import from_environment
from tests.house import House
from tests.oidc.way import PID, Configure, Way
from tests.signin.conftest import PASSWORD


@pytest.fixture
def participant(house: House) -> User:
    """Amina, whose number the municipality has registered."""
    person = house.case.person
    with writing("test"):
        PersonIdentifier.objects.create(
            person=person, municipality=person.municipality, kind=IdentifierKind.BIRTH_NUMBER, value=PID
        )
    return house.users["participant"]


@pytest.fixture
def idporten(configure: Configure) -> Way:
    return configure("idporten", ACR="substantial,high")  # type: ignore[no-any-return]


def test_a_participant_comes_in_by_the_number_the_municipality_registered(idporten: Way, participant: User) -> None:
    assert idporten.sign_in("amina")["Location"] == "/"
    assert idporten.client.session["_auth_user_id"] == str(participant.pk)
    assert idporten.is_in


def test_the_button_says_where_it_leads(idporten: Way, db: None) -> None:
    assert "Logg inn med ID-porten" in idporten.client.get("/logg-inn/").content.decode()


def test_one_comes_to_the_page_one_was_going_to(idporten: Way, participant: User) -> None:
    back = idporten.through(idporten.out(next="/konto/passord/"), "amina", acr="high")
    assert idporten.back(back)["Location"] == "/konto/passord/"


def test_a_participant_without_an_account_gets_one_at_the_first_sign_in(idporten: Way, participant: User) -> None:
    with writing("test"):
        participant.persons.update(user=None)
    assert idporten.sign_in("amina").status_code == 302
    made = User.objects.get(pk=idporten.client.session["_auth_user_id"])
    assert made != participant
    assert made.name == "Amina Østby"
    assert not made.has_usable_password()
    assert made.persons.count() == 1


def test_the_second_time_the_pseudonym_is_enough(idporten: Way, participant: User) -> None:
    idporten.sign_in("amina")
    with writing("test"):
        PersonIdentifier.objects.all().delete()
    assert Way(Client()).sign_in("amina").status_code == 302


def test_of_the_answer_only_the_pseudonym_is_kept(idporten: Way, participant: User) -> None:
    idporten.sign_in("amina")
    account = SocialAccount.objects.get()
    assert (account.uid, account.extra_data, account.user) == ("amina", {}, participant)
    assert not SocialToken.objects.exists()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert PID not in str(sessions)
    assert "eyJ" not in str(sessions), "no token in the session"
    with connection.cursor() as cursor:
        tables = ("socialaccount_socialaccount", "people_user", "signin_signedin", "django_session", "signin_cache")
        for table in tables:
            cursor.execute(f"SELECT {table}::text FROM {table}")
            assert PID not in str(cursor.fetchall())


def test_somebody_nobody_has_registered_is_refused_and_told_whom_to_ask(idporten: Way, participant: User) -> None:
    response = idporten.sign_in("stranger")
    page = response.content.decode()
    assert response.status_code == 403
    assert "du har ingen åpen konto i Samløp" in page
    assert "si fra til programrådgiveren din" in page
    assert "Ukjent Person" not in page
    assert not idporten.is_in
    assert not SocialAccount.objects.exists()


def test_a_weak_sign_in_is_refused(idporten: Way, participant: User) -> None:
    response = idporten.sign_in("amina", acr="low")
    assert response.status_code == 403
    assert "ikke trygt nok" in response.content.decode()
    assert not idporten.is_in


def test_who_says_no_at_the_provider_may_try_again(idporten: Way, participant: User) -> None:
    response = idporten.back(idporten.through(idporten.out(), "amina", deny=True))
    assert "Du avbrøt innloggingen hos ID-porten." in response.content.decode()
    assert not idporten.is_in


def test_an_answer_with_another_nonce_is_refused(idporten: Way, participant: User) -> None:
    parts = urlsplit(idporten.out())
    query = {key: values[0] for key, values in parse_qs(parts.query).items()} | {"nonce": "of somebody else"}
    where = urlunsplit(parts._replace(query=urlencode(query)))
    response = idporten.back(idporten.through(where, "amina", acr="high"))
    assert response.status_code == 403
    assert not idporten.is_in


def test_an_answer_is_good_once_and_in_one_browser(idporten: Way, participant: User) -> None:
    back = idporten.through(idporten.out(), "amina", acr="high")
    thief = Way(Client())
    assert thief.back(back).status_code == 502
    assert not thief.is_in
    assert idporten.back(back).status_code == 302
    idporten.client.post("/logg-ut/")
    assert idporten.back(back).status_code == 502
    assert not idporten.is_in


def test_a_token_whose_time_is_over_is_refused(idporten: Way, participant: User) -> None:
    back = idporten.through(idporten.out(), "amina", acr="high")
    with time_machine.travel(time.time() + 300):
        assert idporten.back(back).status_code == 502
    assert not idporten.is_in


def test_a_token_signed_with_another_key_is_refused(
    idporten: Way, participant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    monkeypatch.setattr(oidc.StrictAdapter, "_key", lambda self, token: other)
    assert idporten.sign_in("amina").status_code == 502
    assert not idporten.is_in


def test_a_token_from_another_issuer_is_refused(idporten: Way, participant: User, settings: Settings) -> None:
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    apps[0]["settings"]["openid_configuration_overrides"] = {"issuer": "https://idporten.example.test"}
    assert idporten.sign_in("amina").status_code == 502
    assert not idporten.is_in


def test_a_secret_the_provider_does_not_know_fails_plainly(configure: Configure, participant: User) -> None:
    way = configure("idporten", CLIENT_SECRET="wrong")
    response = way.sign_in("amina")
    assert response.status_code == 502
    assert "Vi fikk ikke et svar vi kan bruke fra ID-porten." in response.content.decode()


def test_a_provider_that_is_down_fails_plainly(configure: Configure, db: None) -> None:
    way = configure("idporten", ISSUER="http://127.0.0.1:9")
    response = way.client.post("/logg-inn/med/idporten/")
    assert response.status_code == 502
    assert "Vi fikk ikke et svar vi kan bruke fra ID-porten." in response.content.decode()


def test_nothing_in_the_address_changes_what_is_asked_for(idporten: Way, db: None) -> None:
    asked = parse_qs(urlsplit(idporten.out("?scope=address&auth_params=acr_values%3Dlow%26prompt%3Dnone")).query)
    assert sorted(asked["scope"][0].split()) == ["openid", "profile"]
    assert asked["acr_values"] == ["substantial high"]
    assert "prompt" not in asked
    assert asked["code_challenge_method"] == ["S256"]
    assert idporten.client.post("/logg-inn/med/idporten/?process=redirect").status_code == 404


def test_a_plain_link_to_the_provider_does_nothing(idporten: Way, db: None) -> None:
    assert idporten.client.get("/logg-inn/med/idporten/").status_code == 405


def test_a_provider_that_is_not_named_does_not_exist(idporten: Way, db: None) -> None:
    assert idporten.client.post("/logg-inn/med/noe/").status_code == 404


class TestColleagues:
    """Colleagues come in by the address the employer's provider vouches for, or by having connected it themselves."""

    def test_by_address_where_the_operator_trusts_it(self, configure: Configure, adviser: User) -> None:
        way = configure("entra", MATCH="email")
        assert way.sign_in("colleague")["Location"] == "/"
        assert way.client.session["_auth_user_id"] == str(adviser.pk)

    def test_not_by_an_address_the_provider_does_not_vouch_for(self, configure: Configure, adviser: User) -> None:
        assert configure("entra", MATCH="email").sign_in("unproved").status_code == 403

    def test_not_by_an_address_that_two_share(self, configure: Configure, adviser: User, house: House) -> None:
        with writing("test"):
            User.objects.filter(pk=house.users["nav"].pk).update(email=adviser.email)
        assert configure("entra", MATCH="email").sign_in("colleague").status_code == 403

    def test_not_by_address_unless_the_operator_says_so(self, configure: Configure, adviser: User) -> None:
        assert configure("entra").sign_in("colleague").status_code == 403

    def test_not_to_a_closed_account(self, configure: Configure, adviser: User) -> None:
        way = configure("entra", MATCH="email")
        assert way.sign_in("colleague").status_code == 302
        with writing("test"):
            User.objects.filter(pk=adviser.pk).update(is_active=False)
        again = Way(Client(), "entra")
        assert again.sign_in("colleague").status_code == 403
        assert not again.is_in

    def test_connected_from_the_account_and_disconnected_again(self, configure: Configure, adviser: User) -> None:
        way = configure("entra", ACR="high")
        way.client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})
        back = way.through(way.out("?process=connect"), "colleague", acr="high")
        assert way.back(back)["Location"] == "/konto/"
        assert "er koblet til kontoen din" in way.client.get("/konto/").content.decode()
        other = Way(Client(), "entra")
        assert other.sign_in("colleague").status_code == 302
        way.client.post(f"/konto/koblet/{SocialAccount.objects.get().pk}/fjern/")
        assert Way(Client(), "entra").sign_in("colleague").status_code == 403

    def test_connecting_asks_who_is_there_first(self, configure: Configure, adviser: User) -> None:
        way = configure("entra")
        assert way.client.post("/logg-inn/med/entra/?process=connect")["Location"].startswith("/logg-inn/")
        way.client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})
        with time_machine.travel(time.time() + 400):
            asked = way.client.post("/logg-inn/med/entra/?process=connect")
        assert asked["Location"].startswith("/konto/bekreft/passord/")

    def test_one_identity_opens_one_account(self, configure: Configure, adviser: User, house: House) -> None:
        way = configure("entra")
        SocialAccount.objects.create(provider="entra", uid="colleague", user=house.users["nav"])
        way.client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})
        way.back(way.through(way.out("?process=connect"), "colleague", acr="high"))
        assert "allerede koblet til en annen konto" in way.client.get("/konto/").content.decode()
        assert SocialAccount.objects.get().user == house.users["nav"]

    def test_the_last_way_in_stays(self, configure: Configure, adviser: User) -> None:
        way = configure("entra", MATCH="email")
        adviser.set_unusable_password()
        with writing("test"):
            adviser.save()
        way.sign_in("colleague")
        way.client.post(f"/konto/koblet/{SocialAccount.objects.get().pk}/fjern/")
        assert SocialAccount.objects.exists()
        assert "den eneste måten du kan logge inn på" in way.client.get("/konto/").content.decode()

    def test_a_provider_that_vouches_for_two_steps_is_enough(
        self, configure: Configure, adviser: User, settings: Settings
    ) -> None:
        settings.REQUIRE_SECOND_FACTOR = True
        way = configure("entra", MATCH="email", ACR="high")
        way.sign_in("colleague")
        assert way.client.get("/rolle/").status_code == 200

    def test_one_that_does_not_is_not(self, configure: Configure, adviser: User, settings: Settings) -> None:
        settings.REQUIRE_SECOND_FACTOR = True
        way = configure("entra", MATCH="email")
        way.sign_in("colleague")
        assert way.client.get("/rolle/")["Location"] == "/konto/"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("ISSUER", "http://idporten.example.test"), ("ISSUER", ""), ("CLIENT_ID", ""), ("MATCH", "navn")],
)
def test_a_provider_that_is_half_named_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    given = {"ISSUER": "https://idporten.example.test", "CLIENT_ID": "a", "CLIENT_SECRET": "b"} | {setting: value}
    monkeypatch.setenv("SAMLOP_OIDC", "idporten")
    for name, text in given.items():
        monkeypatch.setenv(f"SAMLOP_OIDC_IDPORTEN_{name}", text)
    with pytest.raises(MissingSetting):
        from_environment()
