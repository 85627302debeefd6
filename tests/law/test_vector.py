"""The vectorised path against the exact one, case by case."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.law.benefit import benefit
from samlop.law.columns import columns_of
from samlop.law.dates import Month
from samlop.law.parameters import Rules, rules_known
from samlop.law.person_month import BENEFIT_KINDS, PersonMonth
from samlop.law.vector import ChangesInsideMonth, amounts

from .strategies import MONTHS, person_months

BATCHES = MONTHS.flatmap(lambda month: st.lists(person_months(month), min_size=1, max_size=25))


def _same(people: list[PersonMonth], rules: Rules) -> None:
    fast = amounts(columns_of(people, rules), rules)
    for row, person in enumerate(people):
        exact = benefit(person, rules)
        sums: Counter[str] = Counter()
        for line in exact.lines:
            sums[line.code] += line.ore
        assert int(fast.gross[row]) == exact.gross
        assert int(fast.net[row]) == exact.net
        assert int(fast.floor[row]) == exact.not_taken
        assert int(fast.absence[row]) == sums["ABSENCE"]
        assert int(fast.paid_work[row]) == sums["PAID_WORK"]
        assert int(fast.other[:, row].sum()) == sums["OTHER_BENEFIT"]
        assert bool(fast.requires_decision[row]) is exact.requires_decision
        parts = [line.ore for line in exact.lines if line.code == "BENEFIT" and line.ore]
        assert [int(ore) for ore in (fast.benefit_before[row], fast.benefit_after[row]) if ore] == parts


@settings(max_examples=150, deadline=None)
@given(BATCHES)
def test_equal_to_the_exact_path(people: list[PersonMonth]) -> None:
    _same(people, rules_known())


@settings(max_examples=30, deadline=None)
@given(BATCHES)
def test_equal_to_the_exact_path_as_known_earlier(people: list[PersonMonth]) -> None:
    _same(people, rules_known(date(2026, 5, 15)))


def test_blocks_are_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samlop.law.vector.BLOCK", 3)
    month = Month(2026, 11)
    people = [
        PersonMonth(month, date(1990 + n, 1, 1), date(2020 + n % 3, 3, 1), date(2024, 6, 1), absence_days=n)
        for n in range(10)
    ]
    _same(people, rules_known())


def test_largest_case_fits() -> None:
    person = PersonMonth(
        Month(2026, 11),
        date(1990, 1, 1),
        date(2025, 1, 1),
        date(2025, 6, 1),
        absence_days=31,
        absence_hours=Fraction(744),
        work_hours=Fraction(744),
        work_wage=Fraction(999_999),
    )
    _same([person], rules_known())


@pytest.mark.parametrize("day", range(1, 29))
def test_every_birthday_round_a_leap_day(day: int) -> None:
    people = [
        PersonMonth(Month(year, month), date(birth, 2, day), date(2023, 3, 1), date(2023, 6, 1))
        for year, month, birth in ((2025, 2, 2000), (2025, 3, 2000), (2028, 2, 2003), (2024, 2, 1999))
    ]
    leap = [PersonMonth(Month(2025, month), date(2000, 2, 29), date(2023, 3, 1), date(2023, 6, 1)) for month in (2, 3)]
    for person in people + leap:
        _same([person], rules_known())


def test_kinds_have_one_row_each() -> None:
    person = PersonMonth(Month(2026, 11), date(1990, 1, 1), date(2025, 1, 1), date(2025, 6, 1))
    assert len(columns_of([person], rules_known()).other) == len(BENEFIT_KINDS)


def test_months_must_be_the_same() -> None:
    people = [
        PersonMonth(Month(2026, month), date(1990, 1, 1), date(2025, 1, 1), date(2025, 6, 1)) for month in (10, 11)
    ]
    with pytest.raises(ValueError, match="same month"):
        columns_of(people, rules_known())


def test_parameter_that_changes_inside_the_month_is_left_to_the_exact_path(tmp_path: object) -> None:
    from .test_parameters import book_with

    book = book_with("basic_amount", {"valid_from": date(2026, 11, 10), "value": 140_000})
    person = PersonMonth(Month(2026, 11), date(1990, 1, 1), date(2025, 1, 1), date(2025, 6, 1))
    assert len(benefit(person, book.as_known()).lines) == 2
    with pytest.raises(ChangesInsideMonth):
        amounts(columns_of([person], book.as_known()), book.as_known())
