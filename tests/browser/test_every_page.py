"""Every page there is, as somebody who may open it, on a screen and on a phone: no barriers, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Page

from samlop.people.models import User
from tests.access.samples import make_samples
from tests.access.test_declarations import ALL_ADDRESSES
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits
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


def opened_by(user: User | None, url: str) -> int:
    """200 where the user gets a page of ours; 204 where the answer is something else than a page to look at."""
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(url, headers={"host": "localhost"})
    is_page = "text/html" in answer.headers.get("Content-Type", "") and not answer.get("HX-Refresh")
    return answer.status_code if answer.status_code != 200 or (is_page and b"<html" in answer.content) else 204


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


def visits(house: House, whose: str) -> list[tuple[str, str]]:
    """(user, address) of the pages this walker looks at; fails on a page that nobody can open."""
    found, shut = [], []
    for name, url in all_urls(house):
        for who in (*FIRST, *REST) if whose == "others" else (whose,):
            status = opened_by(house.users.get(who), url)
            if status in (403, 404) and who != REST[-1]:
                continue
            if status == 200 and (whose != "others" or who not in FIRST):
                found.append((who, url))
            elif status in (403, 404) and whose == "others" and name not in NOBODY:
                shut.append(f"{name} ({url}): {status}")
            break
    if whose == "others":
        found += [(who, "/") for who in ("county", "evaluator", "operator", "volunteer")]
        assert not shut, "Nobody in the house can open these; give them a sample or a reason:\n" + "\n".join(shut)
    return found


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("whose", [*FIRST, "others"])
def test_every_page(open_page: OpenPage, house: House, whose: str, width: int) -> None:
    pages: dict[str, Page] = {}
    faults = []
    for who, url in visits(house, whose):
        if who not in pages:
            pages[who] = open_page(url, user=house.users.get(who), width=width)
        else:
            pages[who].goto(url)
        for fault in check(pages[who]):
            faults.append(f"{who or 'somebody unknown'} at {url}: {fault}")
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
