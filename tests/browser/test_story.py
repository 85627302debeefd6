"""The whole story in the browser: twenty participants read in, a plan talk held, read by others, and handed over."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Page, expect

from samlop.core.time import today
from samlop.core.writing import writing
from samlop.exchange.imports import job
from samlop.plan.models import PlanVersion
from samlop.programme.models import Course
from tests.browser.conftest import OpenPage
from tests.exchange.files import people, xlsx_file
from tests.house import House

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()


@pytest.fixture
def queued() -> Any:
    """Jobs that wait; the test does them where the worker would."""
    waiting: list[Any] = []
    with patch("samlop.exchange.imports.commands.queue", waiting.append):
        yield waiting


def test_twenty_participants_are_read_in(open_page: OpenPage, house: House, queued: list[Any]) -> None:
    page = open_page("/deltakere/", user=house.users["adviser"])
    page.get_by_role("link", name="Les inn fra en liste").click()
    page.get_by_label("Fil").set_input_files({"name": "liste.xlsx", "mimeType": XLSX, "buffer": xlsx_file(*people(20))})
    press(page, "Kontroller filen")
    press(page, "Registrer 20 deltakere")
    expect(page.get_by_role("heading", level=1)).to_have_text("Listen leses inn")
    job.work(queued.pop())
    page.reload()
    page.get_by_role("link", name="Gå til deltakerne").click()
    expect(page.get_by_role("status").get_by_text("21 deltakere")).to_be_visible()


def test_the_plan_is_written_by_many_and_becomes_a_version(open_page: OpenPage, house: House) -> None:
    plan = f"/sak/{house.case.pk}/plan/"
    for who, text in (("teacher", "Leser A2, snakker B1."), ("nav", "Kan få lønnstilskudd fra mars.")):
        page = open_page(plan, user=house.users[who])
        page.locator("textarea[name='text']").fill(text)
        press(page, "Del med teamet")
        expect(page.locator("article").get_by_text(text)).to_be_visible()
    mine = open_page("/min-side/", user=house.users["participant"], width=390)
    mine.get_by_role("link", name="Les og skriv i planen").click()
    mine.get_by_role("link", name="Skriv målet").click()
    mine.get_by_label("Det samme på norsk").fill("Jeg vil kjøre buss.")
    press(mine, "Lagre")
    expect(mine.get_by_role("status").first).to_be_visible()
    expect(mine.get_by_text("Jeg vil kjøre buss.").first).to_be_visible()

    page = open_page(f"/sak/{house.case.pk}/moter/", user=house.users["adviser"])
    page.get_by_role("link", name="Ny plansamtale").click()
    page.get_by_label("Dato").fill(f"{today():%d.%m.%Y}")
    page.get_by_label("Klokkeslett").fill("00.01")
    press(page, "Planlegg møtet")
    for box in page.get_by_role("group", name=re.compile("til stede")).get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Referat").fill("Vi ble enige om praksis på verkstedet.")
    page.get_by_label("Hva skal gjøres?").fill("Ringe verkstedet")
    press(page, "Legg til oppgaven")
    page.get_by_label("Enig", exact=True).check()
    press(page, "Lukk møtet")
    expect(page.locator(".ds-error-summary")).to_be_visible()  # an action without anybody to do it
    assert not PlanVersion.objects.exists()
    page.get_by_role("button", name=re.compile("^Endre ?: Ringe verkstedet")).click()
    page.get_by_label("Hvem har ansvaret?").select_option(index=1)
    page.get_by_label("Når skal det være gjort?").fill(f"{today() + timedelta(days=14):%d.%m.%Y}")
    press(page, "Lagre endringen")
    page.goto(f"/sak/{house.case.pk}/moter/")
    page.get_by_role("link", name=re.compile("^Plansamtale")).first.click()
    page.get_by_label("Enig", exact=True).check()
    press(page, "Lukk møtet")
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(plan)
    expect(page.get_by_text("Versjon 1 fra plansamtalen").first).to_be_visible()
    assert PlanVersion.objects.get(case=house.case).number == 1


def test_the_participant_sees_who_has_read(open_page: OpenPage, house: House) -> None:
    open_page(f"/sak/{house.case.pk}/plan/", user=house.users["nav"])
    page = open_page("/min-side/", user=house.users["participant"], width=390)
    page.get_by_role("link", name="Se hvem som kan lese").click()
    nav = page.locator(".reader").filter(has_text=re.compile(r"^\s*Nav,"))
    expect(nav.get_by_text("Sist lest").first).to_be_visible()
    expect(page.locator(".reader").filter(has_text="Teacher").get_by_text("Har ikke lest")).to_be_visible()
    page.get_by_role("link", name="Se hver gang noen har lest").click()
    expect(page.locator("td").filter(has_text=re.compile("^Nav")).first).to_be_visible()


def test_the_line_on_a_phone(open_page: OpenPage, house: House) -> None:
    page = open_page("/min-side/", user=house.users["participant"], width=360)
    page.get_by_role("link", name="Se planen som en linje").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main svg").first).to_be_visible()


def test_nobody_is_handed_over_to_nobody(open_page: OpenPage, house: House) -> None:
    with writing("test"):
        Course.objects.create(
            case=house.case, municipality=house.municipality, start_on=today() - timedelta(days=300),
            planned_end_on=today() + timedelta(days=30),
        )  # fmt: skip
    page = open_page(f"/sak/{house.case.pk}/overforing/", user=house.users["adviser"])
    page.get_by_label("Noen må ta over").check()
    press(page, "Lagre og fullfør overføringen")
    expect(page.locator(".ds-error-summary")).to_be_visible()
    page.get_by_label("Hvem tar over?").fill("Jobbspesialist Berg, NAV")
    page.get_by_label("Dato for overføringssamtalen").fill(f"{today():%d.%m.%Y}")
    page.get_by_label("Inntekt etter programmet").first.fill("Lønn")
    for choice in page.locator("#checklist ~ .columns select").all():
        choice.select_option("done")
    press(page, "Lagre og fullfør overføringen")
    expect(page.get_by_text("Overføringen ble fullført")).to_be_visible()
