"""What must hold for every case, not only for the examples."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from samlop.law.benefit import benefit
from samlop.law.dates import Month, Period, working_days
from samlop.law.loading import DATA, load_book
from samlop.law.parameters import rules_known
from samlop.law.person_month import PersonMonth
from samlop.law.rates import covered_days, pieces_of

from .strategies import person_months

MANY = settings(max_examples=200, deadline=None)


@MANY
@given(person_months())
def test_lines_sum_to_net_and_net_is_never_negative(person: PersonMonth) -> None:
    answer = benefit(person)
    assert sum(line.ore for line in answer.lines) == answer.net >= 0
    assert sum(line.ore for line in answer.lines if line.code == "BENEFIT") == answer.gross
    assert answer.not_taken == sum(line.ore for line in answer.lines if line.code == "FLOOR")
    assert all(line.ore < 0 for line in answer.lines if line.code not in {"BENEFIT", "FLOOR"})


@MANY
@given(person_months())
def test_days_never_exceed_the_period_or_thirty(person: PersonMonth) -> None:
    answer = benefit(person)
    covered = covered_days(person)
    days = sum(piece.days for piece in pieces_of(person, answer.act, rules_known(), covered))
    assert days <= 30
    if len(covered) < person.month.last.day:
        assert days <= len(covered)


@MANY
@given(person_months())
def test_nothing_before_the_start_or_after_the_end(person: PersonMonth) -> None:
    later = max(person.month.last + timedelta(days=1), person.permit_granted)
    before = replace(person, programme_start=later, programme_end=None)
    assert benefit(before).lines == ()
    if person.programme_end is not None and person.programme_end < person.month.first:
        assert benefit(person).net == 0


@MANY
@given(person_months(Month(2026, 11)))
def test_rates_are_ordered(person: PersonMonth) -> None:
    """Living with parents never gives more than living alone, and a couple never more than two who live alone."""
    person = replace(person, lives_with_parents=False, couple_without_children_both_in_programme=False)
    full = benefit(person).gross
    for flag in ("lives_with_parents", "couple_without_children_both_in_programme"):
        assert benefit(replace(person, **{flag: True})).gross <= full


@MANY
@given(person_months(), st.integers(0, 10))
def test_more_absence_never_gives_more(person: PersonMonth, more: int) -> None:
    worse = replace(person, absence_days=person.absence_days + more)
    assert benefit(worse).net <= benefit(person).net


def _book_with_basic_amount(folder: Path, amount: int) -> Path:
    for path in DATA.glob("*.yaml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    raw = yaml.safe_load((folder / "basic_amount.yaml").read_text(encoding="utf-8"))
    raw[0]["values"] = [{"valid_from": raw[0]["values"][0]["valid_from"], "value": amount}]
    (folder / "basic_amount.yaml").write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    return folder


def test_benefit_grows_with_the_basic_amount(tmp_path: Path) -> None:
    books = []
    for amount in (90_000, 90_001, 136_549, 200_000):
        folder = tmp_path / str(amount)
        folder.mkdir()
        books.append(load_book(_book_with_basic_amount(folder, amount)).as_known())

    @settings(max_examples=60, deadline=None)
    @given(person_months())
    def grows(person: PersonMonth) -> None:
        # Fixed amounts in kroner would make the net fall to zero at different places; absence follows G.
        person = replace(person, other_benefits=(), work_hours=Fraction(0))
        gross = [benefit(person, rules).gross for rules in books]
        assert gross == sorted(gross)

    grows()


@given(st.dates(), st.integers(0, 60))
def test_working_days_are_never_more_than_the_days(first: object, length: int) -> None:
    from datetime import date

    assert isinstance(first, date)
    if first.year > 9000:
        return
    period = Period(first, first + timedelta(days=length))
    assert 0 <= working_days(period) <= length + 1
