"""The dated facts that other rooms count on, for many cases at once."""

from __future__ import annotations

from datetime import date
from typing import Any

from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.spans import course_facts, course_spans
from tests.house import House, person
from tests.house import case as new_case

START, PLANNED, ENDED = date(2026, 1, 12), date(2028, 1, 11), date(2026, 9, 30)


def test_a_case_without_a_start_has_facts_but_no_span(house: House) -> None:
    assert course_spans([house.case.pk]) == {}
    assert course_facts([house.case.pk])[house.case.pk].first_day is None


def test_planned_end_until_the_programme_has_ended(house: House, django_assert_num_queries: Any) -> None:
    by = house.viewer("adviser")
    commands.set_dates(case=house.case, start_on=START, planned_end_on=PLANNED, by=by)
    other = new_case(house, person(house.municipality, "Ali", birth_date=date(2001, 5, 1)))
    commands.set_dates(case=other, start_on=START, planned_end_on=None, by=by)
    with django_assert_num_queries(1):
        spans = course_spans([house.case.pk, other.pk])
    assert spans == {house.case.pk: (START, PLANNED), other.pk: (START, None)}
    commands.end_course(case=house.case, ended_on=ENDED, reason="work", by=by)
    assert course_spans([house.case.pk]) == {house.case.pk: (START, ENDED)}


def test_birth_permit_and_arrival(house: House) -> None:
    with writing("test"):
        house.case.permit_granted_on, house.case.arrived_on = date(2025, 3, 1), date(2025, 2, 1)
        house.case.save()
        house.case.person.birth_date = date(1990, 1, 2)
        house.case.person.save()
    fact = course_facts([house.case.pk])[house.case.pk]
    assert (fact.birth_date, fact.permit_granted_on, fact.arrived_on) == (
        date(1990, 1, 2),
        date(2025, 3, 1),
        date(2025, 2, 1),
    )
