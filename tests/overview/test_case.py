"""Saken: one page, the parts by right, and every part that is shown is in the reading log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samlop.access.models import Reading
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.norwegian.models import LevelReached
from samlop.people.vocabulary import Protection
from samlop.plan.models import Plan, Step
from tests.house import PEOPLE, House
from tests.overview.helpers import course, effort, version

INSIDE = {"adviser", "colleague", "leader", "nav", "nav_colleague", "nav_leader", "teacher", "placement"}


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_who_opens_the_case(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    answer = client.get(f"/sak/{house.case.pk}/")
    assert answer.status_code == (200 if name in INSIDE else 404)
    assert ("Amina Østby" in answer.content.decode()) == (name in INSIDE)


def test_ten_seconds(house: House, client: Client) -> None:
    course(
        house.case,
        start_on=today() - timedelta(days=100),
        planned_end_on=today() + timedelta(weeks=60),
        end_goal="work",
    )
    version(house.case, today())
    with writing("test"):
        LevelReached.objects.create(
            case=house.case, municipality=house.municipality, skill="reading", level="A2", reached_on=today(),
            source="teacher", recorded_at=now(), recorded_by_name="x",
        )  # fmt: skip
    effort(house, "nav", house.case)
    client.force_login(house.users["adviser"])
    page = client.get(f"/sak/{house.case.pk}/").content.decode()
    for text in (
        *("Underveis, 60 uker igjen", "Arbeid", "Lese A2", "Siste kontakt", "versjon 1", "Teacher"),
        *("Hovedkontakt", "nav@example.test", "planansvarlig", "Hva venter"),
    ):
        assert text in page, text


def test_the_line_is_the_picture_of_the_case(house: House, client: Client) -> None:
    version(house.case, today() - timedelta(days=90))
    plan = Plan.objects.get()
    with writing("test"):
        Plan.objects.update(long_term_goal="Bli kokk")
        for number in range(12):
            day = today() + timedelta(days=30 * (number - 8))
            Step.objects.create(
                case=house.case, municipality=house.municipality, plan=plan, kind="other", start_on=day,
                title=f"Steg nummer {number}",
            )  # fmt: skip
    for name, words in (("adviser", "Veien til målet"), ("participant", "Veien din")):
        client.force_login(house.users[name])
        page = client.get(f"/sak/{house.case.pk}/").content.decode()
        assert words in page
        assert "Bosatt" in page
        assert "I dag" in page
        picture = page.split('id="line-wide-title"')[1].split("</svg>")[0]
        assert "Bli kokk" in picture
        for number in (7, 8, 9, 11):
            assert f"nummer {number}</text>" in picture or f"Steg nummer {number}" in picture, number
        assert "Steg nummer 2" not in picture, "only what is near today; the whole line has its own page"
        assert "stasjoner til)" in page
        assert reverse("plan:line", args=[house.case.pk]) in page


def test_without_a_plan_there_is_no_line(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    assert "line-wide" not in client.get(f"/sak/{house.case.pk}/").content.decode()


def test_each_section_shown_is_in_the_reading_log(house: House, client: Client) -> None:
    client.force_login(house.users["nav_colleague"])
    client.get(f"/sak/{house.case.pk}/")
    rows = Reading.objects.filter(user_id=house.users["nav_colleague"].pk)
    assert set(rows.values_list("section", "relation")) == {
        ("identity", "unit"), ("programme", "unit"), ("plan", "unit"), ("norwegian", "unit"),
    }  # fmt: skip


def test_a_part_without_right_is_not_there(house: House, client: Client) -> None:
    version(house.case, today())
    with writing("test"):
        house.case.team.filter(unit=house.units["refugee"]).delete()
    client.force_login(house.users["leader"])
    page = client.get(f"/sak/{house.case.pk}/").content.decode()
    assert "versjon 1" in page  # the leader sees the plan in the whole municipality
    assert not Reading.objects.filter(section="norwegian").exists()


def test_notes_for_others_are_not_news(house: House, client: Client) -> None:
    from samlop.cases.journal import append
    from samlop.core.gate import Entry
    from samlop.core.rights import Section

    yesterday = now() - timedelta(days=1)
    client.force_login(house.users["adviser"])
    with at(yesterday):
        client.get(f"/sak/{house.case.pk}/")
    with writing("test"):
        entry = Entry(code="case.registered", section=Section.RESTRICTED, data={"readers": []})
        append(house.case, house.viewer("nav"), entry)
    assert "Ingenting nytt fra andre" in client.get(f"/sak/{house.case.pk}/").content.decode()
    assert "Nytt i sakene" not in client.get("/").content.decode()


def test_since_i_was_here(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    yesterday = now() - timedelta(days=1)
    with at(yesterday):
        client.get(f"/sak/{house.case.pk}/")
    with at(yesterday + timedelta(hours=1)):
        effort(house, "nav", house.case, "market_knowledge")
        effort(house, "adviser", house.case)
    page = client.get(f"/sak/{house.case.pk}/").content.decode()
    assert "registrerte innsats: markedskunnskap" in page
    assert "registrerte innsats: samtale" not in page
    again = client.get(f"/sak/{house.case.pk}/").content.decode()
    assert "registrerte innsats: markedskunnskap" in again


def test_the_participant_reads_the_same_in_plain_words(house: House, client: Client) -> None:
    course(house.case, start_on=today(), planned_end_on=today() + timedelta(weeks=10), end_goal="work")
    client.force_login(house.users["participant"])
    page = client.get(f"/sak/{house.case.pk}/").content.decode()
    assert "Hvor er jeg nå?" in page
    assert "Målet med programmet er arbeid." in page
    assert "Registrer innsats" not in page


def test_protected_is_for_the_named_only(house: House, client: Client) -> None:
    with writing("test"):
        house.case.person.protection = Protection.CONFIDENTIAL
        house.case.person.save()
    for name, status in (("adviser", 200), ("colleague", 404), ("leader", 404)):
        client.force_login(house.users[name])
        assert client.get(f"/sak/{house.case.pk}/").status_code == status


def test_a_fixed_number_of_queries(house: House, client: Client) -> None:
    client.force_login(house.users["adviser"])
    client.get(f"/sak/{house.case.pk}/")

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(f"/sak/{house.case.pk}/")
        return len(found)

    effort(house, "nav", house.case)
    one = queries()
    for _number in range(20):
        effort(house, "nav", house.case)
    assert queries() == one
    assert one <= 56
