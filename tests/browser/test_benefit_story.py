"""The introduction benefit from the plan to the payment, in the browser, clause by clause of what was promised.

A lawful week is planned from the plan's steps, a month of attendance is taken by the teacher, the run is made by one
and approved by another, the participant reads why it is 20 724,29 kroner; G is raised retroactively and the differences
come out right; a leader sees which weeks of the year are not covered; the older act gets the older answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance
from samlop.benefit.commands.run import acknowledge_rule, approve_run
from samlop.benefit.models import BenefitRun, Statement
from samlop.benefit.preparing import work
from samlop.cases.models import Case
from samlop.core.time import OSLO
from samlop.core.writing import writing
from samlop.hours.models import Absence, Group, OwnSlot, Roll
from samlop.hours.vocabulary import DayKind
from samlop.plan.commands import StepDetails, add_step
from samlop.programme.models import Course
from tests.benefit.setting import approved, give_programme, more, prepared
from tests.benefit.test_corrections import g_known_from
from tests.browser.conftest import OpenPage
from tests.browser.test_story import press
from tests.hours.weeks import group, hour, join, mark
from tests.house import House

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2026, 11, 2)
"""The Monday when the class and the week of the story begin."""


class Clock:
    """The clock of the whole program, the server of the test too; ``at`` sets it for everybody."""

    def __init__(self) -> None:
        self.moment: datetime | None = None

    def turn(self, day: date) -> None:
        self.moment = datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)

    def get(self) -> datetime | None:
        return self.moment

    def set(self, moment: datetime) -> datetime | None:
        before, self.moment = self.moment, moment
        return before

    def reset(self, before: datetime | None) -> None:
        self.moment = before


@pytest.fixture
def clock() -> Iterator[Clock]:
    made = Clock()
    waiting: list[Any] = []
    with (
        patch("samlop.core.time._set_now", made),
        patch("samlop.benefit.commands.run.queue_work", waiting.append),
        patch("samlop.benefit.commands.run.queue_differences"),
    ):
        yield made


def words(page: Page) -> str:
    """The text of the page with plain spaces."""
    return " ".join(page.locator("main").inner_text().replace("\u00a0", " ").split())


def class_days(spor: Group) -> list[date]:
    """The Mondays, Wednesdays and Fridays of November from the first day of the class on."""
    days = (FIRST + timedelta(days=number) for number in range(29))
    return [day for day in days if day.isoweekday() in (1, 3, 5) and day.month == 11]


def plan_the_week(house: House, open_page: OpenPage) -> Group:
    """Eighteen lessons in the class; the practice of the plan's step fills the week."""
    step = StepDetails(
        kind="language_practice", title="Språkpraksis på Solbakken", why="Øve norsk i arbeid", start_on=FIRST,
        end_on=date(2027, 2, 26), unit=house.units["refugee"],
    )  # fmt: skip
    add_step(case=house.case, details=step, by=house.viewer("adviser"))
    spor = group(house, start=FIRST)
    join(house.case, spor, FIRST)
    for weekday in (1, 3, 5):
        hour(spor, weekday, "08.30-13.30", lessons=6, valid_from=FIRST)
    page = open_page(f"/sak/{house.case.pk}/uke/2026-46/", user=house.users["adviser"])
    assert "Det mangler 15 timer: uka har 22,5 timer av 37,5 timer." in words(page)
    page.get_by_role("link", name=re.compile("^Legg i uka")).click()
    for name in ("tirsdag", "torsdag"):
        page.get_by_label(re.compile(name, re.IGNORECASE)).check()
    page.locator("[name=starts]").fill("8")
    page.locator("[name=ends]").fill("15.30")
    press(page, "Legg i uka")
    page.goto(f"/sak/{house.case.pk}/uke/2026-46/")
    assert "37,5 av 37,5 timer" in words(page)
    assert "Det mangler" not in words(page)
    assert OwnSlot.objects.filter(step__title="Språkpraksis på Solbakken").count() == 2
    return spor


def take_the_month(house: House, open_page: OpenPage, spor: Group) -> None:
    """The teacher takes every list of November on a phone: two days away, and three and a half hours one day."""
    away, late = (date(2026, 11, 4), date(2026, 11, 6)), date(2026, 11, 9)
    page = open_page(reverse("hours:rolls"), user=house.users["teacher"], width=390)
    for day in class_days(spor):
        page.goto(reverse("hours:class_list", args=[spor.pk, day]))
        if day in (*away, late):
            page.get_by_role("button", name=re.compile("Amina")).click()
            expect(page.locator("li[data-away]")).to_have_count(1)
        if day == late:
            page.locator(f"#p-{house.case.pk}").click()
            page.get_by_label("Timer borte").fill("3,5")
            press(page, "Lagre")
            expect(page.get_by_text(re.compile("3,5|3½"))).to_be_visible()
        press(page, "Opprop tatt")
        expect(page.locator("#roll")).to_have_count(0)
    assert Roll.objects.count() == len(class_days(spor))


