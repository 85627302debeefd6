"""The benefit of a whole country for one month, in whole numbers and as exact as one case at a time.

The same rule as `benefit.py` without trace and text. Every share is brought to one denominator, so that sums and
roundings are made on 64-bit integers; the largest product (a month of absence) stays below an eighth of what fits.
`tests/law/test_vector.py` holds it against the exact path case by case.

A parameter that changes inside the month is not handled here: such months are few and take the exact path.
"""

from dataclasses import dataclass, fields
from datetime import date
from math import lcm

import numpy as np

from samlop.law.acts import ActId
from samlop.law.columns import HOUR_PARTS, KRONE_PARTS, Columns, Flags, Whole
from samlop.law.dates import Month, birthday
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS

BLOCK = 4096
_PER_ACT = (
    "benefit.basic_amounts",
    "benefit.months_per_year",
    "benefit.days_per_month",
    "benefit.hours_per_year",
    "benefit.full_rate_age",
    "benefit.rate.full",
    "benefit.rate.under_25",
    "benefit.single_parent.share",
    "benefit.single_parent.free_share_of_g",
    "benefit.decision.share_of_payment",
    "benefit.decision.share_of_g",
)


class ChangesInsideMonth(ValueError):
    """A parameter changes inside the month; use the exact path."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """The lines of each person-month in whole øre; deductions are negative, as on a payslip."""

    benefit_before: Whole  # the part before a 25th birthday inside the month
    benefit_after: Whole
    absence: Whole
    paid_work: Whole
    other: Whole  # one row per kind
    floor: Whole
    requires_decision: Flags

    @property
    def gross(self) -> Whole:
        """The sum of the benefit lines."""
        return self.benefit_before + self.benefit_after

    @property
    def net(self) -> Whole:
        """The sum of all lines, never below zero."""
        deductions: Whole = self.absence + self.paid_work + self.other.sum(axis=0)
        return self.gross + deductions + self.floor

    @classmethod
    def empty(cls, count: int) -> "Amounts":
        """Room for so many person-months."""
        line = np.empty(count, dtype=np.int64)
        other = np.empty((len(BENEFIT_KINDS), count), dtype=np.int64)
        decision = np.empty(count, dtype=np.bool_)
        return cls(line, line.copy(), line.copy(), line.copy(), other, line.copy(), decision)

    def put(self, rows: slice, block: "Amounts") -> None:
        """Write the amounts of some rows."""
        for name in _LINES:
            getattr(self, name)[..., rows] = getattr(block, name)

    def where(self, pick: Flags, other: "Amounts") -> "Amounts":
        """These amounts, with the other's where `pick` is true."""
        return Amounts(*(np.where(pick, getattr(other, name), getattr(self, name)) for name in _LINES))


# The arrays of `Amounts` in the order of its fields.
_LINES = tuple(field.name for field in fields(Amounts))


@dataclass(frozen=True, slots=True)
class _Terms:
    """The parameters of one act as whole numbers: annual benefit in shares of `den` kroner, and the divisors."""

    den: int
    full: int
    young: int
    with_parents: int
    couple: int
    months: int
    days: int
    hours: int
    turned: Whole  # for each day of the month, the last birth date (ordinal) of those who have reached the full rate
    g: int
    share: tuple[int, int]
    free: tuple[int, int]
    decision_share: tuple[int, int]
    decision_g: tuple[int, int]


