"""The vectorised path against the exact one, case by case."""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.law.benefit import benefit
from samlop.law.column_terms import MOST_ORE, ChangesInsideMonth, NotInColumns
from samlop.law.columns import columns_of
from samlop.law.dates import Month
from samlop.law.parameters import Rules, rules_known
from samlop.law.person_month import BENEFIT_KINDS, OtherBenefit, PersonMonth
from samlop.law.vector import amounts

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


def test_blocks_acts_and_birthdays_are_put_together_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samlop.law.vector.BLOCK", 3)
    month = Month(2026, 11)
    people = [
        PersonMonth(
            month,
            date(2001, 11, n) if n % 2 else date(1980 + n, 1, 1),
            date(2020 + n % 3, 3, 1),
            date(2024, 6, 1),
            absence_days=n,
            work_hours=Fraction(n % 4),
            work_wage=Fraction(100),
            other_benefits=(OtherBenefit("aap", Fraction(n * 2_000)),),
        )
        for n in range(1, 20)
    ]
    _same(people, rules_known())


@pytest.mark.parametrize("month", [Month(2025, 2), Month(2028, 2), Month(2026, 11), Month(2026, 10)], ids=str)
def test_every_kind_with_every_number_of_days(month: Month) -> None:
    people = [
        PersonMonth(
            month,
            born,
            permit,
            date(2024, 11, 1),
            programme_end=date(month.year, month.month, day),
            lives_with_parents=with_parents,
            couple_without_children_both_in_programme=couple,
            absence_days=day % 4,
            absence_hours=Fraction(day, 8),
        )
        for born in (date(1990, 1, 1), date(2004, 6, 1))
        for permit in (date(2020, 3, 1), date(2024, 3, 1))
        for with_parents in (True, False)
        for couple in (True, False)
        for day in range(1, month.last.day + 1)
        if permit.year > 2020 or born.year < 2000
    ]
    _same(people, rules_known())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(person_months(Month(2026, 11)), st.integers(9, 31)), min_size=1, max_size=15))
def test_equal_round_the_limit_for_a_decision(drawn: list[tuple[PersonMonth, int]]) -> None:
    _same([replace(person, absence_days=days, absence_hours=Fraction(0)) for person, days in drawn], rules_known())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(person_months(Month(2026, 11)), st.integers(0, 7_440_000)), min_size=1, max_size=15))
def test_equal_to_a_ten_thousandth_of_an_hour(drawn: list[tuple[PersonMonth, int]]) -> None:
    _same([replace(person, absence_hours=Fraction(parts, 10_000)) for person, parts in drawn], rules_known())


def _full(**given: object) -> PersonMonth:
    person = PersonMonth(Month(2026, 10), date(1990, 1, 1), date(2025, 1, 1), date(2025, 6, 1))
    return replace(person, **given)  # type: ignore[arg-type]


def test_largest_case_fits() -> None:
    most = Fraction(MOST_ORE, 100)
    whole = _full(absence_days=31, absence_hours=Fraction(744), work_hours=Fraction(744), work_wage=most)
    everything = replace(whole, other_benefits=tuple(OtherBenefit(kind, most) for kind in BENEFIT_KINDS))
    old_act = replace(everything, permit_granted=date(2020, 1, 1))
    turning = replace(everything, birth_date=date(2001, 10, 16))
    gone = replace(everything, programme_end=date(2026, 9, 30))
    _same([whole, everything, old_act, turning, gone], rules_known())


@pytest.mark.parametrize(
    "given",
    [
        {"absence_days": 32},
        {"absence_days": -1},
        {"absence_hours": Fraction(745)},
        {"work_hours": Fraction(745), "work_wage": Fraction(1)},
        {"work_hours": Fraction(1), "work_wage": Fraction(MOST_ORE + 1, 100)},
        {"other_benefits": (OtherBenefit("aap", Fraction(MOST_ORE + 1, 100)),)},
    ],
    ids=str,
)
def test_more_than_a_month_can_hold_is_left_to_the_exact_path(given: dict[str, object]) -> None:
    with pytest.raises(NotInColumns):
        amounts(columns_of([_full(), _full(**given)], rules_known()), rules_known())


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
