"""Every page there is, as somebody who may open it, on a screen and on a phone: no barriers, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from tests.access.samples import make_samples
from tests.access.test_declarations import ALL_ADDRESSES
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, bring_axe, fits
from tests.house import House

FIRST = ("adviser", "participant")
"""Most pages look different to these two, so both walk all they may open; the rest is for whoever may."""
REST = ("nav", "leader", "county", "volunteer", "evaluator", "operator", "")
NOBODY = {
    "account:new_password": "only a link from an e-mail opens it",
    "account_inactive": "only an account that is closed meets it",
    "hours:feed": "a calendar program opens it, by a secret address of one participant",
    "hours:confirm": "only the link given to a work place opens it (tests/browser/test_work_place.py)",
    "hours:confirm_week": "only the link given to a work place opens it (tests/browser/test_work_place.py)",
}
"""Addresses that none of the house's people can open, each with the reason."""
WITHOUT_PAGES = re.compile(r"^(api|admin|static|socialaccount|openid_connect)|i18n|jsi18n|^mfa_webauthn_(login|signup)")


def opened_by(client: Client, url: str) -> int:
    """200 where the client gets a page of ours; 204 where the answer is something else than a page to look at.

    Whatever asking did is undone: the browser asks for itself afterwards.
    """
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = client.get(url, headers={"host": "localhost"})
        transaction.set_rollback(True)
    client.cookies = cookies
    is_page = "text/html" in answer.headers.get("Content-Type", "") and not answer.get("HX-Refresh")
    return answer.status_code if answer.status_code != 200 or (is_page and b"<html" in answer.content) else 204


def clients(house: House, whose: str) -> dict[str, Client]:
    """A client for each who may be asked, signed in once."""
    asked = {who: Client() for who in ((*FIRST, *REST) if whose == "others" else (whose,))}
    for who, client in asked.items():
        if who:
            client.force_login(house.users[who])
    return asked


def all_urls(house: House) -> Iterator[tuple[str, str]]:
    """Each address once, filled in with the house's samples."""
    samples = make_samples(house)
    for name, pattern in ALL_ADDRESSES:
        if WITHOUT_PAGES.search(name):
            continue
        wanted = {key: samples[key] for key in pattern.pattern.converters if key in samples}
        try:
            yield name, reverse(name, kwargs=wanted)
        except NoReverseMatch:
            continue  # an address without a name, of a package


def visits(house: House, whose: str, part: int) -> list[tuple[str, str]]:
    """(user, address) of the pages this walker looks at in this part; fails on a page that nobody can open."""
    found, shut = [], []
    asked = clients(house, whose)
    for name, url in list(all_urls(house))[part::PARTS]:
        for who, client in asked.items():
            status = opened_by(client, url)
            if status in (403, 404) and who != REST[-1]:
                continue
            if status == 200 and (whose != "others" or who not in FIRST):
                found.append((who, url))
            elif status in (403, 404) and whose == "others" and name not in NOBODY:
                shut.append(f"{name} ({url}): {status}")
            break
    if whose == "others" and part == 0:
        found += [(who, "/") for who in ("county", "evaluator", "operator", "volunteer")]
    assert not shut, "Nobody in the house can open these; give them a sample or a reason:\n" + "\n".join(shut)
    return found


PARTS = 2
"""The walk is cut in two, so that two can walk at once."""
WIDE, NARROW = 1280, 320


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("whose", [*FIRST, "others"])
def test_every_page(open_page: OpenPage, house: House, whose: str, part: int) -> None:
    pages: dict[str, Page] = {}
    faults = []
    for who, url in visits(house, whose, part):
        if who not in pages:
            pages[who] = open_page("/stil/", user=house.users.get(who), width=WIDE)
            bring_axe(pages[who])
        page = pages[who]
        page.goto(url)
        for width in (WIDE, NARROW):  # no script of ours asks how wide the window is: a narrower one is drawn anew
            page.set_viewport_size({"width": width, "height": 800})
            faults += [f"{who or 'somebody unknown'} at {url}, {width} wide: {fault}" for fault in check(page)]
        page.set_viewport_size({"width": WIDE, "height": 800})
    assert pages
    assert not faults, "\n\n".join(faults)


def check(page: Page) -> Iterator[str]:
    """What is wrong with the page."""
    facts = page.evaluate(
        """() => ({h1: [...document.querySelectorAll('h1')].filter(e => e.checkVisibility()).length,
                   title: document.title.trim(), lang: document.documentElement.lang})"""
    )
    if facts["h1"] != 1:
        yield f"{facts['h1']} headings of level 1"
    if not re.search(r"\S – Samløp$|^Samløp$", facts["title"]):
        yield f"the title «{facts['title']}» does not say where one is"
    if facts["lang"] != "nb":
        yield f"the language is «{facts['lang']}»"
    for ask in (axe, fits):
        try:
            ask(page)
        except AssertionError as found:
            yield str(found).split("\nassert ")[0]


MAIN = ["/", "/deltakere/", "/sak/{case}/", "/sak/{case}/plan/", "/sak/{case}/tidslinje/", "/sak/{case}/innsyn/"]


def test_text_twice_as_large(open_page: OpenPage, house: House) -> None:
    make_samples(house)
    page = open_page("/", user=house.users["adviser"], width=1280)
    for path in MAIN:
        page.goto(path.format(case=house.case.pk))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        fits(page)
        cut = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e => {
                const style = getComputedStyle(e);
                return e.innerText?.trim() && style.clipPath === 'none' && style.clip === 'auto'
                    && ['hidden', 'clip'].includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1;
            }).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert not cut, f"{page.url} hides text that is twice as large: {cut}"
