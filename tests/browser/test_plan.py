"""The plan as people use it: no barriers on any page, wide and on a phone, with and without scripts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from samlop.plan import commands
from samlop.plan.models import Contradiction
from tests.browser.conftest import OpenPage
from tests.browser.tools import axe, fits, picture, walk
from tests.house import House
from tests.plan.conftest import LivingPlan, living
from tests.plan.test_versions import make

__all__ = ["living"]


@pytest.fixture
def lived(living: LivingPlan) -> LivingPlan:
    """A plan with something of everything: two versions, a draft, an open and a settled contradiction."""
    adviser = living.viewer("adviser")
    commands.set_end_goal(case=living.case, end_goal="work", why="Har erfaring fra omsorg", by=adviser)
    make(living)
    for settled in (True, False):
        row = commands.mark_contradiction(
            case=living.case, contributions=living.contributions, text="Norsk eller jobb først?", by=adviser
        )
        if settled:
            commands.settle_contradiction(case=living.case, contradiction=row, resolution="Jobb først", by=adviser)
    commands.add_partial_goal(case=living.case, text="Førerkort klasse B", text_own="رخصة قيادة", by=adviser)
    make(
        living,
        date(2026, 4, 1),
        participant_view="disagrees",
        participant_words="Vil begynne før",
        decision_reason="Plassen er ledig i august.",
    )
    commands.save_draft(case=living.case, text="Et utkast", by=adviser)
    commands.mark_material_change(case=living.case, why="Har fått barn", happened_on=date(2026, 4, 2), by=adviser)
    commands.reach_partial_goal(case=living.case, partial_goal=living.goal, reached_on=date(2026, 4, 2), by=adviser)
    return living


def addresses(lived: LivingPlan) -> dict[str, str]:
    case = lived.case.pk
    goal, step = lived.goal.pk, lived.norwegian.pk
    given: dict[str, list[Any]] = {
        "plan": [case],
        "line": [case],
        "versions": [case],
        "version": [case, 2],
        "talk": [case],
        "long_term_goal": [case],
        "end_goal": [case],
        "norwegian_goal": [case],
        "material_change": [case],
        "partial_goal": [case, goal],
        "reach": [case, goal],
        "new_step": [case],
        "step": [case, step],
        "report_step": [case, step],
        "write": [case],
        "mark_contradiction": [case],
        "settle_contradiction": [case, Contradiction.objects.filter(settled_at=None).get().pk],
    }
    found = {name: reverse(f"plan:{name}", args=arguments) for name, arguments in given.items()}
    return found | {"compare": reverse("plan:compare", args=[case]) + "?fra=1&til=2"}


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_barriers_and_each_fits_its_window(lived: LivingPlan, open_page: OpenPage, width: int) -> None:
    page = open_page("/stil/", user=lived.house.users["adviser"], width=width)
    for name, address in addresses(lived).items():
        page.goto(address)
        axe(page)
        fits(page)
        picture(page, f"plan-{name}-{width}")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_participant_s_pages_have_no_barriers(lived: LivingPlan, open_page: OpenPage, width: int) -> None:
    page = open_page("/stil/", user=lived.house.users["participant"], width=width)
    for name in ("plan", "line", "versions", "version", "compare", "long_term_goal", "write"):
        page.goto(addresses(lived)[name])
        axe(page)
        fits(page)
    page.goto(addresses(lived)["line"])
    seen = page.locator(".line-wide svg" if width == 1280 else ".line-tall svg")
    hidden = page.locator(".line-tall svg" if width == 1280 else ".line-wide svg")
    expect(seen).to_be_visible()
    expect(hidden).to_be_hidden()


def test_two_who_write_at_once_on_the_page(lived: LivingPlan, open_page: OpenPage) -> None:
    address = addresses(lived)["long_term_goal"]
    first = open_page(address, user=lived.house.users["participant"])
    second = open_page(address, user=lived.house.users["adviser"], script=False)
    first.get_by_label("Det samme på norsk").fill("Jeg vil bli hjelpepleier på sykehjem")
    first.get_by_role("button", name="Lagre").click()
    expect(first.get_by_text("Målet er lagret.")).to_be_visible()
    second.get_by_label("Det samme på norsk").fill("Jeg vil bli pleiemedarbeider og ta fagbrev")
    second.get_by_role("button", name="Lagre").click()
    expect(second.get_by_role("heading", name="Dere skrev samtidig")).to_be_visible()
    expect(second.get_by_text("hjelpepleier på sykehjem")).to_be_visible()
    expect(second.get_by_label("Det samme på norsk")).to_have_value("Jeg vil bli pleiemedarbeider og ta fagbrev")
    picture(second, "plan-samtidig")


def test_the_keyboard_alone_reaches_everything_on_the_plan(lived: LivingPlan, open_page: OpenPage) -> None:
    page = open_page(addresses(lived)["plan"], user=lived.house.users["nav"])
    seen = walk(page)
    for words in ("Del med teamet", "Lagre som utkast", "Se planen som linje"):
        assert any(words in each for each in seen), seen


def test_a_stranger_meets_a_helpful_page(house: House, open_page: OpenPage) -> None:
    page = open_page(reverse("plan:plan", args=[house.case.pk]), user=house.users["stranger"])
    axe(page)
