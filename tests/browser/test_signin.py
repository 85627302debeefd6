"""The pages of sign-in in a browser: no barriers, passkeys, and a time-out that warns and loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from samlop.core.writing import writing
from samlop.people.models import User
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits
from tests.house import House
from tests.oidc.way import Configure
from tests.oidc.way import configure as configure
from tests.oidc.way import issuer as issuer

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "fire hester i regn"


@pytest.fixture
def adviser(house: House) -> User:
    user = house.users["adviser"]
    user.set_password(PASSWORD)
    with writing("test"):
        user.save()
        User.objects.create_user("radgiver", name="Rune Rådgiver")
    return user


def sign_in(page: Page) -> None:
    page.get_by_role("textbox", name="Brukernavn").fill("adviser")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn", exact=True).click()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/logg-inn/", "/logg-inn/glemt/", "/logg-inn/stengt/", "/logg-ut/"])
def test_pages_before_sign_in_have_no_barriers(open_page: OpenPage, adviser: User, path: str, width: int) -> None:
    page = open_page(path, width=width)
    axe(page)
    fits(page)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/konto/", "/konto/passord/", "/konto/kodeapp/", "/konto/passnokler/ny/"])
def test_pages_of_the_account_have_no_barriers(open_page: OpenPage, adviser: User, path: str, width: int) -> None:
    page = open_page("/logg-inn/", width=width)
    sign_in(page)
    page.goto(path)
    axe(page)
    fits(page)


def test_a_wrong_password_is_read_first(open_page: OpenPage, adviser: User) -> None:
    page = open_page("/logg-inn/")
    page.get_by_role("textbox", name="Brukernavn").fill("adviser")
    page.locator("input[name=password]").fill("feil")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("textbox", name="Brukernavn")).to_have_value("adviser")
    axe(page)


def test_a_demo_user_is_one_click_away_without_scripts(open_page: OpenPage, adviser: User) -> None:
    page = open_page("/logg-inn/?next=/konto/", script=False)
    with writing("test"):
        adviser.memberships.update(user=User.objects.get(username="radgiver"))
    page.get_by_role("button", name="Rune Rådgiver").click()
    expect(page.get_by_role("heading", name="Innlogging og sikkerhet")).to_be_visible()


def virtual_authenticator(page: Page) -> None:
    """A phone that is always unlocked by its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_signs_in_alone(open_page: OpenPage, adviser: User) -> None:
    page = open_page("/logg-inn/")
    virtual_authenticator(page)
    sign_in(page)
    page.goto("/konto/")
    page.get_by_role("link", name="Legg til en passnøkkel").click()
    page.get_by_label("Navn").fill("Jobbmobilen")
    page.get_by_role("button", name="Lag passnøkkel").click()
    expect(page.get_by_role("heading", name="Reservekoder")).to_be_visible()
    axe(page)
    page.goto("/logg-ut/")
    page.get_by_role("main").get_by_role("button", name="Logg ut").click()
    page.goto("/logg-inn/?next=/konto/")
    page.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(page.get_by_role("link", name="Fjern Jobbmobilen")).to_be_visible()


def test_a_warning_comes_before_the_time_out_and_one_press_goes_on(
    open_page: OpenPage, adviser: User, settings: Settings
) -> None:
    page = open_page("/logg-inn/")
    page.emulate_media(reduced_motion="reduce")
    page.clock.install()
    sign_in(page)
    page.goto("/konto/passord/")
    page.clock.fast_forward("27:00")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.clock.fast_forward("01:30")
    expect(page.get_by_role("dialog", name="Er du der fortsatt?")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_when_time_is_out_the_page_leaves_and_comes_back(open_page: OpenPage, adviser: User, house: House) -> None:
    page = open_page("/logg-inn/")
    page.clock.install()
    sign_in(page)
    page.goto("/konto/passord/")
    _grow_old(house)
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", name="Logg inn", exact=True)).to_be_visible()
    expect(page.get_by_text("Du er logget ut fordi det ikke skjedde noe")).to_be_visible()
    sign_in(page)
    expect(page.get_by_role("heading", name="Bytt passord")).to_be_visible()


def _grow_old(house: House) -> None:
    """Half an hour passes on the server too."""
    from django.contrib.sessions.models import Session

    for session in Session.objects.all():
        content: dict[str, Any] = session.get_decoded()
        if "seen" in content:
            content["seen"] -= 3600
            session.session_data = Session.objects.encode(content)
            session.save()


@pytest.mark.parametrize("script", [True, False])
def test_the_button_leads_to_the_provider_past_the_content_policy(
    open_page: OpenPage, adviser: User, configure: Configure, issuer: str, script: bool
) -> None:
    configure("idporten")
    page = open_page("/logg-inn/", script=script)
    page.get_by_role("button", name="Logg inn med ID-porten").click()
    page.wait_for_url(f"{issuer}/**")
