"""The keyboard alone: everything is reached in order, shows that it is, and nothing holds on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.access.samples import make_samples
from tests.browser.conftest import OpenPage
from tests.browser.tools import walk
from tests.house import House

MISSED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0 && !e.dataset.walked)
    .filter(e => !(e.type === 'radio' && document.querySelector(`[name="${e.name}"][data-walked]`)))
    .map(e => e.outerHTML.slice(0, 120))"""


def tab_to(page: Page, wanted: str, *, longest: int = 120) -> None:
    """Press Tab until what matches the selector has the focus."""
    for _ in range(longest):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"{page.url}: Tab does not come to {wanted}")


@pytest.mark.parametrize("width", [1280, 320])
def test_everything_is_reached_and_shows_it(open_page: OpenPage, house: House, width: int) -> None:
    samples = make_samples(house)
    case = f"/sak/{house.case.pk}/"
    page = open_page("/", user=house.users["adviser"], width=width)
    for path in ("/", "/deltakere/", case, f"{case}plan/", f"{case}moter/{samples['meeting_id']}/"):
        page.goto(path)
        assert walk(page)[0] == "Hopp til innholdet"
        missed = page.evaluate(MISSED)
        assert not missed, f"{path}: the keyboard does not come to {missed}"


def test_the_skip_link_leads_past_the_menu(open_page: OpenPage, house: House) -> None:
    page = open_page("/deltakere/", user=house.users["adviser"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_focused()
    expect(page.get_by_role("link", name="Hopp til innholdet")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_contribution_by_the_keyboard_alone(open_page: OpenPage, house: House) -> None:
    page = open_page("/", user=house.users["teacher"])
    tab_to(page, "a[href='/deltakere/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deltakere/")
    tab_to(page, f"a[href='/sak/{house.case.pk}/']")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/sak/{house.case.pk}/")
    tab_to(page, "nav a[href$='/plan/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/")
    tab_to(page, "textarea[name='text']")
    page.keyboard.type("Leser bedre enn hun snakker.")
    tab_to(page, "button[name='share']")
    page.keyboard.press("Enter")
    expect(page.locator("article").get_by_text("Leser bedre enn hun snakker.")).to_be_visible()
