"""Header, role and language as people use them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture
from tests.house import House


def test_the_role_menu_opens_with_the_roles_one_has(open_page: OpenPage, house: House) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    page.locator(".account-menu summary").click()
    expect(page.get_by_role("button", name="programrådgiver, Flyktningtjeneste")).to_be_visible()
    axe(page)
    picture(page, "rolle")


def test_roles_can_be_reached_without_scripts_on_a_phone(open_page: OpenPage, house: House) -> None:
    page = open_page("/stil/", user=house.users["adviser"], width=320, script=False)
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="Bytt rolle").click()
    expect(page.get_by_role("heading", name="Hvilken rolle vil du arbeide i?")).to_be_visible()


def test_a_chosen_language_lasts(open_page: OpenPage) -> None:
    page = open_page("/stil/", width=320)
    page.get_by_role("button", name="nynorsk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Slik ser Samløp ut")
    assert page.locator("html").get_attribute("lang") == "nn"
    expect(page.get_by_text("Hopp til innhaldet")).to_have_count(1)
    page.reload()
    assert page.locator("html").get_attribute("lang") == "nn"


def test_a_page_that_is_not_there(open_page: OpenPage, house: House) -> None:
    for user, width in ((None, 320), (house.users["adviser"], 1280)):
        page = open_page("/finnes-ikke/", user=user, width=width)
        expect(page.get_by_role("heading", level=1)).to_have_text("Vi fant ikke siden")
        axe(page)
        fits(page)
        picture(page, f"404-{width}")
