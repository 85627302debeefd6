"""The class list on two phones: each is told of the other's marks, without a press and without losing the place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from samlop.core.time import today
from samlop.core.writing import writing
from samlop.people.models import Membership, User
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits
from tests.hours.weeks import course, group, hour, join
from tests.house import EARLY, House

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_list_tells_of_a_colleagues_mark_and_shows_it_when_asked(open_page: OpenPage, house: House) -> None:
    day = today()
    course(house.case, start=day - timedelta(days=60), end=day + timedelta(days=300))
    spor = group(house, start=day - timedelta(days=60))
    join(house.case, spor, start=day - timedelta(days=60))
    hour(spor, day.isoweekday(), "09.00-14.00", valid_from=day - timedelta(days=60))
    with writing("test"):
        second = User.objects.create_user("teacher_2", name="Lærer To")
        Membership.objects.create(user=second, unit=house.units["school"], role="teacher", valid_from=EARLY)
    where = reverse("hours:class_list", args=[spor.pk, day])
    mine = open_page(where, user=house.users["teacher"], width=360)
    theirs = open_page(where, user=second, width=360)
    theirs.locator("button.person").click()
    theirs.locator("[data-away]").wait_for()
    mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when the phone is taken up again
    told = mine.locator("#list-changed").get_by_text("Lærer To har endret listen etter at du åpnet den")
    told.wait_for()
    axe(mine)
    fits(mine)
    mine.get_by_role("link", name="Vis listen slik den er nå").click()
    mine.locator("[data-away]").wait_for()
    assert mine.locator("#list-changed").inner_text() == ""
