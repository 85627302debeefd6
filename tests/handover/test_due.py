"""What turns up on Min dag about the handover."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from samlop.cases.caseload import caseload
from samlop.cases.models import TeamMember
from samlop.cooperation.commands import set_owners, set_periods
from samlop.cooperation.models import Task
from samlop.core.due import DueItem
from samlop.core.writing import writing
from samlop.handover import commands
from samlop.handover.commands import Facts
from samlop.handover.due import due_items
from samlop.overview.acting import may_act
from samlop.people.models import Membership
from samlop.programme.commands import set_dates
from tests.house import House, person
from tests.house import case as new_case

START, END, OPENS = date(2016, 8, 1), date(2018, 6, 30), date(2017, 12, 30)


@pytest.fixture
def ending(house: House) -> House:
    set_dates(case=house.case, start_on=START, planned_end_on=END, by=house.viewer("adviser"))
    return house


def due(house: House, on: date = OPENS) -> list[DueItem]:
    return due_items(caseload(house.viewer("adviser")), on)


def write(house: House, revision: int = 1, **facts: Any) -> None:
    commands.write_handover(case=house.case, facts=Facts(**facts), revision=revision, by=house.viewer("adviser"))


def test_the_task_opens_six_months_before_the_planned_end(ending: House) -> None:
    assert due(ending, date(2017, 12, 29)) == []
    [item] = due(ending)
    assert (item.code, item.what) == ("handover.open", "Avklar om noen må ta over etter programmet")
    assert item.why == "Programmet slutter 30.06.2018. Overføringen starter 30.12.2017 (kommunens oppsett)."
    assert (item.due_on, item.user_id) == (END, ending.users["adviser"].pk)


def test_it_says_what_is_next(ending: House) -> None:
    write(ending, need="yes")
    assert due(ending)[0].what == "Avtal overføringssamtale"
    write(ending, 2, need="yes", talk_on=date(2018, 6, 1))
    assert due(ending)[0].what == "Finn ut hvem som tar over"
    write(ending, 3, need="yes", talk_on=date(2018, 6, 1), receiver_name="NAV")
    assert due(ending)[0].what == "Gjør ferdig sjekklisten for overføringen"


def test_missing_income_is_flagged_the_last_three_months(ending: House) -> None:
    write(ending, need="yes")
    assert [item.code for item in due(ending, date(2018, 3, 29))] == ["handover.open"]
    assert [item.code for item in due(ending, date(2018, 3, 30))] == ["handover.open", "handover.income_missing"]
    write(ending, 2, need="yes", income_source="Lønn")
    assert [item.code for item in due(ending, date(2018, 3, 30))] == ["handover.open"]


def test_a_completed_one_is_gone(ending: House) -> None:
    write(ending, need="no")
    commands.complete_handover(case=ending.case, by=ending.viewer("adviser"))
    assert due(ending) == []


def test_the_owner_and_the_period_are_the_municipalitys(ending: House) -> None:
    set_owners(owners={Task.HANDOVER: ending.units["nav"].pk}, by=ending.viewer("leader"))
    set_periods(values={"handover_months": 9}, by=ending.viewer("leader"))
    [item] = due(ending, date(2017, 9, 30))
    assert item.user_id == ending.users["nav"].pk


def test_as_many_queries_for_twenty_cases_as_for_one(house: House, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        made = new_case(house, person(house.municipality, f"Nr {number}"))
        set_dates(case=made, start_on=START, planned_end_on=END, by=house.viewer("adviser"))
        commands.write_handover(case=made, facts=Facts(need="yes"), revision=1, by=house.viewer("adviser"))
    load = caseload(house.viewer("adviser"))
    with django_assert_max_num_queries(6):
        assert len(due_items(load, OPENS)) == 20


def test_where_the_school_hands_over_the_one_there_who_may_write_is_offered_it(ending: House) -> None:
    """A teacher reads the programme. At a school that has the programme the main contact answers, not the teacher."""
    set_owners(owners={Task.HANDOVER: ending.units["school"].pk}, by=ending.viewer("leader"))

    def offered(name: str) -> list[bool]:
        load = caseload(ending.viewer(name))
        [item] = due_items(load, OPENS)
        return [item.user_id == ending.users[name].pk, may_act(load, item, is_mine=item.user_id == load.viewer.user_id)]

    assert offered("teacher") == [True, False], "hers to see to, but the page has no form for her"
    assert offered("adviser") == [False, True]
    with writing("test"):
        Membership.objects.filter(user=ending.users["adviser"]).update(unit=ending.units["school"])
        TeamMember.objects.filter(user=ending.users["adviser"]).update(unit=ending.units["school"])
        TeamMember.objects.filter(user=ending.users["teacher"]).update(valid_from=date(2009, 1, 1))
    assert offered("adviser") == [True, True]
    assert offered("teacher") == [False, False]
