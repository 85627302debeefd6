"""The programme page, for each who may open it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.access.models import Reading
from samlop.cases.models import TeamMember
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.models import Course
from tests.house import House
from tests.pages import shown_first


def url(house: House, name: str = "course") -> str:
    return reverse(f"programme:{name}", args=[house.case.pk])


def sign_in(house: House, client: Client, name: str) -> Client:
    client.force_login(house.users[name])
    return client


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("adviser", 200), ("colleague", 200), ("leader", 200), ("nav", 200), ("teacher", 200), ("participant", 200),
        ("stranger", 404), ("county", 404), ("health", 404), ("employer", 404),
    ],
)  # fmt: skip
def test_who_opens_the_page(house: House, client: Client, name: str, status: int) -> None:
    assert sign_in(house, client, name).get(url(house)).status_code == status


def test_the_opening_is_in_the_reading_log(house: House, client: Client) -> None:
    sign_in(house, client, "nav").get(url(house))
    assert Reading.objects.filter(section="programme", user_id=house.users["nav"].pk).count() == 1


def test_the_adviser_fills_in_everything(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("dates", {"dates-start_on": "12.1.2026", "dates-planned_end_on": "11.1.2028"}),
        ("end_goal", {"goal-end_goal": "work"}),
        ("mapping", {"mapping-done_on": "1.2.2026"}),
        ("nav_need", {"nav-need": "yes", "nav-on": "3.3.2026", "nav-clarified_by": str(house.users["nav"].pk)}),
    ]
    for name, typed in steps:
        answer = client.post(url(house, name), typed)
        assert (name, answer.status_code) == (name, 302)
    course = Course.objects.get(case=house.case)
    assert (course.start_on, course.planned_end_on) == (date(2026, 1, 12), date(2028, 1, 11))
    text = client.get(url(house)).content.decode()
    for expected in (
        "12.01.2026",
        "Arbeid",
        "Gjort 01.02.2026 (Adviser)",
        "Trenger bistand fra NAV",
        "03.03.2026, Nav",
    ):
        assert expected in text
    assert client.post(url(house, "end"), {"end-ended_on": "1.10.2026", "end-reason": "work"}).status_code == 302
    assert client.post(url(house, "close")).status_code == 302
    assert "Saken er avsluttet." in client.get(url(house)).content.decode()
    assert client.post(url(house, "reopen"), {"reopen-why": "Feil"}).status_code == 302
    assert "Avslutt programmet" in client.get(url(house)).content.decode()


def test_what_is_refused_stays_on_the_page(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    answer = client.post(url(house, "dates"), {"dates-start_on": "1.5.2026", "dates-planned_end_on": "30.4.2026"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Programmet kan ikke slutte før det starter." in text
    assert 'value="30.4.2026"' in text


def test_readers_see_no_form_they_may_not_send(house: House, client: Client) -> None:
    assert "Lagre datoene" not in sign_in(house, client, "teacher").get(url(house)).content.decode()
    text = sign_in(house, client, "nav").get(url(house)).content.decode()
    assert "Lagre avklaringen" in text
    assert "Lagre datoene" not in text
    assert client.post(url(house, "dates"), {"dates-start_on": "1.5.2026"}).status_code == 403


def test_writing_addresses_refuse_to_be_opened(house: House, client: Client) -> None:
    sign_in(house, client, "adviser")
    for name in ("dates", "end_goal", "mapping", "nav_need", "end", "close", "reopen"):
        assert client.get(url(house, name)).status_code == 405


# --- a page that has stood open while a colleague worked ------------------------------------------------------------


def colleague_in_team(house: House) -> Any:
    """The adviser's colleague, named in the team of the case."""
    with writing("test"):
        TeamMember.objects.create(
            case=house.case, municipality=house.municipality, unit=house.units["refugee"],
            user=house.users["colleague"], function="other", valid_from=date(2020, 1, 1),
        )  # fmt: skip
    return house.viewer("colleague")


