"""Random but possible person-months for the property tests."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from samlop.law.dates import Month, Period, add_months
from samlop.law.person_month import BENEFIT_KINDS, OtherBenefit, PersonMonth

ORE = st.integers(0, 4_000_000).map(lambda ore: Fraction(ore, 100))
HOURS = st.integers(0, 7_440_000).map(lambda parts: Fraction(parts, 10_000)) | st.integers(0, 60).map(Fraction)
MONTHS = st.builds(Month, st.integers(2018, 2027), st.integers(1, 12))


@st.composite
def periods(draw: st.DrawFn, month: Month) -> Period:
    """A leave that may touch the month."""
    first = month.first + timedelta(days=draw(st.integers(-20, 35)))
    return Period(first, first + timedelta(days=draw(st.integers(0, 40))))


@st.composite
def births(draw: st.DrawFn, month: Month) -> date:
    """A birth date, often one that turns 25 in or near the month."""
    if draw(st.booleans()):
        return add_months(month.first, -300) + timedelta(days=draw(st.integers(-3, 34)))
    return date(month.year - draw(st.integers(20, 55)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))


@st.composite
def person_months(draw: st.DrawFn, month: Month | None = None) -> PersonMonth:
    """A person-month whose dates do not contradict each other."""
    month = month or draw(MONTHS)
    birth = draw(births(month))
    start = month.first + timedelta(days=draw(st.integers(-700, 40)))
    permit = max(start - timedelta(days=draw(st.integers(0, 900))), add_months(birth, 18 * 12))
    start = max(start, permit)
    end = draw(st.none() | st.integers(0, 900).map(lambda days: start + timedelta(days=days)))
    return PersonMonth(
        month=month,
        birth_date=birth,
        permit_granted=permit,
        programme_start=start,
        programme_end=end,
        lives_with_parents=draw(st.booleans()),
        couple_without_children_both_in_programme=draw(st.booleans()),
        absence_days=draw(st.integers(0, 31)),
        absence_hours=draw(HOURS),
        work_hours=draw(HOURS),
        work_wage=draw(ORE),
        other_benefits=tuple(draw(st.lists(st.builds(OtherBenefit, st.sampled_from(BENEFIT_KINDS), ORE), max_size=3))),
        unpaid_leave=tuple(draw(st.lists(periods(month), max_size=2))),
    )
