"""The handover page, for each who may open it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.access.models import Reading
from samlop.core.time import now, today
from samlop.handover import commands
from samlop.handover.checklist import PointCode
from samlop.handover.commands import Facts, Mark
from samlop.handover.models import Handover
from samlop.programme.commands import set_dates
from tests.house import House
from tests.meetings.talks import talk
from tests.pages import shown_first


@pytest.fixture
def ending(house: House) -> House:
    set_dates(
        case=house.case, start_on=today() - timedelta(days=500), planned_end_on=today() + timedelta(days=60),
        by=house.viewer("adviser"),
    )  # fmt: skip
    return house


def url(house: House, name: str = "handover") -> str:
    return reverse(f"handover:{name}", args=[house.case.pk])


def page(client: Client, house: House) -> str:
    return client.get(url(house)).content.decode()


def typed(revision: int = 1, state: str = "open", **more: Any) -> dict[str, Any]:
    marks = {f"check-{code}": state for code in PointCode.values}
    notes = {f"check-{code}_note": "Ikke her" if state == "not_relevant" else "" for code in PointCode.values}
    return {"revision": revision, "need": "unclarified"} | marks | notes | more


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("adviser", 200), ("colleague", 200), ("leader", 200), ("nav", 200), ("teacher", 200), ("participant", 200),
        ("stranger", 404), ("county", 404), ("employer", 404),
    ],
)  # fmt: skip
def test_who_opens_the_page(ending: House, client: Client, name: str, status: int) -> None:
    client.force_login(ending.users[name])
    assert client.get(url(ending)).status_code == status


def test_each_part_that_is_shown_is_in_the_reading_log(ending: House, client: Client) -> None:
    client.force_login(ending.users["nav"])
    client.get(url(ending))
    seen = set(Reading.objects.filter(user_id=ending.users["nav"].pk).values_list("section", flat=True))
    assert seen == {"programme", "plan", "norwegian", "identity"}


def test_the_page_says_what_the_case_knows(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    text = page(client, ending)
    assert "Nå er det tid for å forberede det som kommer etter." in text
    assert "Ingen nivåer er skrevet inn" in text
    assert "Ingen tiltak er satt i gang i planen" in text
    assert "hva deltakeren skal leve av når introduksjonsstønaden stopper" in text


def test_without_an_end_date_it_says_what_to_do(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    assert "Siste planlagte dag mangler" in page(client, house)


@pytest.fixture
def early(house: House) -> House:
    """A programme that ends in two years."""
    set_dates(
        case=house.case, start_on=today() + timedelta(days=5), planned_end_on=today() + timedelta(days=735),
        by=house.viewer("adviser"),
    )  # fmt: skip
    return house


def test_before_its_time_it_says_what_it_is_for_and_when_it_opens(early: House, client: Client) -> None:
    client.force_login(early.users["adviser"])
    text = page(client, early)
    assert "Overføringen starter" in text
    assert "hva deltakeren skal leve av når introduksjonsstønaden stopper" in text
    assert ('name="do"' in text, f'href="{url(early)}?skriv"' in text) == (False, True)
    client.force_login(early.users["nav"])
    text = page(client, early)
    assert ("Overføringen starter" in text, "?skriv" in text, "Må noen ta over?" in text) == (True, False, False)


def test_who_needs_it_earlier_opens_it_and_then_it_stays_open(early: House, client: Client) -> None:
    client.force_login(early.users["adviser"])
    text = client.get(f"{url(early)}?skriv").content.decode()
    assert 'name="do"' in text
    wrong = client.post(url(early, "write"), typed(need="yes", talk_on="i morgen"))
    assert (wrong.status_code, 'value="i morgen"' in wrong.content.decode()) == (422, True)
    assert client.post(url(early, "write"), typed(need="yes", unmet_needs="Norsk")).status_code == 302
    assert 'name="do"' in page(client, early)


def test_everything_is_saved_with_one_button_and_completed_with_the_other(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    answer = client.post(url(ending, "write"), typed(need="yes", unmet_needs="Norsk", do="complete"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv datoen for overføringssamtalen." in text
    assert Handover.objects.get().unmet_needs == "Norsk", "what was typed is saved"
    full = typed(
        2, "not_relevant", need="yes", unmet_needs="Norsk", talk_on="1.12.2026", receiver_name="Nora Nav",
        income_source="Lønn", do="complete",
    )  # fmt: skip
    assert client.post(url(ending, "write"), full).status_code == 302
    text = page(client, ending)
    assert "Overføringen ble fullført" in text
    assert "Nora Nav" in text
    assert client.post(url(ending, "reopen"), {"reopen-why": ""}).status_code == 422
    assert client.post(url(ending, "reopen"), {"reopen-why": "Feil"}).status_code == 302
    assert "Lagre og fullfør overføringen" in page(client, ending)


def test_when_two_write_at_once_both_versions_are_on_the_page(ending: House, client: Client) -> None:
    facts = Facts(need="yes", unmet_needs="Kollegaen skrev dette")
    commands.write_handover(case=ending.case, facts=facts, revision=1, by=ending.viewer("colleague"))
    client.force_login(ending.users["adviser"])
    answer = client.post(url(ending, "write"), typed(1, need="yes", unmet_needs="Jeg skrev dette"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Kollegaen skrev dette" in text
    assert "Jeg skrev dette" in text
    assert 'name="revision" value="2"' in text
    assert client.post(url(ending, "write"), typed(2, need="yes", unmet_needs="Begge")).status_code == 302


def test_a_handover_talk_fills_in_the_date(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    assert reverse("meetings:new", args=[ending.case.pk, "handover_talk"]) in page(client, ending)
    meeting = talk(ending, "handover_talk", now() + timedelta(days=20))
    text = page(client, ending)
    assert f'value="{meeting.starts_at:%d.%m.%Y}"' in text
    assert "Overføringssamtale" in text


def test_readers_see_no_form(ending: House, client: Client) -> None:
    client.force_login(ending.users["nav"])
    text = page(client, ending)
    assert 'name="do"' not in text
    assert client.post(url(ending, "write"), typed(need="no")).status_code == 403


def test_addresses_that_write_refuse_to_be_opened(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    for name in ("write", "reopen"):
        assert client.get(url(ending, name)).status_code == 405


def test_marks_a_colleague_made_are_not_undone_by_an_old_page(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    old = shown_first(page(client, ending))
    marks = {"plan": Mark("done"), "levels": Mark("not_relevant", "Flyttet klasse")}
    commands.mark_checklist(case=ending.case, marks=marks, by=ending.viewer("colleague"))
    facts = Facts(need="yes", unmet_needs="Kollegaen skrev dette")
    commands.write_handover(case=ending.case, facts=facts, revision=1, by=ending.viewer("colleague"))
    sent = typed(**{"check-contacts": "done"}) | old
    assert client.post(url(ending, "write"), sent).status_code == 302
    stands = {row.code: row.state for row in Handover.objects.get().checklist.all()}
    assert stands == {"plan": "done", "levels": "not_relevant", "contacts": "done"}
    assert Handover.objects.get().unmet_needs == "Kollegaen skrev dette"


def test_a_point_marked_by_two_is_shown_to_the_second(ending: House, client: Client) -> None:
    client.force_login(ending.users["adviser"])
    old = shown_first(page(client, ending))
    theirs = {"levels": Mark("not_relevant", "Flyttet klasse")}
    commands.mark_checklist(case=ending.case, marks=theirs, by=ending.viewer("colleague"))
    sent = typed(**{"check-levels": "done", "check-levels_note": "Test i mai"}) | old
    answer = client.post(url(ending, "write"), sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Andre har endret dette til «Ikke aktuelt»" in text
    assert "Andre har endret dette til «Flyttet klasse»" in text
    assert "Test i mai" in text
    only_state = typed(**{"check-levels": "done", "check-levels_note": ""}) | old
    told = client.post(url(ending, "write"), only_state).content.decode()
    assert told.count("Andre har endret dette") == 2, "in the summary and at the field: the note was not touched here"
    assert client.post(url(ending, "write"), sent | shown_first(text)).status_code == 302
    assert Handover.objects.get().checklist.get(code="levels").note == "Test i mai"
