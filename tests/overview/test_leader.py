"""The leader's page: few numbers, and each is as long as the list behind it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.cooperation.models import Task, TaskOwner
from samlop.core.time import add_months, now, today
from samlop.core.writing import writing
from tests.house import PEOPLE, House
from tests.overview.helpers import course, effort, participant, version


@pytest.fixture
def town(house: House) -> House:
    start = add_months(today(), -1)
    course(house.case, start_on=start, planned_end_on=add_months(start, 24), nav_need="yes")
    late = participant(house, "Sen Plan", settled_on=add_months(today(), -9), start_on=start, nav_need="yes")
    effort(house, "nav", late)
    participant(house, "Uten Kontakt", team=("teacher",))
    ended = participant(house, "Nylig Ferdig")
    with writing("test"):
        ended.status, ended.closed_at = "ended", now() - timedelta(days=30)
        ended.save()
    return house


@pytest.mark.parametrize("name", [name for name, *_ in PEOPLE])
def test_only_leaders_open_it(house: House, client: Client, name: str) -> None:
    client.force_login(house.users[name])
    may = name in ("leader", "nav_leader", "other_leader")
    assert client.get("/leder/").status_code == (200 if may else 403)


@pytest.mark.parametrize("who", ["leader", "nav_leader"])
def test_each_number_is_as_long_as_its_list(town: House, client: Client, who: str) -> None:
    client.force_login(town.users[who])
    page = client.get("/leder/").content.decode()
    links = re.findall(r'href="(/deltakere/\?[^"]+)">(?:<span[^>]*>[^<]*</span>)?(\d+)</a>', page)
    assert len(links) >= 3
    for address, number in links:
        behind = client.get(address.replace("&amp;", "&")).content.decode()
        assert re.search(rf"\b{number} deltaker", behind), address


def test_plans_in_time_of_those_settled_so_long_ago_with_the_list_of_the_others(town: House, client: Client) -> None:
    """research/001 § 14.2 item 2: approved within six months, of those settled at least six months ago."""
    settled = add_months(today(), -8)
    version(participant(town, "I Tide", settled_on=settled), add_months(settled, 6))
    version(participant(town, "For Sent", settled_on=settled), add_months(settled, 6) + timedelta(days=1))
    client.force_login(town.users["leader"])
    page = client.get("/leder/").content.decode()
    assert "Kommer den første planen i tide?" in page
    assert "1 av 3" in page
    behind = client.get("/deltakere/?plan=sen&status=alle").content.decode()
    assert ("Sen Plan" in behind, "For Sent" in behind, "I Tide" in behind) == (True, True, False)
    assert "2 deltakere" in behind


def test_tasks_nobody_answers_for_are_named_to_who_can_give_them_an_owner(town: House, client: Client) -> None:
    client.force_login(town.users["leader"])
    page = client.get("/leder/").content.decode()
    assert "oppgaver har ingen ansvarlig" in page
    assert "/kommune/oppsett/" in page
    with writing("test"):
        for task in Task:
            TaskOwner.objects.create(municipality=town.municipality, task=task, unit=town.units["refugee"])
    assert "ingen ansvarlig" not in client.get("/leder/").content.decode()
    client.force_login(town.users["nav_leader"])
    assert "Fordel ansvaret" not in client.get("/leder/").content.decode()


def test_the_leader_sees_the_load_against_the_norm(town: House, client: Client) -> None:
    client.force_login(town.users["leader"])
    page = client.get("/leder/").content.decode()
    assert "Normen er 20" in page
    for text in ("Uten navngitt hovedkontakt", "1 av 2", "50 %"):
        assert text in page


def test_a_fixed_number_of_queries(town: House, client: Client) -> None:
    client.force_login(town.users["leader"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get("/leder/")
        return len(found)

    client.get("/leder/")
    one = queries()
    for number in range(20):
        participant(town, f"Anna {number}")
    assert queries() == one
    assert one <= 28