def _terms(act: ActId, month: Month, rules: Rules) -> _Terms:
    names = ["basic_amount", *(f"{name}.{act}" for name in _PER_ACT)]
    newer = act == "integreringsloven"
    names += ["benefit.rate.with_parents", "benefit.rate.couple"] if newer else []
    if rules.changes(names, month.first, month.last):
        raise ChangesInsideMonth(f"a parameter changes inside {month}")
    held = {name: rules.at(f"{name}.{act}", month.first).number for name in _PER_ACT}
    g = rules.at("basic_amount", month.first).whole
    full, young = held["benefit.rate.full"], held["benefit.rate.under_25"]
    with_parents = rules.at("benefit.rate.with_parents", month.first).number if newer else young
    found = rules.find("benefit.rate.couple", month.first) if newer else None
    couple = found.number if found else full
    den = lcm(*(share.denominator for share in (full, young, with_parents, couple)))
    annual = g * held["benefit.basic_amounts"] * den
    return _Terms(
        den=den,
        full=int(annual * full),
        young=int(annual * young),
        with_parents=int(annual * with_parents),
        couple=int(annual * couple),
        months=int(held["benefit.months_per_year"]),
        days=int(held["benefit.days_per_month"]),
        hours=int(held["benefit.hours_per_year"]),
        turned=_turned(month, int(held["benefit.full_rate_age"])),
        g=g,
        share=held["benefit.single_parent.share"].as_integer_ratio(),
        free=held["benefit.single_parent.free_share_of_g"].as_integer_ratio(),
        decision_share=held["benefit.decision.share_of_payment"].as_integer_ratio(),
        decision_g=held["benefit.decision.share_of_g"].as_integer_ratio(),
    )


