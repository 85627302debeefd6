"""Nothing typed is lost to a time-out or a stale form, sent twice, or left for the next person in the tab."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from samlop.programme.commands import set_dates
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.tools import axe, fits, picture
from tests.house import House

GOAL = "Jeg vil bli sykepleier. أريد أن أعمل ممرضة."


def write_goal(page: Page) -> None:
    page.get_by_label("Hva vil du oppnå?").fill(GOAL)
    page.get_by_label("Kortere dager").check()


def expect_kept(page: Page) -> None:
    expect(page.get_by_label("Hva vil du oppnå?")).to_have_value(GOAL)
    expect(page.get_by_label("Kortere dager")).to_be_checked()
    expect(page.get_by_text("Vi hentet fram det du hadde skrevet.")).to_be_visible()


def expect_empty(page: Page) -> None:
    expect(page.get_by_label("Hva vil du oppnå?")).to_have_value("")
    expect(page.get_by_text("Vi hentet fram")).to_have_count(0)


def kept(page: Page) -> list[str]:
    """What our script has left in the tab (htmx keeps the address it is at)."""
    return page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('samlop'))")  # type: ignore[no-any-return]


def fill_the_rest(page: Page) -> None:
    page.get_by_label("Navn", exact=True).fill("Amina")
    page.get_by_label("Startdato").fill("15.3.2027")
    page.get_by_label("Ansvarlig enhet").select_option("a")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Deltakeren har fått opplysningene").check()


def save(page: Page) -> None:
    page.get_by_role("button", name="Lagre", exact=True).click()


def test_a_reload_keeps_it_and_one_may_begin_again(open_page: OpenPage, house: House) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    write_goal(page)
    page.reload()
    expect_kept(page)
    axe(page)
    page.get_by_role("button", name="Begynn på nytt").click()
    expect_empty(page)
    page.reload()
    expect_empty(page)


def test_a_time_out_loses_nothing(open_page: OpenPage, house: House, live_server: object) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    write_goal(page)
    page.context.clear_cookies()
    save(page)
    expect(page.get_by_role("heading", name="Skjemaet har stått åpent for lenge")).to_be_visible()
    axe(page)
    fits(page)
    picture(page, "skjema-for-lenge")
    sign_in(page.context, house.users["adviser"], str(live_server))
    page.get_by_role("link", name="Åpne skjemaet på nytt").click()
    expect_kept(page)
    fill_the_rest(page)
    save(page)
    expect(page.get_by_text("Bidraget er lagret.")).to_be_visible()
    expect_empty(page)


@pytest.mark.parametrize("back", ["forms_own_address", "reload"])
def test_a_lost_line_loses_nothing(open_page: OpenPage, house: House, back: str) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    write_goal(page)
    fill_the_rest(page)
    page.context.set_offline(True)
    save(page)
    page.wait_for_url(re.compile("^chrome-error"))
    page.context.set_offline(False)
    if back == "reload":  # the browser sends the form again by itself
        page.reload()
    else:
        page.goto("/stil/")
        expect_kept(page)
        save(page)
    expect(page.get_by_text("Bidraget er lagret.")).to_be_visible()
    expect_empty(page)
    assert kept(page) == []


def test_errors_keep_it_on_the_page_and_a_save_clears_it(open_page: OpenPage, house: House) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    write_goal(page)
    save(page)
    expect(page.locator(".ds-error-summary")).to_be_visible()
    expect(page.get_by_label("Hva vil du oppnå?")).to_have_value(GOAL)
    fill_the_rest(page)
    save(page)
    expect(page.get_by_text("Bidraget er lagret.")).to_be_visible()
    expect_empty(page)
    assert kept(page) == []


def test_the_next_person_in_the_tab_finds_nothing(open_page: OpenPage, house: House, live_server: object) -> None:
    page = open_page("/stil/", user=house.users["adviser"])
    write_goal(page)
    sign_in(page.context, house.users["nav"], str(live_server))
    page.goto("/stil/")
    expect_empty(page)
    assert kept(page) == []


def test_a_double_click_sends_once(open_page: OpenPage) -> None:
    page = open_page("/stil/")
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", note)
    page.get_by_role("button", name="Lagre", exact=True).dblclick()
    expect(page.locator(".ds-error-summary")).to_be_visible()
    assert len(sent) == 1


def test_what_was_kept_does_not_overwrite_what_a_colleague_has_saved_since(open_page: OpenPage, house: House) -> None:
    address = reverse("programme:course", args=[house.case.pk])
    page = open_page(address, user=house.users["adviser"])
    page.get_by_label("Første dag i programmet").fill("19.1.2026")
    set_dates(case=house.case, start_on=date(2026, 1, 12), planned_end_on=None, by=house.viewer("adviser"))
    page.goto(address)
    expect(page.get_by_text("Vi hentet fram det du hadde skrevet.")).to_be_visible()
    page.get_by_role("button", name="Lagre datoene").click()
    first = page.get_by_role("textbox", name="Første dag i programmet")
    expect(page.get_by_text("Andre har endret dette til «12.01.2026»").last).to_be_visible()
    expect(first).to_have_value("19.1.2026")
    axe(page)
    page.get_by_role("button", name="Lagre datoene").click()
    expect(page.get_by_text("Datoene er lagret.")).to_be_visible()
    expect(first).to_have_value("19.01.2026")
