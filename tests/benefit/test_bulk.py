"""Many at once and one at a time come to the same øre, whatever the facts and the month."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.benefit.bulk import exactly, month_of_all, worked_out
from samlop.benefit.calendar import month_after
from samlop.benefit.commands.circumstances import NewCircumstance, add_circumstance
from samlop.benefit.facts import CaseMonth, facts_of, people_of
from samlop.benefit.plain import kept, read_back
from samlop.benefit.statements import answer
from samlop.core.time import at
from samlop.law.dates import Month, Period
from samlop.law.parameters import rules_known
from samlop.law.person_month import BENEFIT_KINDS, OtherBenefit, PersonMonth
from tests.benefit.setting import AFTER, away, example, give_programme, more
from tests.house import House

days = st.integers(0, 900)
hours = st.integers(0, 160).map(lambda quarters: Fraction(quarters, 4))

shares = st.just(Fraction(1)) | st.integers(1, 29).map(lambda number: Fraction(number, 30))


@st.composite
def case_months(draw: st.DrawFn) -> CaseMonth:
    """A month of somebody who may be anybody: young or not, under either act, in the programme for a part of it."""
    month = Month(draw(st.sampled_from([2024, 2025, 2026])), draw(st.integers(1, 12)))
    granted = draw(st.sampled_from([date(2019, 5, 2), date(2021, 1, 1), date(2023, 3, 1)]))
    start = month.first - timedelta(days=draw(st.integers(-20, 300)))
    start = max(start, granted)
    end = draw(st.none() | st.integers(0, 400).map(lambda number: start + timedelta(days=number)))
    leave = draw(st.none() | st.integers(0, 25))
    work = draw(hours)
    person = PersonMonth(
        month=month,
        birth_date=start.replace(day=1) - timedelta(days=draw(st.integers(18 * 366, 55 * 365))),
        permit_granted=granted,
        programme_start=start,
        programme_end=end,
        lives_with_parents=draw(st.booleans()),
        couple_without_children_both_in_programme=draw(st.booleans()),
        absence_days=draw(st.integers(0, 23)),
        absence_hours=draw(hours),
        work_hours=work,
        work_wage=draw(st.integers(0, 2_000_000).map(lambda ore: Fraction(ore, 100))) if work else None,
        other_benefits=tuple(
            OtherBenefit(kind, Fraction(draw(st.integers(1, 3_000_000)), 100), draw(shares))
            for kind in draw(st.lists(st.sampled_from(BENEFIT_KINDS), unique=True, max_size=2))
        ),
        unpaid_leave=() if leave is None else (Period(month.first + timedelta(leave), month.last),),
    )
    decided = draw(st.none() | st.just(100_000))
    return CaseMonth(UUID(int=draw(st.integers(1, 2**64))), month, person, decided_ore=decided)


@given(case_months())
@settings(max_examples=150, deadline=None)
def test_by_columns_and_one_by_one_are_equal_to_the_ore(one: CaseMonth) -> None:
    rules = rules_known()
    fast, exact = worked_out([one], rules), exactly([one], rules)
    assert (fast.case_ids, fast.unknown) == (exact.case_ids, exact.unknown)
    assert (fast.gross.tolist(), fast.net.tolist()) == (exact.gross.tolist(), exact.net.tolist())


@given(case_months())
@settings(max_examples=80, deadline=None)
def test_what_is_kept_is_read_back_the_same(one: CaseMonth) -> None:
    assert one.person is not None
    assert read_back(kept(one.person)) == one.person


def test_the_rows_of_the_database_come_to_what_a_run_comes_to(house: House) -> None:
    example(house)
    young, couple, old_act, gone, contradiction, _nothing = more(house, 6)
    give_programme(young, born=date(2005, 6, 1))
    give_programme(old_act, granted=date(2019, 6, 1))
    give_programme(gone, ended=date(2026, 11, 9))
    give_programme(contradiction, granted=date(2026, 6, 1))
    away(couple, date(2026, 11, 2), date(2026, 11, 30))
    with at(AFTER):
        add_circumstance(case=couple, new=NewCircumstance("couple", date(2026, 2, 1)), by=house.viewer("adviser"))
        for month in (Month(2026, 11), Month(2026, 4), Month(2026, 1), month_after(Month(2026, 11))):
            rules = rules_known(AFTER)
            fast = month_of_all(month, rules)
            ids = people_of(house.municipality.pk, month)
            exact = {key: answer(one, rules) for key, one in facts_of(ids, month).items()}
            known = {key: result.net for key, result in exact.items() if result.law is not None}
            assert dict(zip(fast.case_ids, fast.net.tolist(), strict=True)) == known
            assert contradiction.pk in fast.unknown
