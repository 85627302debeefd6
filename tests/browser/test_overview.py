"""Min dag, Deltakere, Saken, effort and the participant's page: no barriers, narrow and wide, in the hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from samlop.access.viewer import Viewer
from samlop.core.time import add_months, today
from samlop.effort.refresh import refresh
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture, walk
from tests.house import House
from tests.overview.helpers import course, effort, participant, version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full(house: House) -> House:
    """Participants in every phase, with efforts, a plan that must be reviewed and a county extract."""
    start = add_months(today(), -1)
    course(house.case, start_on=start, planned_end_on=add_months(start, 24), nav_need="yes", end_goal="work", track=2)
    version(house.case, add_months(today(), -7))
    effort(house, "nav", house.case)
    for number, months in enumerate((2, 8, 22)):
        begun = add_months(today(), -months)
        made = participant(
            house, f"Deltaker Nummer{number}", start_on=begun, planned_end_on=add_months(begun, 24), nav_need="yes"
        )
        effort(house, "nav", made, "plan_talk", on=today() - timedelta(days=3))
    refresh(Viewer.system("test"))
    return house


PAGES = {
    "my-day": ("adviser", "/"),
    "my-day-unit": ("leader", "/?vis=unit"),
    "start-county": ("county", "/"),
    "participants": ("adviser", "/deltakere/?plan=forfalt"),
    "participants-empty": ("nav", "/deltakere/?sok=finnesikke"),
    "case": ("adviser", ""),
    "case-participant": ("participant", ""),
    "participants-home": ("participant", "/min-side/"),
    "effort-new": ("nav", "/innsats/ny/"),
    "effort-report": ("leader", "/innsats/"),
    "effort-behind": ("leader", "/innsats/bak/?del=in_need"),
    "effort-list": ("nav", "/innsats/bak/"),
    "county": ("county", "/fylke/innsats/"),
    "leader": ("leader", "/leder/"),
}


@pytest.mark.parametrize("name", PAGES)
def test_no_barriers(full: House, open_page: OpenPage, name: str) -> None:
    who, path = PAGES[name]
    path = path or reverse("overview:case", args=[full.case.pk])
    wide = open_page(path, user=full.users[who])
    axe(wide)
    walk(wide)
    picture(wide, name)
    narrow = open_page(path, user=full.users[who], width=320)
    fits(narrow)
    axe(narrow)


def test_registering_takes_two_presses(full: House, open_page: OpenPage) -> None:
    case = full.case
    page = open_page(reverse("overview:case", args=[case.pk]), user=full.users["nav"])
    page.get_by_text("Registrer innsats i dag").click()
    page.get_by_role("button", name="Markedskunnskap").click()
    expect(page.get_by_text("Innsatsen er registrert.")).to_be_visible()
    assert page.url.endswith(f"/sak/{case.pk}/")
    assert case.journal.filter(effort="market_knowledge").count() == 1


def test_the_list_answers_while_one_types(full: House, open_page: OpenPage) -> None:
    page = open_page("/deltakere/", user=full.users["adviser"])
    expect(page.get_by_text("4 deltakere")).to_be_visible()
    page.get_by_label("Navn").first.fill("nummer2")
    expect(page.get_by_text("1 deltaker", exact=True)).to_be_visible()
    assert "sok=nummer2" in page.url
    page.go_back()
    page.wait_for_load_state("networkidle")
    page.go_forward()
    expect(page.get_by_role("link", name="Deltaker Nummer2")).to_be_visible()
    page.wait_for_load_state("networkidle")


def test_everything_works_without_script(full: House, open_page: OpenPage) -> None:
    page = open_page("/deltakere/", user=full.users["adviser"], script=False)
    page.get_by_label("Navn").first.fill("nummer2")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_text("1 deltaker", exact=True)).to_be_visible()
    page.get_by_label("Velg Deltaker Nummer2").check()
    page.get_by_role("button", name="Registrer innsats for de valgte").click()
    page.get_by_label("trekantsamtale").check()
    page.get_by_role("button", name="Registrer", exact=True).click()
    expect(page.get_by_text("Innsatsen er registrert.")).to_be_visible()
    assert "sok=nummer2" in page.url
