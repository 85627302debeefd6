"""What may be written down about the course, by whom, and how it reads on the timeline."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from samlop.cases.commands import closing
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import Refused
from samlop.core.time import at, today
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.models import Course, EndGoal, EndReason, NavNeed
from tests.house import House
from tests.house import case as new_case


def told(house: House) -> list[str]:
    return [sentence(entry) for entry in JournalEntry.objects.filter(case=house.case).order_by("seq")]


def set_dates(house: House, start: date | None, end: date | None, by: str = "adviser") -> Course:
    return commands.set_dates(case=house.case, start_on=start, planned_end_on=end, by=house.viewer(by))


def test_dates_are_told_with_what_they_were(house: House) -> None:
    set_dates(house, date(2026, 1, 12), date(2028, 1, 11))
    set_dates(house, date(2026, 1, 12), date(2028, 6, 30))
    set_dates(house, date(2026, 1, 12), date(2028, 6, 30))
    assert told(house) == [
        "satte datoer for programmet: start 12.01.2026, planlagt slutt 11.01.2028",
        "satte datoer for programmet: planlagt slutt 30.06.2028 (var 11.01.2028)",
    ]


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (date(2026, 5, 1), date(2026, 4, 30), "end_before_start", "planned_end_on"),
        (None, date(2026, 4, 30), "missing_start", "start_on"),
    ],
)
def test_dates_that_contradict_each_other(house: House, start: Any, end: Any, code: str, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        set_dates(house, start, end)
    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize("name", ["nav", "teacher", "participant"])
def test_who_may_not_set_dates(house: House, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        set_dates(house, today(), None, by=name)
    assert refusal.value.code == "no_right_programme"


def test_a_stranger_hears_that_nothing_is_there(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        set_dates(house, today(), None, by="stranger")
    assert refusal.value.code == "not_found"


def test_nav_clarifies_its_own_help(house: House) -> None:
    with at(date(2026, 3, 3)):
        course = commands.clarify_nav_need(case=house.case, need=NavNeed.YES, by=house.viewer("nav"))
    assert (course.nav_need, course.nav_need_clarified_on) == (NavNeed.YES, date(2026, 3, 3))
    assert course.nav_need_clarified_by == house.users["nav"]
    assert told(house) == ["avklarte med NAV: deltakeren trenger bistand fra NAV (Nav, 03.03.2026)"]


def test_the_adviser_writes_down_what_nav_clarified(house: House) -> None:
    course = commands.clarify_nav_need(
        case=house.case, need="no", clarified_by=house.users["nav"].pk, by=house.viewer("adviser")
    )
    assert course.nav_need_clarified_by == house.users["nav"]
    commands.clarify_nav_need(case=house.case, need="unclarified", by=house.viewer("adviser"))
    assert Course.objects.get().nav_need_clarified_on is None


@pytest.mark.parametrize("name", ["teacher", "participant", "nav_colleague"])
def test_who_may_not_clarify(house: House, name: str) -> None:
    with pytest.raises(Refused):
        commands.clarify_nav_need(case=house.case, need="yes", by=house.viewer(name))


def test_only_somebody_in_the_team_can_have_clarified(house: House) -> None:
    with pytest.raises(Refused) as refusal:
        commands.clarify_nav_need(
            case=house.case, need="no", clarified_by=house.users["stranger"].pk, by=house.viewer("adviser")
        )
    assert refusal.value.code == "not_in_team"


def test_nothing_is_noted_as_done_tomorrow(house: House) -> None:
    tomorrow = today() + timedelta(days=1)
    by = house.viewer("adviser")
    for act in (
        lambda: commands.note_mapping_done(case=house.case, done_on=tomorrow, by=by),
        lambda: commands.clarify_nav_need(case=house.case, need="yes", on=tomorrow, by=by),
        lambda: commands.end_course(case=house.case, ended_on=tomorrow, reason=EndReason.WORK, by=by),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "future_day"


def test_mapping_is_noted_and_taken_back(house: House) -> None:
    by = house.viewer("adviser")
    commands.note_mapping_done(case=house.case, done_on=date(2026, 2, 1), by=by)
    commands.note_mapping_done(case=house.case, done_on=None, by=by)
    assert told(house) == ["noterte at kartleggingen ble gjort 01.02.2026", "tok tilbake at kartleggingen er gjort"]


def test_end_goal(house: House) -> None:
    commands.set_end_goal(case=house.case, end_goal=EndGoal.WORK, by=house.viewer("adviser"))
    assert told(house) == ["satte sluttmålet: arbeid"]
    with pytest.raises(Refused):
        commands.set_end_goal(case=house.case, end_goal="moon", by=house.viewer("adviser"))


def test_the_programme_ends_the_case_is_closed_and_both_are_taken_back(house: House) -> None:
    by = house.viewer("adviser")
    with pytest.raises(Refused) as refusal:
        commands.close_case(case=house.case, by=by)
    assert refusal.value.code == "not_ended"
    commands.end_course(case=house.case, ended_on=today(), reason=EndReason.WORK, by=by)
    with pytest.raises(Refused) as refusal:
        commands.end_course(case=house.case, ended_on=today(), reason=EndReason.WORK, by=by)
    assert refusal.value.code == "already_ended"
    closed = commands.close_case(case=house.case, by=by)
    assert (closed.status, closed.closed_at is not None) == (CaseStatus.ENDED, True)
    with pytest.raises(Refused) as refusal:
        commands.reopen(case=house.case, why=" ", by=by)
    assert refusal.value.code == "missing_reason"
    commands.reopen(case=house.case, why="Feil dato", by=by)
    house.case.refresh_from_db()
    assert house.case.is_open
    assert Course.objects.get().ended_on is None
    assert told(house)[-1] == "gjenåpnet programmet: Feil dato"


def test_a_person_never_gets_two_open_cases_by_reopening(house: House) -> None:
    by = house.viewer("adviser")
    commands.end_course(case=house.case, ended_on=today(), reason=EndReason.MOVED, by=by)
    commands.close_case(case=house.case, by=by)
    with writing("test"):
        new_case(house, house.case.person)
    with pytest.raises(Refused) as refusal:
        commands.reopen(case=house.case, why="Kom tilbake", by=by)
    assert refusal.value.code == "has_open_case"


def test_closing_is_told_once_and_in_the_words_of_the_case(house: House) -> None:
    by = house.viewer("adviser")
    commands.end_course(case=house.case, ended_on=date(2026, 10, 1), reason=EndReason.WORK, by=by)
    before = len(told(house))
    commands.close_case(case=house.case, by=by)
    assert told(house)[before:] == ["avsluttet saken. Grunn: Programmet sluttet 01.10.2026: arbeid"]
    commands.reopen(case=house.case, why="Feil dato", by=by)
    assert told(house)[before + 1 :] == ["gjenåpnet programmet: Feil dato"]


def test_a_case_is_not_closed_over_a_programme_that_runs(house: House) -> None:
    by = house.viewer("adviser")
    set_dates(house, today() - timedelta(days=30), None)
    with pytest.raises(Refused) as refusal:
        closing.close_case(case=house.case, reason="Ferdig", by=by)
    assert refusal.value.code == "not_ended"
