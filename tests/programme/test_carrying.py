"""The course goes along when the participant moves, and ends where it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.models import Course, CourseFacts
from tests.cases.test_moving import move
from tests.house import House

START = today() - timedelta(days=200)
END = today() + timedelta(days=300)


@pytest.fixture
def begun(house: House) -> House:
    """A course with everything that goes along."""
    by = house.viewer("adviser")
    commands.set_dates(case=house.case, start_on=START, planned_end_on=END, by=by)
    commands.set_end_goal(case=house.case, end_goal="work", by=by)
    commands.note_mapping_done(case=house.case, done_on=START, by=by)
    commands.clarify_nav_need(case=house.case, need="yes", on=START, by=house.viewer("nav"))
    with writing("test"):
        Course.objects.update(track=2)
        CourseFacts.objects.update_or_create(
            case=house.case, defaults={"municipality": house.municipality, "used_before_days": 40,
            "education": "below_upper_secondary", "lived_in_municipality_since": START},
        )  # fmt: skip
    return house


def moved(house: House) -> Any:
    assert move(house, receiver="stranger").status_code == 302
    return Case.objects.get(continues=house.case)


def page(house: House, client: Client, who: str, case: Any) -> str:
    client.force_login(house.users[who])
    return client.get(f"/sak/{case.pk}/program/").content.decode()


def test_the_new_adviser_sees_the_course_on_the_page(begun: House, client: Client) -> None:
    new = moved(begun)
    text = page(begun, client, "stranger", new)
    for shown in (f"{START:%d.%m.%Y}", f"{END:%d.%m.%Y}", "Arbeid", "Trenger bistand fra NAV", "(Adviser)"):
        assert shown in text
    course = Course.objects.get(case=new)
    assert (course.track, course.municipality) == (2, begun.other_municipality)
    assert "Lagre datoene" in text, "and may go on with it"


def test_facts_about_the_person_go_along_and_those_about_the_place_stay(begun: House) -> None:
    facts = CourseFacts.objects.get(case=moved(begun))
    assert (facts.used_before_days, facts.education) == (40, "below_upper_secondary")
    assert facts.lived_in_municipality_since is None


def test_in_the_old_municipality_the_programme_ends_and_is_only_read(begun: House, client: Client) -> None:
    moved(begun)
    text = page(begun, client, "adviser", begun.case)
    assert f"{today():%d.%m.%Y}: flyttet" in text
    address = reverse("programme:end_goal", args=[begun.case.pk])
    assert client.post(address, {"goal-end_goal": "primary"}).status_code == 403
    assert Course.objects.get(case=begun.case).end_goal == "work"


def test_the_timeline_tells(begun: House) -> None:
    new = moved(begun)
    entry = JournalEntry.objects.get(case=new, code="programme.carried_over")
    told = f"tok med løpet fra Elvestad: start {START:%d.%m.%Y}, planlagt slutt {END:%d.%m.%Y}"
    assert sentence(entry) == told


def test_a_course_that_has_ended_does_not_go_on(begun: House) -> None:
    commands.end_course(case=begun.case, ended_on=today(), reason="work", by=begun.viewer("adviser"))
    assert not Course.objects.filter(case=moved(begun)).exists()


def test_a_course_that_has_not_begun_is_not_ended(house: House) -> None:
    later = today() + timedelta(days=10)
    commands.set_dates(case=house.case, start_on=later, planned_end_on=None, by=house.viewer("adviser"))
    assert Course.objects.get(case=moved(house)).start_on == later
    assert Course.objects.get(case=house.case).ended_on is None
