"""Levels in Norwegian: written once by the school, read by those who need them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.ids import uuid7
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.norwegian import commands
from samlop.norwegian.models import Level, LevelReached, Skill
from samlop.norwegian.queries import levels_now, levels_of
from samlop.norwegian.summary import in_short, lowest, oral_and_written
from tests.house import House, person
from tests.house import case as new_case

DAY = date(2026, 3, 1)


def write(house: House, levels: dict[Skill, Level], on: date = DAY, by: str = "teacher", source: str = "test") -> Any:
    return commands.write_levels(case=house.case, levels=levels, reached_on=on, source=source, by=house.viewer(by))


def test_the_newest_per_skill_is_the_level_now(house: House) -> None:
    write(house, {Skill.LISTENING: Level.A1, Skill.READING: Level.A1}, date(2025, 9, 1))
    write(house, {Skill.LISTENING: Level.B1})
    write(house, {Skill.LISTENING: Level.A2}, date(2026, 1, 1))
    assert levels_now(house.viewer("nav"), house.case.pk) == {"listening": "B1", "reading": "A1"}
    assert LevelReached.objects.count() == 4


def test_it_reads_well_on_the_timeline(house: House) -> None:
    write(house, {Skill.LISTENING: Level.B1, Skill.WRITING: Level.UNDER_A1})
    entry = JournalEntry.objects.get(case=house.case)
    assert sentence(entry) == "skrev norsknivå: lytte B1, skrive under A1 (norskprøve, 01.03.2026)"
    assert (entry.happened_on, entry.section) == (DAY, "norwegian")


@pytest.mark.parametrize(
    ("levels", "on", "source", "code"),
    [
        ({}, DAY, "test", "missing_level"),
        ({Skill.READING: Level.A2}, date(2100, 1, 1), "test", "future_day"),
        ({Skill.READING: Level.A2}, DAY, "guess", "unknown_source"),
    ],
)
def test_refusals(house: House, levels: Any, on: date, source: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(house, levels, on, source=source)
    assert refusal.value.code == code
    assert not LevelReached.objects.exists()


def test_the_same_is_not_written_twice(house: House) -> None:
    write(house, {Skill.READING: Level.A2})
    with pytest.raises(Refused) as refusal:
        write(house, {Skill.READING: Level.A2})
    assert refusal.value.code == "already_written"
    assert len(write(house, {Skill.READING: Level.A2, Skill.WRITING: Level.A2})) == 1


@pytest.mark.parametrize("name", ["adviser", "nav", "participant", "leader"])
def test_others_read_but_do_not_write(house: House, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        write(house, {Skill.READING: Level.A2}, by=name)
    assert refusal.value.code == "no_right_norwegian"


def test_a_level_written_wrong_is_taken_back_with_a_reason(house: House) -> None:
    [row] = write(house, {Skill.READING: Level.C1})
    by = house.viewer("teacher")
    with pytest.raises(Refused) as refusal:
        commands.take_back_level(case=house.case, level_id=row.pk, why=" ", by=by)
    assert refusal.value.code == "missing_reason"
    commands.take_back_level(case=house.case, level_id=row.pk, why="Feil person", by=by)
    assert levels_now(house.viewer("nav"), house.case.pk) == {}
    last = JournalEntry.objects.order_by("-seq").first()
    assert last is not None
    assert sentence(last) == "tok tilbake norsknivået lese C1 fra 01.03.2026: Feil person"
    with pytest.raises(Refused) as refusal:
        commands.take_back_level(case=house.case, level_id=uuid7(), why="x", by=by)
    assert refusal.value.code == "not_found"


def test_many_cases_in_one_query_and_only_those_the_viewer_sees(house: House, django_assert_num_queries: Any) -> None:
    cases = [house.case, *(new_case(house, person(house.municipality, f"Nr {n}")) for n in range(5))]
    for one in cases:
        commands.write_levels(
            case=one, levels={Skill.SPEAKING: Level.A2}, reached_on=DAY, source="teacher", by=house.viewer("teacher")
        )
    keys = [one.pk for one in cases]
    viewer = house.viewer("adviser")
    with django_assert_num_queries(1):
        assert levels_of(viewer, keys) == {key: {"speaking": "A2"} for key in keys}
    assert levels_of(house.viewer("stranger"), keys) == {}


def test_said_in_short() -> None:
    levels = {"listening": "B1", "speaking": "A2", "reading": "A2"}
    assert in_short(levels) == "A2–B1"
    assert in_short({"reading": "A2", "writing": "A2"}) == "A2"
    assert in_short({"reading": "under_A1", "writing": "A1"}) == "under A1 til A1"
    assert in_short({}) == ""
    assert oral_and_written(levels) == "muntlig A2"
    assert oral_and_written(levels | {"writing": "under_A1"}) == "muntlig A2, skriftlig under A1"
    assert lowest(levels, (Skill.READING, Skill.WRITING)) == ""


def url(house: House, name: str = "levels", *args: Any) -> str:
    return reverse(f"norwegian:{name}", args=[house.case.pk, *args])


@pytest.mark.parametrize(
    ("name", "status"),
    [("teacher", 200), ("adviser", 200), ("nav", 200), ("participant", 200), ("stranger", 404), ("health", 404)],
)
def test_who_opens_the_page(house: House, client: Client, name: str, status: int) -> None:
    client.force_login(house.users[name])
    assert client.get(url(house)).status_code == status


def test_a_health_worker_in_the_team_is_told_why_not(house: House, client: Client) -> None:
    from samlop.cases.models import TeamMember

    with writing("test"):
        TeamMember.objects.create(
            case=house.case, municipality=house.municipality, unit=house.units["health"], user=house.users["health"],
            function="health", valid_from=date(2020, 1, 1),
        )  # fmt: skip
    client.force_login(house.users["health"])
    assert client.get(url(house)).status_code == 403


def test_the_teacher_writes_four_levels_in_one_form(house: House, client: Client) -> None:
    client.force_login(house.users["teacher"])
    typed = {
        "listening": "B1",
        "reading": "A2",
        "writing": "A2",
        "speaking": "B1",
        "reached_on": "1.3.2026",
        "source": "test",
    }
    once = {"once": str(uuid7())}
    for _press in range(2):
        assert client.post(url(house, "write"), typed | once).status_code == 302
    assert LevelReached.objects.count() == 4
    page = client.get(url(house)).content.decode()
    assert "muntlig B1, skriftlig A2" in page
    assert "Norskprøve" in page


def test_what_is_refused_stays_on_the_page(house: House, client: Client) -> None:
    client.force_login(house.users["teacher"])
    tomorrow = today() + timedelta(days=1)
    answer = client.post(url(house, "write"), {"reading": "B1", "reached_on": tomorrow.isoformat(), "source": "test"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Datoen kan ikke være fram i tid." in page
    assert '<option value="B1" selected>' in page


def test_readers_see_no_form(house: House, client: Client) -> None:
    client.force_login(house.users["nav"])
    assert "Lagre nivået" not in client.get(url(house)).content.decode()


def test_taking_back_on_the_page(house: House, client: Client) -> None:
    [row] = write(house, {Skill.READING: Level.C1})
    client.force_login(house.users["teacher"])
    assert "lese C1" in client.get(url(house, "take_back", row.pk)).content.decode()
    assert client.post(url(house, "take_back", row.pk), {"why": ""}).status_code == 422
    assert client.post(url(house, "take_back", row.pk), {"why": "Feil"}).status_code == 302
    assert client.get(url(house, "take_back", row.pk)).status_code == 404
