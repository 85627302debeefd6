"""The week for those who read little Norwegian: pictures, and their own language beside where it has been written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.core.pdf import FONTS
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.hours.beside import Beside, beside, day_names
from samlop.hours.conflicts import planned_hours
from samlop.hours.pictures import PICTURES, picture
from samlop.plan.models import Plan, Step
from samlop.plan.vocabulary import StepKind
from tests.hours.weeks import course, group, hour, join
from tests.house import House

MONDAY = date(2026, 10, 5)
ARABIC = "تدريب لغوي في المتجر"


@pytest.fixture(autouse=True)
def _that_monday() -> Iterator[None]:
    with at(MONDAY):
        yield


@pytest.fixture
def plan(house: House) -> Plan:
    course(house.case)
    with writing("test"):
        return Plan.objects.create(case=house.case, own_language="ar", opened_at=now(), changed_at=now())


def step(plan: Plan, kind: str, own: str) -> Step:
    with writing("test"):
        return Step.objects.create(
            case=plan.case, plan=plan, kind=kind, title="Tiltak", title_own=own, why="Øve", unit=plan.case.owner_unit
        )


def page(house: House, who: str = "participant") -> str:
    client = Client()
    client.force_login(house.users[who])
    answer = client.get(reverse("hours:week", args=[house.case.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_hour_has_the_words_of_its_step_in_the_own_language_right_to_left(house: House, plan: Plan) -> None:
    hour(house.case, 1, "09.00-12.00", step=step(plan, "language_practice", ARABIC))
    shown = page(house)
    assert f'<span class="own-words" lang="ar" dir="rtl">{ARABIC}</span>' in shown
    assert '<span class="own-words" lang="ar" dir="rtl">الاثنين</span>' in shown


def test_a_groups_hour_has_the_words_of_a_step_of_the_same_kind(house: House, plan: Plan) -> None:
    spor = group(house)
    join(house.case, spor)
    hour(spor, 1, "09.00-12.00")
    step(plan, "norwegian", "دورة اللغة النرويجية")
    assert "دورة اللغة النرويجية" in page(house)


def test_each_hour_has_a_picture_that_says_nothing_to_a_screen_reader(house: House, plan: Plan) -> None:
    hour(house.case, 1, "09.00-12.00")
    assert page(house).count('class="hour-picture"') == 1
    assert "symbols/talk" in page(house)
    assert 'alt="" width="32"' in page(house)


def test_colleagues_see_the_timetable_without_pictures_and_own_words(house: House, plan: Plan) -> None:
    hour(house.case, 1, "09.00-12.00", step=step(plan, "language_practice", ARABIC))
    shown = page(house, "adviser")
    assert "hour-picture" not in shown
    assert 'class="own-words"' not in shown


def test_a_removed_step_and_a_norwegian_plan_have_no_words_beside(house: House, plan: Plan) -> None:
    made = step(plan, "language_practice", ARABIC)
    hour(house.case, 1, "09.00-12.00", step=made)
    with writing("test"):
        Step.objects.update(removed_at="2026-10-01T12:00Z")
    assert beside(house.case, planned_hours([house.case.pk])[house.case.pk]).words == {}
    with writing("test"):
        Plan.objects.update(own_language="nb")
    assert beside(house.case, planned_hours([house.case.pk])[house.case.pk]) == Beside()


@pytest.mark.parametrize(
    ("language", "monday"),
    [("ar", "الاثنين"), ("prs", "دوشنبه"), ("uk", "Понеділок"), ("ti", ""), ("my", ""), ("", "")],
)
def test_the_days_are_named_only_where_all_of_them_are_translated(language: str, monday: str) -> None:
    found = day_names(language)
    assert (found[0] if found else "") == monday


def test_every_kind_of_hour_has_a_drawing() -> None:
    assert set(PICTURES) == set(StepKind.values)
    folder = Path(__file__).parents[2] / "src/samlop/hours/static/hours/symbols"
    assert {picture(kind) for kind in StepKind.values} == {file.stem for file in folder.glob("*.svg")}


@pytest.mark.skipif(not any(FONTS.glob("NotoSans-*.ttf")), reason="the fonts are not built")
def test_the_paper_has_both_languages_and_the_pictures(house: House, plan: Plan, monkeypatch: Any) -> None:
    hour(house.case, 1, "09.00-12.00", step=step(plan, "language_practice", ARABIC))
    from samlop.hours.views import week

    given: dict[str, Any] = {}
    real = week.render_pdf
    monkeypatch.setattr(week, "render_pdf", lambda template, data: given.update(data) or real(template, data))
    for who in ("participant", "adviser"):
        client = Client()
        client.force_login(house.users[who])
        answer = client.get(reverse("hours:week_pdf", args=[house.case.pk, "2026-41"]))
        assert answer.content.startswith(b"%PDF")
        [one] = given["days"][0]["hours"]
        assert (one["own"], given["own-direction"], given["days"][0]["own"]) == (ARABIC, "rtl", "الاثنين")
        assert one["picture"].endswith("/talk.svg")
