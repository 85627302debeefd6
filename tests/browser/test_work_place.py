"""The page a work place gets by its link: no sign-in, on a phone, without barriers, with and without script."""

from __future__ import annotations

from datetime import timedelta

import pytest

from samlop.core.time import today
from samlop.hours.commands.workplace import make_link
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits
from tests.hours.weeks import course, hour
from tests.house import House

TOKEN = "t" * 43


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_work_place_confirms_a_week(open_page: OpenPage, house: House, width: int, script: bool) -> None:
    course(house.case)
    monday = today() - timedelta(days=today().weekday())
    hour(house.case, 1, "09.00-14.00", place="Kafé Nord")
    make_link(
        case=house.case, token=TOKEN, by=house.viewer("adviser"), work_place="Kafé Nord", contact="Kari Nes",
        valid_from=monday - timedelta(days=28), valid_to=monday + timedelta(days=60),
    )  # fmt: skip
    page = open_page(f"/arbeidsplass/{TOKEN}/{monday.isoformat()}/", width=width, script=script)
    assert "Amina" in page.content()
    assert "Østby" not in page.content()
    fits(page)
    if script:
        axe(page)