def _half_up(numerator: Whole, denominator: int) -> Whole:
    """The nearest whole number of a quotient that is not negative, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _latest_birth(day: date, age: int) -> int:
    """The last birth date (ordinal) of those who have turned `age` on a day."""
    # Whoever is born on 29 February turns on the 28th in other years, so the last such birth date may be the 29th.
    candidate = birthday(day, -age)
    while birthday(date.fromordinal(candidate.toordinal() + 1), age) <= day:
        candidate = date.fromordinal(candidate.toordinal() + 1)
    return candidate.toordinal()


def _turned(month: Month, age: int) -> Whole:
    days = (date(month.year, month.month, day + 1) for day in range(month.last.day))
    return np.array([_latest_birth(day, age) for day in days], dtype=np.int64)


def _annual_young(columns: Columns, terms: _Terms) -> Whole:
    alone = np.where(columns.with_parents, terms.with_parents, terms.young)
    return np.where(columns.couple, np.minimum(alone, terms.couple), alone)


def _annual_full(columns: Columns, terms: _Terms) -> Whole:
    return np.where(columns.couple, min(terms.couple, terms.full), terms.full)


@dataclass(frozen=True, slots=True)
class _Month:
    """The month of each person: thirtieths before and after the birthday, annual benefit then, and the lowest."""

    before: Whole
    after: Whole
    annual_before: Whole
    annual_after: Whole
    lowest: Whole


def _months(columns: Columns, terms: _Terms) -> _Month:
    length = columns.month.last.day
    # How many of the month's days come before the birthday: 0 for the older, the whole month for the younger.
    young_days = np.searchsorted(terms.turned, columns.birth, side="left").astype(np.int64)
    young_mask = ((np.int64(1) << young_days) - 1).astype(np.uint32)
    young = np.bitwise_count(columns.covered & young_mask).astype(np.int64)
    covered = np.bitwise_count(columns.covered).astype(np.int64)
    whole_month = covered == length
    before = np.where(whole_month & (young == covered), terms.days, np.minimum(young, terms.days))
    left = terms.days - before
    after = np.where(whole_month & (young < covered), left, np.minimum(covered - young, left))
    annual_before, annual_after = _annual_young(columns, terms), _annual_full(columns, terms)
    # One rate through the month is one line, rounded once.
    same = annual_before == annual_after
    after, before = np.where(same, after + before, after), np.where(same, 0, before)
    lowest = np.where(
        (before > 0) & (after > 0),
        np.minimum(annual_before, annual_after),
        np.where(before > 0, annual_before, annual_after),
    )
    return _Month(before, after, annual_before, annual_after, lowest)


def _absence(columns: Columns, lowest: Whole, terms: _Terms) -> tuple[Whole, int]:
    """Exact kroner of the absence as a numerator and a denominator."""
    day_parts, hour_parts = terms.months * terms.days, terms.hours * HOUR_PARTS
    parts = columns.absence_days * hour_parts + columns.absence_hours * day_parts
    return lowest * parts, terms.den * day_parts * hour_parts


def _single_parent(monthly: Whole, terms: _Terms) -> Whole:
    """Øre to take for transitional benefit given in øre a month."""
    (share, share_den), (free, free_den) = terms.share, terms.free
    above = np.maximum(monthly * terms.months * free_den - free * terms.g * KRONE_PARTS, 0)
    return _half_up(share * above, share_den * free_den * terms.months)


def _other(columns: Columns, terms: _Terms) -> Whole:
    """Øre to take for other benefits, one row per kind."""
    row = BENEFIT_KINDS.index("overgangsstonad")
    some = np.flatnonzero(columns.other[row])
    if not len(some):
        return columns.other
    taken = columns.other.copy()
    taken[row, some] = _single_parent(columns.other[row, some], terms)
    return taken


def _paid_work(columns: Columns, lowest: Whole, terms: _Terms, newer: bool) -> Whole:
    """Øre to take for paid work; few have any, so only those are worked out."""
    taken = np.zeros(len(columns), dtype=np.int64)
    some = np.flatnonzero(columns.work_hours)
    work, den = columns.work_hours[some] * lowest[some] * KRONE_PARTS, terms.den * terms.hours * HOUR_PARTS
    by_time = _half_up(work, den)
    taken[some] = np.minimum(by_time, columns.work_wage[some]) if newer else by_time
    return taken


def _decision(absence: Whole, absence_den: int, month: _Month, terms: _Terms) -> Flags:
    """At least the share of the payment and of G, compared on exact numbers."""
    payment_den = terms.den * terms.months * terms.days
    payment = month.annual_before * month.before + month.annual_after * month.after
    # Both sides over the same denominator; the absence's is a whole multiple of the payment's.
    scale = absence_den // payment_den
    (share, share_den), (of_g, of_g_den) = terms.decision_share, terms.decision_g
    half = absence * share_den >= payment * scale * share
    limit = terms.g * of_g * (absence_den // of_g_den)
    return (absence > 0) & half & (absence >= limit)


def _of_act(columns: Columns, terms: _Terms, newer: bool) -> Amounts:
    month = _months(columns, terms)
    benefit_den = terms.den * terms.months * terms.days
    before = _half_up(month.annual_before * month.before * KRONE_PARTS, benefit_den)
    after = _half_up(month.annual_after * month.after * KRONE_PARTS, benefit_den)
    absence, absence_den = _absence(columns, month.lowest, terms)
    absence_ore = _half_up(absence * KRONE_PARTS, absence_den)
    work_ore = _paid_work(columns, month.lowest, terms, newer)
    other = _other(columns, terms)
    decision = _decision(absence, absence_den, month, terms)
    inside = (month.before + month.after) > 0
    if not inside.all():
        # Nothing is taken, and nothing decided, in a month without a single day that gives benefit.
        absence_ore, work_ore, other = (part * inside for part in (absence_ore, work_ore, other))
        decision &= inside
    floor = np.maximum(absence_ore + work_ore + other.sum(axis=0) - before - after, 0)
    return Amounts(before, after, -absence_ore, -work_ore, -other, floor, decision)


def _of_block(columns: Columns, terms: dict[ActId, _Terms]) -> Amounts:
    if columns.newer_act.all():
        return _of_act(columns, terms["integreringsloven"], newer=True)
    old = _of_act(columns, terms["introduksjonsloven"], newer=False)
    if not columns.newer_act.any():
        return old
    return old.where(columns.newer_act, _of_act(columns, terms["integreringsloven"], newer=True))


def amounts(columns: Columns, rules: Rules) -> Amounts:
    """The lines of every person-month, each by its own act."""
    acts: list[ActId] = ["integreringsloven"] if columns.newer_act.any() else []
    if not columns.newer_act.all():
        acts.append("introduksjonsloven")
    terms = {act: _terms(act, columns.month, rules) for act in acts}
    answer = Amounts.empty(len(columns))
    # In blocks that stay in the processor's cache; over the whole country at once most of the time goes to memory.
    for start in range(0, len(columns), BLOCK):
        rows = slice(start, start + BLOCK)
        answer.put(rows, _of_block(columns.rows(rows), terms))
    return answer
