"""The report: 20 participants, 12 in need, 9 helped is 75 per cent, and a conversation alone counts."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from samlop.cases.models import Case
from samlop.core.time import at, now, today
from samlop.effort.commands import register_effort
from samlop.effort.coverage import Period
from samlop.effort.report import behind_coverage, behind_efforts, effort_report
from tests import house as houses
from tests.house import PEOPLE, House, person
from tests.overview.helpers import course, effort, participant

TODAY = date(2026, 11, 20)
YEAR = Period(date(2026, 1, 1), TODAY)
START, END = date(2026, 3, 1), date(2027, 6, 30)


@pytest.fixture
def twenty(house: House) -> list[Case]:
    """20 participants: 12 need NAV, 5 do not, 3 are not clarified. NAV has talked with 9 of the 12, and with one of
    those who do not need it; the school has talked with all."""
    with at(TODAY):
        course(house.case, start_on=START, planned_end_on=END, nav_need="yes")
        cases = [house.case]
        for number in range(1, 20):
            need = "yes" if number < 12 else "no" if number < 17 else "unclarified"
            cases.append(
                participant(
                    house, f"Deltaker {number:02}", settled_on=date(2026, 2, 1), start_on=START, planned_end_on=END,
                    nav_need=need,
                )
            )  # fmt: skip
        for case in cases[:9]:
            effort(house, "nav", case, on=date(2026, 6, 2))
        effort(house, "nav", cases[13], on=date(2026, 6, 2))
        for case in cases:
            effort(house, "teacher", case, "follow_up", on=date(2026, 6, 3))
    return cases


@pytest.mark.parametrize("who", ["adviser", "nav", "leader", "nav_leader", "teacher"])
def test_75_per_cent(house: House, twenty: list[Case], who: str) -> None:
    with at(TODAY):
        coverage = effort_report(house.viewer(who), YEAR).coverage
    assert coverage
    assert len(coverage.participants) == 20
    assert (coverage.share.k, coverage.share.n, coverage.share.percent()) == (9, 12, "75")


def test_by_phase_from_the_dates(house: House, twenty: list[Case]) -> None:
    """2 June is after the first three months; nothing was done in the start phase."""
    with at(TODAY):
        report = effort_report(house.viewer("leader"), YEAR)
    found = {one.phase: (one.share.k, one.share.n) for one in report.coverage_by_phase}
    assert found == {"start": (0, 12), "during": (9, 12), "end": (0, 0)}
    assert dict(report.by_phase) == {"during": {"conversation": 10, "follow_up": 20}}


def test_by_unit_and_kind(house: House, twenty: list[Case]) -> None:
    with at(TODAY):
        lines = effort_report(house.viewer("leader"), YEAR).units
        own = effort_report(house.viewer("nav_leader"), YEAR).units
    assert [(line.name, line.by_kind, line.participants) for line in lines] == [
        (house.units["school"].name, {"follow_up": 20}, 20),
        (house.units["nav"].name, {"conversation": 10}, 10),
    ]
    assert [line.name for line in own] == [house.units["nav"].name]


def test_minutes_are_written_as_people_write_them(house: House, twenty: list[Case], client: Client) -> None:
    with at(TODAY):
        nav = house.viewer("nav")
        register_effort(cases=twenty, kind="follow_up", happened_on=TODAY, minutes=60, by=nav)
        client.force_login(house.users["leader"])
        assert "1\u00a0200" in client.get("/innsats/").content.decode()


def test_a_period_before_counts_nobody(house: House, twenty: list[Case]) -> None:
    with at(TODAY):
        report = effort_report(house.viewer("leader"), Period(date(2025, 1, 1), date(2025, 12, 31)))
    assert report.total == 0
    assert report.coverage
    assert report.coverage.share.n == 0


def test_the_list_behind_each_number(house: House, twenty: list[Case]) -> None:
    with at(TODAY):
        viewer = house.viewer("nav_leader")
        assert [c.person.name for c in behind_coverage(viewer, YEAR, "not_helped", "")] == [
            "Deltaker 09", "Deltaker 10", "Deltaker 11",
        ]  # fmt: skip
        assert behind_coverage(viewer, YEAR, "in_need", "start").count() == 12
        nav = str(house.units["nav"].pk)
        assert behind_efforts(viewer, YEAR, {"unit": nav, "kind": "conversation", "phase": "during"}).count() == 10
        assert behind_efforts(viewer, YEAR, {"unit": str(house.units["school"].pk)}).count() == 0
        assert behind_coverage(house.viewer("stranger"), YEAR, "participants", "").count() == 0


def test_a_fixed_number_of_queries(house: House, twenty: list[Case]) -> None:
    with at(TODAY), CaptureQueriesContext(connection) as found:
        effort_report(house.viewer("leader"), YEAR)
    assert len(found) <= 7


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_who_opens_the_report(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    may = name in ("adviser", "colleague", "nav", "nav_colleague", "teacher", "leader", "nav_leader", "placement") or (
        name in ("stranger", "other_leader")
    )
    assert client.get("/innsats/").status_code == (200 if may else 403)
    assert client.post("/innsats/eksport/").status_code == (200 if may else 403)


def test_the_page_shows_k_n_and_the_way_to_the_list(house: House, twenty: list[Case], client: Client) -> None:
    client.force_login(house.users["nav_leader"])
    with at(TODAY):
        page = client.get("/innsats/?fra=1.1.2026&til=20.11.2026").content.decode()
        assert "75 %" in page
        assert "9 av 12" in page
        found = re.search(r'href="(/innsats/bak/\?[^"]*del=not_helped)"', page)
        assert found
        behind = client.get(found[1].replace("&amp;", "&")).content.decode()
    assert "Deltaker 11" in behind
    assert "Deltaker 08" not in behind


def test_an_effort_is_corrected_from_the_list(house: House, client: Client) -> None:
    effort(house, "nav", house.case)
    client.force_login(house.users["nav"])
    page = client.get("/innsats/bak/?type=conversation").content.decode()
    found = re.search(r'href="(/sak/[^"?]*/innsats/1/)', page)
    assert found
    today_ = f"{today():%d.%m.%Y}"
    posted = {"kind": "plan_talk", "happened_on": today_, "minutes": "30", "next": "/innsats/"}
    assert client.post(found[1], posted).headers["Location"] == "/innsats/"
    assert client.get(found[1]).status_code == 404  # it no longer stands
    with at(now()):
        assert effort_report(house.viewer("nav"), Period(today(), today())).units[0].by_kind == {"plan_talk": 1}
    assert client.post(found[1].replace("/1/", "/2/"), {"withdraw": "1"}).status_code == 302
    assert effort_report(house.viewer("nav"), Period(today(), today())).total == 0


def test_only_those_who_may_put_it_right_are_offered_to(house: House, client: Client) -> None:
    effort(house, "teacher", house.case)
    client.force_login(house.users["placement"])  # of the same unit, not in the team: reads the plan, and only that
    page = client.get("/innsats/bak/?type=conversation").content.decode()
    assert (house.case.person.name in page, "/innsats/1/" in page) == (True, False)


def test_the_spreadsheet_has_the_same_numbers_and_no_names(house: House, twenty: list[Case], client: Client) -> None:
    client.force_login(house.users["leader"])
    with at(TODAY):
        answer = client.post("/innsats/eksport/?fra=1.1.2026&til=20.11.2026")
    book = load_workbook(io.BytesIO(answer.content))
    rows = [list(row) for row in book["Dekning"].values]
    assert ["Hele løpet", 20, 12, 9, "75"] in rows
    assert "Deltaker" not in str([list(sheet.values)[4:] for sheet in book])


def test_protected_people_count_only_for_the_named(house: House) -> None:
    hidden = person(house.municipality, "Skjult", protection="confidential")
    case = houses.case(house, hidden, team=("nav",))
    course(case, start_on=today(), nav_need="yes")
    effort(house, "nav", case)
    week = Period(today(), today())
    assert effort_report(house.viewer("nav"), week).total == 1
    for who in ("leader", "nav_leader", "adviser"):
        report = effort_report(house.viewer(who), week)
        assert report.total == 0
        assert report.coverage
        assert report.coverage.share.n == 0
