"""The year of a municipality: days without programme are found here, before the supervisor finds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.hours.counting import DayState
from samlop.hours.days import Days, each_day
from samlop.hours.models import CalendarDay
from samlop.hours.periods import read_periods
from samlop.hours.vocabulary import DayKind
from samlop.hours.year import YearCheck, year_check
from tests.hours.weeks import course, group, hour, join, mark
from tests.house import House, person
from tests.house import case as new_case

SUMMER = date(2027, 6, 28)  # a Monday, week 26
SCHOOL = "school"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(date(2026, 11, 20)):
        yield


def weeks(first: date, number: int) -> list[date]:
    return each_day(first, first + timedelta(days=7 * number - 3))


def lindesnes(house: House, *, holiday: int, practice: int) -> YearCheck:
    """Seven weeks without school in the summer: weeks of holiday first, then of practice in the municipality."""
    marks, school = Days(), house.units[SCHOOL].pk
    for day in weeks(SUMMER, 7):
        marks.mark(day, school, DayKind.SCHOOL_FREE, "Sommerferie")
    for day in weeks(SUMMER, holiday):
        marks.mark(day, None, DayKind.HOLIDAY, "")
    if practice:
        for day in weeks(SUMMER + timedelta(days=7 * holiday), practice):
            marks.mark(day, None, DayKind.OTHER_PROGRAMME, "Praksis i kommunen")
    return year_check(2027, marks)


def test_lindesnes_three_holiday_weeks_and_four_of_practice_leave_no_week_uncovered(house: House) -> None:
    """research/004 F3."""
    check = lindesnes(house, holiday=3, practice=4)
    assert (check.uncovered_weeks, check.empty_days, check.holiday) == ([], [], 15)
    assert not check.follows_the_school


def test_the_same_weeks_with_only_the_holiday_entered_leave_four_uncovered(house: House) -> None:
    """research/004 F3."""
    check = lindesnes(house, holiday=3, practice=0)
    assert [week.monday for week in check.uncovered_weeks] == [SUMMER + timedelta(days=7 * n) for n in range(3, 7)]
    assert check.follows_the_school


def test_five_planning_days_count_as_one_week_of_holiday(house: House) -> None:
    """research/004 F3: one holiday week was moved to the planning days of school and kindergarten."""
    marks = Days()
    for day in (date(2027, 1, 4), date(2027, 2, 12), date(2027, 5, 7), date(2027, 8, 16), date(2027, 11, 12)):
        marks.mark(day, house.units[SCHOOL].pk, DayKind.PLANNING_DAY, "")
    check = year_check(2027, marks)
    assert (check.holiday, check.planning_days, check.empty_days) == (5, 5, [])
    assert (check.allowed_holiday, check.holiday_left, check.programme_weeks) == (25, 20, 47)


def test_the_uncovered_thursday_of_the_autumn_holiday_is_shown(house: House) -> None:
    """research/001 F12: Monday the school, Tuesday the kindergarten … uncovered Thursday shown."""
    marks, monday = Days(), date(2027, 10, 4)
    for day in weeks(monday, 1):
        marks.mark(day, house.units[SCHOOL].pk, DayKind.SCHOOL_FREE, "Høstferie")
        if day.isoweekday() != 4:
            marks.mark(day, None, DayKind.OTHER_PROGRAMME, "Skolen, barnehagen og sykehjemmet")
    check = year_check(2027, marks)
    assert check.empty_days == [date(2027, 10, 7)]
    assert [week.monday for week in check.partly_covered] == [monday]
    assert not check.follows_the_school


def test_public_holidays_are_neither_programme_nor_holiday() -> None:
    check = year_check(2028, Days())
    states = {day: state for week in check.weeks for day, state in week.days.items()}
    assert states[date(2028, 5, 17)] == states[date(2028, 5, 1)] == DayState.PUBLIC_HOLIDAY
    assert check.holiday == 0


def test_more_than_25_days_of_holiday_must_have_programme() -> None:
    marks = Days()
    for day in weeks(SUMMER, 6):
        marks.mark(day, None, DayKind.HOLIDAY, "")
    assert year_check(2027, marks).too_much_holiday == 5


def test_a_pasted_school_calendar_is_read_line_by_line() -> None:
    text = (
        "5.10.–9.10. høstferie\n\n16.11 planleggingsdag\n2027-06-21 - 2027-08-13\tSommerferie\n"
        "28.6.-16.7: ferie for deltakerne"
    )
    found = read_periods(text, 2027)
    assert [(one.first, one.last, one.kind) for one in found] == [
        (date(2027, 10, 5), date(2027, 10, 9), "school_free"),
        (date(2027, 11, 16), date(2027, 11, 16), "planning_day"),
        (date(2027, 6, 21), date(2027, 8, 13), "school_free"),
        (date(2027, 6, 28), date(2027, 7, 16), "holiday"),
    ]
    assert read_periods("22.2.-26.2.", 2027, "school_free")[0].first == date(2027, 2, 22)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("høstferie uke 40", "Linje 1: Vi forstår ikke datoene"),
        ("31.2. planleggingsdag", "Linje 1: Vi forstår ikke datoene"),
        ("9.10.-5.10. høstferie", "Siste dag er før første dag"),
        ("5.10. noe annet", "Skriv hva dagene er"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_periods(line, 2027)
    assert says in refusal.value.text


def client(house: House, who: str) -> Client:
    found = Client()
    found.force_login(house.users[who])
    return found


def test_the_leader_pastes_the_school_calendar_and_is_warned_that_the_programme_follows_it(house: House) -> None:
    leader = client(house, "leader")
    assert "er ikke laget" in leader.get("/kommune/aar/2027/").content.decode()
    given = {"mark-text": "28.6.-13.8. sommerferie", "mark-unit": str(house.units[SCHOOL].pk), "mark-kind": ""}
    assert leader.post("/kommune/aar/2027/merk/", given).status_code == 302
    shown = " ".join(leader.get("/kommune/aar/2027/").content.decode().split())
    assert "Programmet følger skoleruten" in shown
    assert "7 uker er uten program." in shown
    assert CalendarDay.objects.count() == 35
    given = {"mark-text": "28.6.-16.7. ferie for deltakerne\n19.7.-13.8. praksis i kommunen", "mark-unit": ""}
    assert leader.post("/kommune/aar/2027/merk/", given).status_code == 302
    shown = " ".join(leader.get("/kommune/aar/2027/").content.decode().split())
    assert "Programmet følger skoleruten" not in shown
    assert "Alle programdager i året er dekket." in shown


def test_a_line_that_is_wrong_marks_nothing_and_loses_nothing(house: House) -> None:
    answer = client(house, "leader").post("/kommune/aar/2027/merk/", {"mark-text": "5.10. høstferie\ntull ferie"})
    assert answer.status_code == 422
    assert "Linje 2" in answer.content.decode()
    assert "tull ferie</textarea>" in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_marks_are_taken_away(house: House) -> None:
    mark(house, date(2027, 10, 4), DayKind.SCHOOL_FREE)
    leader = client(house, "leader")
    given = {"unmark-first_day": "1.10.2027", "unmark-last_day": "31.10.2027", "unmark-unit": ""}
    assert leader.post("/kommune/aar/2027/fjern/", given).status_code == 302
    assert not CalendarDay.objects.exists()
    assert "ingen merkede dager" in leader.post("/kommune/aar/2027/fjern/", given).content.decode()


def test_staff_see_the_year_and_only_those_who_configure_change_it(house: House) -> None:
    for who in ("adviser", "teacher", "nav"):
        answer = client(house, who).get("/kommune/aar/2027/")
        assert answer.status_code == 200
        assert "Merk dagene" not in answer.content.decode()
        assert client(house, who).post("/kommune/aar/2027/merk/", {}).status_code == 403
    for who in ("participant", "evaluator"):
        assert client(house, who).get("/kommune/aar/2027/").status_code == 403
    assert client(house, "leader").get("/kommune/aar/1066/").status_code == 404


def test_the_leader_sees_the_weeks_that_are_not_covered_and_who_is_short(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    for weekday in range(1, 6):
        hour(school, weekday, "08.30-14.30", lessons=6)
    mark(house, date(2027, 10, 4), DayKind.SCHOOL_FREE, unit=house.units[SCHOOL])
    leader = client(house, "leader")
    shown = leader.get("/kommune/aar/2027/").content.decode()
    assert "/kommune/uke/2027-40/" in shown
    assert "/kommune/uke/2027-41/" not in shown
    week = leader.get("/kommune/uke/2027-40/").content.decode()
    assert "Amina Østby" in week
    assert f"/sak/{house.case.pk}/uke/2027-40/" in week
    assert "Amina" not in client(house, "nav_leader").get("/kommune/uke/2027-40/").content.decode()
    assert "Amina" not in client(house, "other_leader").get("/kommune/uke/2027-40/").content.decode()


def test_a_protected_participant_is_named_to_nobody_outside_the_team(house: House) -> None:
    course(new_case(house, person(house.municipality, "Hemmelig", "Person", protection="confidential")))
    assert "Hemmelig" not in client(house, "leader").get("/kommune/uke/2027-40/").content.decode()
    assert "Hemmelig" in client(house, "adviser").get("/kommune/uke/2027-40/").content.decode()


@pytest.mark.parametrize("where", ["/kommune/aar/2027/", "/kommune/uke/2027-40/"])
def test_the_number_of_queries_does_not_grow_with_participants(house: House, where: str) -> None:
    leader, school = client(house, "leader"), group(house)
    hour(school, 1, "08.30-14.30")

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert leader.get(where).status_code == 200
        return len(counted)

    def more(number: int) -> Any:
        for index in range(number):
            made = new_case(house, person(house.municipality, f"Nr{index}"))
            course(made)
            join(made, school)
            hour(made, 2, "09.00-12.00")

    more(1)
    queries()
    few = queries()
    more(4)
    assert queries() == few