def opened(house: House, client: Client, name: str = "adviser") -> dict[str, Any]:
    return shown_first(sign_in(house, client, name).get(url(house)).content.decode())


def test_a_date_that_was_not_touched_does_not_undo_a_colleagues(house: House, client: Client) -> None:
    adviser, colleague = house.viewer("adviser"), colleague_in_team(house)
    commands.set_dates(case=house.case, start_on=date(2026, 1, 12), planned_end_on=date(2028, 1, 11), by=adviser)
    page = opened(house, client)
    commands.set_dates(case=house.case, start_on=date(2026, 1, 12), planned_end_on=date(2028, 6, 30), by=colleague)
    typed = page | {"dates-start_on": "19.1.2026", "dates-planned_end_on": "11.01.2028"}
    assert client.post(url(house, "dates"), typed).status_code == 302
    course = Course.objects.get(case=house.case)
    assert (course.start_on, course.planned_end_on) == (date(2026, 1, 19), date(2028, 6, 30))


def test_the_same_date_changed_by_two_is_shown_to_the_second(house: House, client: Client) -> None:
    page = opened(house, client)
    commands.set_dates(case=house.case, start_on=date(2026, 1, 12), planned_end_on=None, by=colleague_in_team(house))
    typed = page | {"dates-start_on": "19.1.2026", "dates-planned_end_on": ""}
    answer = client.post(url(house, "dates"), typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Andre har endret dette til «12.01.2026»" in text
    assert 'value="19.1.2026"' in text, "what was typed is still there"
    assert Course.objects.get(case=house.case).start_on == date(2026, 1, 12)
    assert client.post(url(house, "dates"), typed | shown_first(text)).status_code == 302, "now with open eyes"
    assert Course.objects.get(case=house.case).start_on == date(2026, 1, 19)


def test_the_same_answer_by_two_is_no_clash(house: House, client: Client) -> None:
    page = opened(house, client)
    commands.set_end_goal(case=house.case, end_goal="work", by=colleague_in_team(house))
    assert client.post(url(house, "end_goal"), page | {"goal-end_goal": "work"}).status_code == 302


@pytest.mark.parametrize(
    ("name", "typed", "theirs"),
    [
        ("end_goal", {"goal-end_goal": "primary"}, "Andre har endret dette til «arbeid»"),
        ("mapping", {"mapping-done_on": "5.2.2026"}, "Andre har endret dette til «01.02.2026»"),
        ("nav_need", {"nav-need": "no", "nav-on": "3.3.2026"}, "Andre har endret dette til «trenger bistand fra NAV»"),
    ],
)
def test_every_form_of_the_page_tells_what_a_colleague_did(
    house: House, client: Client, name: str, typed: dict[str, str], theirs: str
) -> None:
    page, colleague = opened(house, client), colleague_in_team(house)
    commands.set_end_goal(case=house.case, end_goal="work", by=colleague)
    commands.note_mapping_done(case=house.case, done_on=date(2026, 2, 1), by=colleague)
    commands.clarify_nav_need(case=house.case, need="yes", on=date(2026, 2, 2), by=colleague)
    answer = client.post(url(house, name), page | typed)
    assert answer.status_code == 409
    assert theirs in answer.content.decode()
    course = Course.objects.get(case=house.case)
    assert (course.end_goal, course.mapping_done_on, course.nav_need) == ("work", date(2026, 2, 1), "yes")


def test_saving_without_a_change_leaves_who_clarified_the_need(house: House, client: Client) -> None:
    commands.clarify_nav_need(case=house.case, need="yes", on=date(2026, 2, 2), by=house.viewer("nav"))
    page = opened(house, client)
    typed = {"nav-need": "yes", "nav-on": "02.02.2026", "nav-clarified_by": str(house.users["nav"].pk)}
    assert page["initial-nav-clarified_by"] == [typed["nav-clarified_by"]]
    assert client.post(url(house, "nav_need"), page | typed).status_code == 302
    assert Course.objects.get(case=house.case).nav_need_clarified_by == house.users["nav"]
