"""The time to appeal on a test stands on *Min dag* in its last week (integreringsforskriften § 42, deadline D15)."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.cases.caseload import caseload
from samlop.core.due import DueItem
from samlop.core.time import at as clock
from samlop.norwegian.commands import write_levels
from samlop.norwegian.due import due_items
from samlop.norwegian.models import Level, Skill
from tests.house import House, person
from tests.house import case as new_case

TESTED, WRITTEN = date(2026, 5, 12), date(2026, 6, 1)


def due(house: House, on: date) -> list[DueItem]:
    with clock(on):
        return due_items(caseload(house.viewer("adviser")), on)


def write(house: House, *, source: str = "test", tested: date = TESTED, case: Any = None) -> None:
    with clock(WRITTEN):
        write_levels(
            case=case or house.case,
            levels={Skill.READING: Level.A2, Skill.SPEAKING: Level.B1},
            reached_on=tested,
            source=source,
            by=house.viewer("teacher"),
        )


def test_d15_three_weeks_from_the_result_for_the_main_contact_in_the_last_week(house: House) -> None:
    write(house)
    assert due(house, date(2026, 6, 14)) == []
    (item,) = due(house, date(2026, 6, 15))
    assert (item.due_on, item.user_id) == (date(2026, 6, 22), house.users["adviser"].pk)
    assert "integreringsforskriften § 42; forvaltningsloven § 30" in item.why
    assert "12.05.2026" in item.why
    assert "Usikkert: Fristen løper fra deltakeren fikk vite resultatet." in item.why
    assert len(due(house, date(2026, 6, 22))) == 1
    assert due(house, date(2026, 6, 23)) == []


def test_a_teachers_judgement_and_an_old_test_have_no_such_time(house: House) -> None:
    write(house, source="teacher")
    write(house, tested=date(2025, 12, 1))
    assert due(house, date(2026, 6, 20)) == []


def test_one_query_however_many_participants(house: House, django_assert_num_queries: Any) -> None:
    write(house)
    for number in range(5):
        write(house, case=new_case(house, person(house.municipality, f"Deltaker {number}")))
    load = caseload(house.viewer("adviser"), date(2026, 6, 20))
    with django_assert_num_queries(1):
        assert len(due_items(load, date(2026, 6, 20))) >= 1
