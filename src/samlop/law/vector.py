"""The benefit of a whole country for one month, in whole numbers and as exact as one case at a time.

The same rule as `benefit.py` without trace and text. Every amount is brought to one denominator (`column_terms.py`),
so that sums and roundings are made on 64-bit whole numbers and no øre is lost. Nearly everyone has one rate and a
plain month, which is looked up by kind and covered days; whoever turns 25 in the month, or stands near the limit for a
decision, is worked out apart. `tests/law/test_vector.py` holds it against the exact path case by case.

What does not fit – a parameter that changes inside the month, more than a month of hours – is refused here and takes
the exact path.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samlop.law.column_amounts import Amounts, Few
from samlop.law.column_terms import MOST_DAYS, MOST_HOURS, MOST_ORE, YOUNG, NotInColumns, Terms, terms_of
from samlop.law.columns import KRONE_PARTS, Columns, Flags, Ore, Whole
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS

BLOCK = 8192
# Room for each possible count of covered days, so that kind and count are one whole number below 256.
_COUNT_BITS = 5


def _check_within_a_month(columns: Columns) -> None:
    given = (
        (columns.absence_days, MOST_DAYS),
        (columns.absence_hours, MOST_HOURS),
        (columns.work_hours, MOST_HOURS),
        (columns.work_wage, MOST_ORE),
        *((row, MOST_ORE) for row in columns.other),
    )
    # As numbers without a sign what is below zero is the largest of all.
    if any(int(column.view(np.uint64).max(initial=0)) > most for column, most in given):
        raise NotInColumns("more days, hours or kroner than a month can hold, or less than none")


def _half_up(doubled: Whole, denominator: int) -> Whole:
    """The nearest whole number of a quotient that is not negative, halves up, from twice the numerator. In place."""
    doubled += denominator
    # The division without a sign is the quicker one.
    unsigned = doubled.view(np.uint64)
    np.floor_divide(unsigned, np.uint64(2 * denominator), out=unsigned)
    return doubled


def _kinds(columns: Columns, young: Flags) -> NDArray[np.uint8]:
    kinds = columns.couple.view(np.uint8).copy()
    kinds <<= 1
    kinds |= columns.with_parents.view(np.uint8)
    kinds <<= 1
    kinds |= young.view(np.uint8)
    return kinds


@dataclass(frozen=True, slots=True)
class _Days:
    """The thirtieths of each month before and after the 25th birthday, what they are worth, and the lowest of these."""

    before: Whole
    after: Whole
    worth_before: Whole
    worth_after: Whole
    lowest: Whole


def _days(columns: Columns, terms: Terms) -> _Days:
    """The month of a few persons whose rate may change in it."""
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
    kinds = _kinds(columns, np.zeros(len(columns), dtype=np.bool_))
    worth_before, worth_after = terms.worth[kinds | YOUNG], terms.worth[kinds]
    # One rate through the month is one line, rounded once.
    same = worth_before == worth_after
    after, before = np.where(same, after + before, after), np.where(same, 0, before)
    lowest = np.where(before > 0, worth_before, np.where(after > 0, worth_after, 0))
    lowest = np.where((before > 0) & (after > 0), np.minimum(worth_before, worth_after), lowest)
    return _Days(before, after, worth_before, worth_after, lowest)


@dataclass(frozen=True, slots=True)
class _Benefit:
    """The benefit of each row, looked up: øre of the line, and what a part is worth when something is taken from it.

    Nothing is worth nothing: where no day gives benefit, nothing is taken either.
    """

    place: NDArray[np.uint8] | NDArray[np.intp]
    ore: Whole
    worth: Whole
    before: Few

    def worth_of(self, rows: NDArray[np.intp]) -> Whole:
        """What a part of the month is worth to some rows."""
        return self.worth[self.place[rows]]


def _plain(columns: Columns, terms: Terms) -> _Benefit:
    """The benefit by kind and covered days, the rate of the first day held through the month."""
    place = _kinds(columns, columns.birth > terms.turned[0])
    place <<= _COUNT_BITS
    place |= np.bitwise_count(columns.covered)
    thirtieths = np.minimum(np.arange(1 << _COUNT_BITS, dtype=np.int64), terms.days)
    thirtieths[columns.month.last.day] = terms.days
    ore = _half_up(2 * terms.worth[:, None] * (thirtieths * terms.day), terms.whole)
    worth = np.where(thirtieths, terms.worth[:, None], 0)
    return _Benefit(place, ore.ravel(), worth.ravel(), Few.none())


def _turning(columns: Columns, terms: Terms) -> _Benefit:
    """The benefit of some who turn 25 in the month: two parts, and the lower rate where something is taken."""
    days, rows = _days(columns, terms), np.arange(len(columns), dtype=np.intp)
    before = _half_up(2 * days.worth_before * days.before * terms.day, terms.whole)
    after = _half_up(2 * days.worth_after * days.after * terms.day, terms.whole)
    return _Benefit(rows, after, days.lowest, Few(rows, before.astype(np.int32)))


def _absence_parts(columns: Columns, terms: Terms) -> Whole:
    parts = columns.absence_hours * terms.hour
    parts += columns.absence_days * terms.day
    return parts


def _paid_work(columns: Columns, benefit: _Benefit, terms: Terms, newer: bool) -> Few:
    """By the time it takes, or under the newer act by the wage where that is less."""
    rows = np.flatnonzero(columns.work_hours != 0)
    taken = _half_up(2 * terms.hour * columns.work_hours[rows] * benefit.worth_of(rows), terms.whole)
    if newer:
        np.minimum(taken, columns.work_wage[rows], out=taken)
    return Few(rows, -taken.astype(np.int32))


def _single_parent(monthly: Whole, terms: Terms) -> Whole:
    """Øre to take for transitional benefit given in øre a month."""
    (share, share_den), (free, free_den) = terms.share, terms.free
    above = np.maximum(monthly * (terms.months * free_den) - free * terms.g * KRONE_PARTS, 0)
    return _half_up(2 * share * above, share_den * free_den * terms.months)


def _other(kind: int, columns: Columns, benefit: _Benefit, terms: Terms) -> Few:
    """Krone for krone except transitional benefit."""
    given = columns.other[kind]
    if not given.max(initial=0):
        return Few.none()
    rows = np.flatnonzero(given != 0)
    rows = rows[benefit.worth_of(rows) > 0]
    taken = _single_parent(given[rows], terms) if BENEFIT_KINDS[kind] == "overgangsstonad" else given[rows]
    return Few(rows, -taken.astype(np.int32))


def _decisions(columns: Columns, absence: Ore, terms: Terms) -> Few:
    """At least the share of the payment and of G, compared on exact numbers where the rounded ones come near."""
    (share, share_den), (of_g, of_g_den) = terms.decision_share, terms.decision_g
    near = np.flatnonzero(absence <= -max(of_g * terms.g * KRONE_PARTS // of_g_den, 1))
    if not len(near):
        return Few.none()
    some = columns.rows(near)
    days = _days(some, terms)
    asked = _absence_parts(some, terms) * days.lowest
    payment = (days.worth_before * days.before + days.worth_after * days.after) * terms.day
    half = asked * share_den >= payment * share
    rows = near[half & (asked * of_g_den >= of_g * terms.g * KRONE_PARTS * terms.whole)]
    return Few(rows, absence[rows])


def _lines(columns: Columns, benefit: _Benefit, terms: Terms, newer: bool) -> Amounts:
    count = len(columns)
    after, absence, net = (np.empty(count, dtype=np.int32) for _ in range(3))
    doubled = 2 * benefit.worth
    # In blocks that stay in the processor's cache, with memory that is used again.
    for start in range(0, count, BLOCK):
        rows = slice(start, start + BLOCK)
        place = benefit.place[rows].astype(np.intp)
        taken = _absence_parts(columns.rows(rows), terms)
        taken *= doubled.take(place)
        # Days and hours together, rounded once.
        np.negative(_half_up(taken, terms.whole), out=absence[rows], casting="same_kind")
        after[rows] = benefit.ore.take(place)
        np.add(after[rows], absence[rows], out=net[rows])
    work = _paid_work(columns, benefit, terms, newer)
    other = tuple(_other(kind, columns, benefit, terms) for kind in range(len(BENEFIT_KINDS)))
    for few in (benefit.before, work, *other):
        net[few.rows] += few.ore
    below = np.flatnonzero(net < 0)
    floor = Few(below, -net[below])
    net[below] = 0
    return Amounts(after, absence, net, benefit.before, work, other, floor, _decisions(columns, absence, terms))


def _of_act(columns: Columns, terms: Terms, newer: bool) -> Amounts:
    found = _lines(columns, _plain(columns, terms), terms, newer)
    turning = np.flatnonzero((columns.birth > terms.turned[0]) & (columns.birth <= terms.turned[-1]))
    some = columns.rows(turning)
    return found.instead(turning, _lines(some, _turning(some, terms), terms, newer))


def amounts(columns: Columns, rules: Rules) -> Amounts:
    """The lines of every person-month, each by its own act."""
    _check_within_a_month(columns)
    older = np.flatnonzero(~columns.newer_act)
    if len(older) == len(columns):
        return _of_act(columns, terms_of("introduksjonsloven", columns.month, rules), newer=False)
    found = _of_act(columns, terms_of("integreringsloven", columns.month, rules), newer=True)
    if not len(older):
        return found
    terms = terms_of("introduksjonsloven", columns.month, rules)
    return found.instead(older, _of_act(columns.rows(older), terms, newer=False))