def settle_the_absences(house: House, open_page: OpenPage) -> None:
    for absence in Absence.objects.order_by("first_day"):
        page = open_page(reverse("hours:absence", args=[house.case.pk, absence.pk]), user=house.users["adviser"])
        page.locator("select[name=code], select[name$=-code]").first.select_option("ULEGITIMERT")
        why = page.get_by_label(re.compile("^Hvorfor|^Begrunn"))
        if why.count():
            why.first.fill("Ingen grunn oppgitt")
        press(page, "Avgjør")
    assert set(Absence.objects.values_list("code", flat=True)) == {"ULEGITIMERT"}


def test_from_the_plan_to_the_payment(house: House, open_page: OpenPage, clock: Clock) -> None:
    clock.turn(FIRST)
    give_programme(house.case)
    spor = plan_the_week(house, open_page)
    clock.turn(date(2026, 12, 2))
    take_the_month(house, open_page, spor)
    settle_the_absences(house, open_page)

    # One works the month out, and cannot approve it; another approves it.
    page = open_page("/stonad/", user=house.users["adviser"])
    page.get_by_role("link", name=re.compile("november 2026", re.IGNORECASE)).first.click()
    press(page, "Regn ut måneden")
    work(BenefitRun.objects.get().pk)
    page.goto("/stonad/2026-11/")
    assert "20 724,29 kr" in words(page)
    assert "En annen må godkjenne den" in words(page)
    page = open_page("/stonad/2026-11/", user=house.users["leader"])
    press(page, "Godkjenn og lås")
    expect(page.get_by_text("Godkjent og låst").first).to_be_visible()

    # The participant reads what it is and why, on a phone, in the own language of the page.
    mine = open_page("/min-side/", user=house.users["participant"], width=360)
    mine.goto(reverse("portal:payments"))
    read = words(mine)
    assert "20 724,29 kr" in read
    assert "22 758,17 kr" in read
    assert "2 033,88 kr" in read
    assert "borte 2 dager og 3,5 timer uten gyldig grunn" in read
    assert "integreringsloven § 21" in read
    assert "klage" in read


def test_g_is_raised_afterwards_and_the_older_act_gets_its_own_answer(
    house: House, open_page: OpenPage, clock: Clock
) -> None:
    clock.turn(date(2026, 5, 20))
    give_programme(house.case)
    (old,) = more(house, 1, born=date(2004, 5, 1), granted=date(2020, 6, 1))
    new = NewCircumstance("with_parents", date(2026, 1, 1))
    add_circumstance(case=old, new=new, by=house.viewer("adviser"))
    with g_known_from(date(2026, 6, 12)):
        run = prepared(house, "2026-05", on=date(2026, 6, 3))
        clock.turn(date(2026, 6, 3))
        acknowledge_rule(month="2026-05", code="basic_amount_not_set", by=house.viewer("adviser"))
        approve_run(month="2026-05", attempt=run.attempt, by=house.viewer("leader"))

        # The older act knows no third for those who live at home: two thirds, then and afterwards.
        page = open_page(reverse("benefit:case", args=[old.pk]), user=house.users["adviser"])
        assert "Introduksjonsloven" in words(page)
        assert "14 462,22 kr" in words(page)

        clock.turn(date(2026, 6, 15))
        page = open_page("/stonad/avvik/", user=house.users["adviser"])
        press(page, "Se etter avvik nå")
        shown = words(page)
        assert "1 064,84 kr" in shown, "22 758,17 less 21 693,33"
        assert "709,89 kr" in shown, "15 172,11 less 14 462,22, by the older act"
        for box in page.get_by_role("checkbox").all():
            box.check()
        press(page, "Foreslå de valgte")
        page = open_page("/stonad/avvik/", user=house.users["leader"])
        for box in page.get_by_role("checkbox").all():
            box.check()
        press(page, "Bekreft de valgte")
        approved(house, "2026-06", on=date(2026, 7, 3))
        clock.turn(date(2026, 7, 4))
        mine = open_page(reverse("portal:payments"), user=house.users["participant"], width=360)
        read = words(mine)
        assert "Rettelse for mai 2026. Du skulle hatt 22 758,17 kr, og fikk 21 693,33 kr. Nå får du resten." in read
        assert "23 823,01 kr" in read
    assert paid(old) == [1446222, 1517211 + 70989]


def paid(which: Case) -> list[int]:
    return [one.pay_ore for one in Statement.objects.filter(case=which).order_by("month")]


def test_the_leader_sees_which_weeks_of_the_year_are_not_covered(
    house: House, open_page: OpenPage, clock: Clock
) -> None:
    clock.turn(date(2026, 11, 20))
    with writing("test"):
        Course.objects.create(case=house.case, municipality=house.municipality, start_on=date(2026, 1, 12))
    summer = date(2027, 6, 28)
    for number in range(7 * 7 - 2):
        day = summer + timedelta(days=number)
        if day.isoweekday() < 6:
            mark(house, day, DayKind.SCHOOL_FREE, unit=house.units["school"], note="Sommerferie")
            if number < 21:
                mark(house, day, DayKind.HOLIDAY)
    page = open_page("/kommune/aar/2027/", user=house.users["leader"])
    shown = words(page)
    assert "4 uker er uten program" in shown
    for week in (29, 30, 31, 32):
        assert re.search(f"uke {week}", shown, re.IGNORECASE)
