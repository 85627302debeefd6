"""What turns up on Min dag about the course, derived from facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from samlop.cases.caseload import caseload
from samlop.cases.journal import append
from samlop.cases.models import Case
from samlop.cooperation.commands import set_owners, set_periods
from samlop.cooperation.models import Task
from samlop.core.due import DueItem
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import OSLO, today
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.due import due_items
from tests.house import House, person
from tests.house import case as new_case

START, DUE = date(2017, 1, 10), date(2017, 4, 10)


def registered_before_the_start() -> None:
    """The cases came in before the programme began."""
    with writing("test"):
        Case.objects.update(registered_at=datetime(2016, 12, 1, 12, tzinfo=OSLO))


@pytest.fixture
def started(house: House) -> House:
    registered_before_the_start()
    commands.set_dates(case=house.case, start_on=START, planned_end_on=date(2018, 12, 31), by=house.viewer("adviser"))
    commands.set_end_goal(case=house.case, end_goal="work", by=house.viewer("adviser"))
    return house


def due(house: House, on: date = DUE, name: str = "adviser") -> list[DueItem]:
    return due_items(caseload(house.viewer(name)), on)


def codes(house: House, on: date = DUE) -> list[str]:
    return [item.code for item in due(house, on)]


def effort(house: House, name: str, kind: str, on: date, corrects: int | None = None) -> Any:
    from samlop.cases.journal import tell

    tell({"test.effort": _sentence})
    with writing("test"):
        entry = Entry(code="test.effort", section=Section.PLAN, effort=kind or None, happened_on=on, corrects=corrects)
        return append(house.case, house.viewer(name), entry)


def _sentence(data: Any) -> str:
    return "gjorde noe"


def test_no_contact_three_months_after_start(started: House) -> None:
    [item] = due(started)
    assert item.code == "programme.nav_contact"
    assert item.due_on == DUE
    assert item.user_id == started.users["adviser"].pk
    assert "Startet 10.01.2017" in item.why


def test_the_day_before_nothing_is_due(started: House) -> None:
    assert codes(started, DUE - timedelta(days=1)) == []


def test_one_triangular_talk_whoever_wrote_it_down(started: House) -> None:
    effort(started, "adviser", "triangular_talk", date(2017, 3, 1))
    assert codes(started) == []


def test_a_conversation_alone_counts(started: House) -> None:
    effort(started, "nav", "conversation", date(2017, 2, 1))
    assert codes(started) == []


def test_the_advisers_own_conversation_is_not_contact_with_nav(started: House) -> None:
    effort(started, "adviser", "conversation", date(2017, 2, 1))
    assert codes(started) == ["programme.nav_contact"]


def test_a_corrected_effort_no_longer_counts(started: House) -> None:
    wrong = effort(started, "nav", "conversation", date(2017, 2, 1))
    effort(started, "nav", "", date(2017, 2, 1), corrects=wrong.seq)
    assert codes(started) == ["programme.nav_contact"]


def test_contact_after_the_day_asked_about_does_not_count_yet(started: House) -> None:
    effort(started, "nav", "conversation", date(2017, 5, 1))
    assert codes(started) == ["programme.nav_contact"]
    assert codes(started, date(2017, 5, 1)) == []


def test_a_clarified_need_clears_it(started: House) -> None:
    commands.clarify_nav_need(case=started.case, need="no", on=date(2017, 3, 1), by=started.viewer("adviser"))
    assert codes(started) == []


def test_the_owner_of_the_task_answers(started: House) -> None:
    set_owners(owners={Task.NAV_NEED: started.units["nav"].pk}, by=started.viewer("leader"))
    [item] = due(started)
    assert (item.unit_id, item.user_id) == (started.units["nav"].pk, started.users["nav"].pk)


def test_the_period_is_a_setting(started: House) -> None:
    set_periods(values={"nav_contact_months": 6}, by=started.viewer("leader"))
    assert codes(started) == []


def test_missing_facts(house: House) -> None:
    registered_before_the_start()
    [item] = due(house)
    assert (item.code, item.what) == (
        "programme.missing_facts",
        "Mangler opplysninger: startdato, dagen tillatelsen ble gitt",
    )
    commands.set_dates(case=house.case, start_on=DUE, planned_end_on=None, by=house.viewer("adviser"))
    [item] = due(house)
    assert item.what == "Mangler opplysninger: planlagt slutt, sluttmål"


def test_an_ended_programme_asks_for_the_case_to_be_closed(started: House) -> None:
    commands.end_course(case=started.case, ended_on=date(2017, 3, 31), reason="work", by=started.viewer("adviser"))
    by = started.viewer("adviser")
    commands.note_certificate_given(case=started.case, given_on=date(2017, 3, 31), by=by)
    assert codes(started, date(2017, 4, 29)) == []
    commands.note_end_registered(case=started.case, registered_on=date(2017, 4, 2), by=by)
    assert codes(started, date(2017, 4, 30)) == ["programme.case_to_close"]


def test_as_many_queries_for_twenty_cases_as_for_one(house: House, django_assert_num_queries: Any) -> None:
    for number in range(20):
        made: Case = new_case(house, person(house.municipality, f"Deltaker {number}"))
        commands.set_dates(case=made, start_on=START, planned_end_on=None, by=house.viewer("adviser"))
    registered_before_the_start()
    load = caseload(house.viewer("adviser"), today())
    with django_assert_num_queries(8):
        items = due_items(load, today())
    assert len(items) == 41
