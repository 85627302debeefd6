"""The course goes along when the participant moves, and ends where it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.journal import sentence
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import at as clock
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.hours.models import Absence
from samlop.programme import commands
from samlop.programme.law_of_case import law_of
from samlop.programme.models import Course, CourseFacts
from tests.cases.test_moving import move
from tests.house import House
from tests.programme.course_of import decide, facts, know

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


def test_a_course_whose_last_day_has_passed_is_not_made_longer(house: House) -> None:
    over = today() - timedelta(days=30)
    commands.set_dates(case=house.case, start_on=START, planned_end_on=over, by=house.viewer("adviser"))
    moved(house)
    assert Course.objects.get(case=house.case).ended_on == over
    told = JournalEntry.objects.get(case=house.case, code="programme.ended")
    assert told.data["ended_on"] == over.isoformat()


BEGUN, MOVED, AGAIN = date(2025, 9, 1), date(2026, 3, 2), date(2026, 4, 1)
"""A programme begun before the lengths of 2026 held, a move after, and the new municipality's own award."""


def moves(house: House, education: str = "below_upper_secondary", begun: date = BEGUN) -> Any:
    know(house.case, permit_granted_on=date(2025, 5, 1), settled_on=date(2025, 6, 1))
    with clock(begun):
        commands.set_dates(
            case=house.case, start_on=begun, planned_end_on=date(2027, 8, 31), by=house.viewer("adviser")
        )
        commands.set_end_goal(case=house.case, end_goal="work", by=house.viewer("adviser"))
        if education:
            facts(house, education=education, lived_in_municipality_since=date(2025, 6, 1))
    with clock(MOVED):
        return moved(house)


@pytest.mark.parametrize("education", ["below_upper_secondary", ""])
def test_the_lengths_that_held_when_it_was_offered_go_on_holding(house: House, client: Client, education: str) -> None:
    """Integreringsforskriften §§ 75-76: a programme offered before 2026 keeps its extension after a move."""
    new = moves(house, education)
    assert CourseFacts.objects.get(case=new).offered_start_on == BEGUN
    with clock(AGAIN), writing("test"):
        CourseFacts.objects.filter(case=new).update(education="below_upper_secondary")
        Course.objects.filter(case=new).update(start_on=AGAIN)  # as the new municipality's award does
        assert "kan forlenges med inntil 12" in page(house, client, "stranger", new)


def test_a_start_that_was_only_planned_is_no_offer(house: House) -> None:
    later = today() + timedelta(days=10)
    commands.set_dates(case=house.case, start_on=later, planned_end_on=None, by=house.viewer("adviser"))
    assert not CourseFacts.objects.filter(case=moved(house)).exists()


def test_time_that_absence_added_is_kept_after_the_move(house: House, client: Client) -> None:
    """Leave by decision and absence before the move lengthen the programme after it; what it was for stays behind."""
    with writing("test"), clock(date(2026, 2, 27)):
        Absence.objects.create(
            case=house.case, municipality=house.municipality, first_day=date(2026, 2, 9), last_day=date(2026, 2, 13),
            code="SYK_EGEN_LEGE", told_at=now(),
        )  # fmt: skip
    know(house.case, permit_granted_on=date(2025, 5, 1), settled_on=date(2025, 6, 1))
    leave = {"reason": "OMSORGSPERM", "first_day": "2026-01-12", "last_day": "2026-01-20", "granted": True}
    with clock(date(2026, 1, 5)):
        decide(house, "leave", leave)
    new = moves(house, begun=date(2026, 1, 5))
    with clock(AGAIN):
        text = " ".join(page(house, client, "stranger", new).split())
    assert "12 virkedager" in text
    assert "foreldre" not in text.lower()


@pytest.mark.parametrize(("planned", "used"), [(date(2026, 1, 31), 153), (date(2027, 8, 31), 183)])
def test_days_are_used_until_the_programme_ended_there(house: House, planned: date, used: int) -> None:
    """1 September to the move on 2 March is 183 days; a programme that was over on 31 January used 153."""
    know(house.case, permit_granted_on=date(2025, 5, 1), settled_on=date(2025, 6, 1))
    with clock(BEGUN):
        commands.set_dates(case=house.case, start_on=BEGUN, planned_end_on=planned, by=house.viewer("adviser"))
    with clock(MOVED):
        new = moved(house)
    assert law_of(new).used_before(AGAIN) == used
