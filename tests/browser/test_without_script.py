"""Without JavaScript: slower to look at, and everything can be done."""

from __future__ import annotations

from playwright.sync_api import expect

from samlop.cases.models import JournalEntry
from tests.browser.conftest import OpenPage
from tests.house import House, case, person


def test_a_contribution(open_page: OpenPage, house: House) -> None:
    page = open_page(f"/sak/{house.case.pk}/plan/", user=house.users["participant"], script=False, width=390)
    page.get_by_label("Bidraget ditt").or_(page.locator("textarea[name='text']")).first.fill("Jeg vil kjøre buss.")
    page.get_by_role("button", name="Del med teamet").click()
    expect(page.locator("article").get_by_text("Jeg vil kjøre buss.")).to_be_visible()


def test_a_filter(open_page: OpenPage, house: House) -> None:
    case(house, person(house.municipality, "Zahra", "Berg"), team=())
    page = open_page("/deltakere/", user=house.users["leader"], script=False)
    expect(page.get_by_role("link", name="Zahra Berg")).to_be_visible()
    page.get_by_label("Navn").first.fill("østby")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_role("link", name="Amina Østby")).to_be_visible()
    expect(page.get_by_role("link", name="Zahra Berg")).to_have_count(0)
    page.get_by_role("link", name="Mangler opplysninger").click()
    expect(page.get_by_text("2 deltakere")).to_be_visible()


def test_effort_for_a_participant(open_page: OpenPage, house: House) -> None:
    page = open_page("/deltakere/", user=house.users["nav"], script=False)
    page.get_by_label("Velg Amina Østby").check()
    page.get_by_role("button", name="Registrer innsats for de valgte").click()
    page.get_by_label("Samtale", exact=True).check()
    page.get_by_role("button", name="Registrer").first.click()
    expect(page.locator(".messages")).to_be_visible()
    made = JournalEntry.objects.filter(case=house.case, user_id=house.users["nav"].pk, effort="conversation")
    assert made.count() == 1
