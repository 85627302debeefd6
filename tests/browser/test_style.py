"""The style page has every part of the house; if it has no barriers, pages made of the parts begin well."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture, walk


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barriers_in_any_language_or_width(open_page: OpenPage, language: str, width: int) -> None:
    page = open_page("/stil/", width=width, language=language)
    assert page.locator("html").get_attribute("lang") == language
    axe(page)
    fits(page)
    picture(page, f"stil-{language}-{width}")


def test_errors_are_gathered_on_top_and_take_the_focus(open_page: OpenPage) -> None:
    page = open_page("/stil/")
    page.get_by_label("Navn", exact=True).fill("Amina")
    page.get_by_label("Startdato").fill("31.2.")
    page.get_by_role("button", name="Lagre", exact=True).click()
    summary = page.locator(".ds-error-summary")
    page.wait_for_function("document.activeElement.matches('.ds-error-summary')")
    axe(page)
    fits(page)
    picture(page, "stil-feil")
    summary.get_by_role("link", name="Vi forstår ikke datoen").click()
    assert page.evaluate("document.activeElement.name") == "day"
    assert page.get_by_label("Navn", exact=True).input_value() == "Amina"
    described = page.get_by_label("Startdato").get_attribute("aria-describedby") or ""
    assert "Vi forstår ikke datoen" in page.locator(f"#{described.split()[-1]}").inner_text()


def test_everything_is_there_without_scripts(open_page: OpenPage) -> None:
    page = open_page("/stil/", script=False, width=320)
    page.get_by_role("button", name="Lagre", exact=True).click()
    assert page.locator(".ds-error-summary li").count() >= 4


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: OpenPage) -> None:
    stops = walk(open_page("/stil/"))
    assert stops[0] == "Hopp til innholdet"
    assert "Lagre bidraget" in stops
    assert any("Hva hjelper" in stop or "Kortere dager" in stop for stop in stops)
    assert stops[-1] == "Avbryt"


def test_twice_the_letters_still_fit(open_page: OpenPage) -> None:
    page = open_page("/stil/", width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fits(page)
