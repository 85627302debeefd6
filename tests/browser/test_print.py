"""On paper a page is what one reads: no navigation, no buttons, nothing to fill in, and all of it within the sheet."""

from __future__ import annotations

import pytest

from samlop.core.time import today
from tests.browser.conftest import OpenPage
from tests.house import House
from tests.overview.helpers import version

LEFT_OUT = ".site-header, .site-footer, .tabs, .demo-banner, .ds-button, .actions, input, select, textarea, summary"
SHEET = 680
"""A4 within its margins, in CSS pixels."""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["", "plan/", "program/", "opplysninger/", "moter/", "overforing/"])
def test_a_page_on_paper(open_page: OpenPage, house: House, part: str) -> None:
    version(house.case, today())
    page = open_page(f"/sak/{house.case.pk}/{part}", user=house.users["adviser"])
    page.set_viewport_size({"width": SHEET, "height": 980})
    page.emulate_media(media="print")
    shown = [
        one.evaluate("one => one.outerHTML.slice(0, 90)") for one in page.locator(LEFT_OUT).all() if one.is_visible()
    ]
    assert shown == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET
    assert page.get_by_role("heading", level=1).is_visible()
