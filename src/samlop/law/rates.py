"""The days of a month that give benefit, and the rate of each (the Integration Act § 20, the Introduction Act §§ 8–9).

The month is the unit: 1/12 of the annual benefit. A whole calendar month is a whole month whatever its length; of a
part each calendar day is 1/30. A new rate holds from the day itself, and a month never counts more than 30 days.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from samlop.law.acts import ActId
from samlop.law.dates import birthday
from samlop.law.parameters import Held, Rules
from samlop.law.person_month import PersonMonth


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a month with one rate. `days` are thirtieths of the month, `annual` kroner a year before tax."""

    first: date
    last: date
    days: int
    annual: Fraction
    basic_amount: Held
    factor: Held
    rate: Held
    months: Held
    month_days: Held
    whole_month: bool

    @property
    def amount(self) -> Fraction:
        """Exact kroner for the piece."""
        return self.annual * self.days / (self.months.number * self.month_days.number)

    @property
    def rate_name(self) -> str:
        """Which rate: `full`, `under_25`, `with_parents` or `couple`."""
        return self.rate.parameter.id.split(".")[2]


def covered_days(person: PersonMonth) -> list[int]:
    """The days of the month (as ordinals) in the programme and not on leave without benefit."""
    first = max(person.month.first, person.programme_start)
    last = person.month.last if person.programme_end is None else min(person.month.last, person.programme_end)
    days = range(first.toordinal(), last.toordinal() + 1)
    leaves = [(leave.first.toordinal(), leave.last.toordinal()) for leave in person.unpaid_leave]
    return [day for day in days if not any(start <= day <= end for start, end in leaves)] if leaves else list(days)


def rate_on(day: date, person: PersonMonth, act: ActId, rules: Rules) -> Held:
    """The share of full benefit on a day.

    Under 25: two thirds, or under the newer act one third where the person lives with a parent. Couples without
    children who both take part: five sixths. The act does not say what holds where both apply; the lower is used.
    """
    young = day < birthday(person.birth_date, rules.at(f"benefit.full_rate_age.{act}", day).whole)
    held = rules.at(f"benefit.rate.{'under_25' if young else 'full'}.{act}", day)
    if act == "introduksjonsloven":
        return held
    if young and person.lives_with_parents:
        held = rules.at("benefit.rate.with_parents", day)
    if person.couple_without_children_both_in_programme:
        couple = rules.find("benefit.rate.couple", day)
        if couple is not None and couple.number < held.number:
            return couple
    return held


def _cuts(person: PersonMonth, act: ActId, rules: Rules) -> list[date]:
    """The first day of the month and each day in it when the rate or G may change."""
    first, last = person.month.first, person.month.last
    turns = birthday(person.birth_date, rules.at(f"benefit.full_rate_age.{act}", last).whole)
    ids = ["basic_amount", f"benefit.basic_amounts.{act}", f"benefit.rate.full.{act}", f"benefit.rate.under_25.{act}"]
    if act == "integreringsloven":
        ids += ["benefit.rate.with_parents", "benefit.rate.couple"]
    changes = rules.changes(ids, first, last)
    if first < turns <= last:
        changes.add(turns)
    return [first, *sorted(changes)]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Consecutive days under one rate, before they are counted as thirtieths."""

    first: date
    last: date
    covered: int
    annual: Fraction
    basic_amount: Held
    factor: Held
    rate: Held


def _stretches(person: PersonMonth, act: ActId, rules: Rules, covered: list[int]) -> list[_Stretch]:
    cuts = _cuts(person, act, rules)
    ends = [*(cut - timedelta(days=1) for cut in cuts[1:]), person.month.last]
    found: list[_Stretch] = []
    for first, last in zip(cuts, ends, strict=True):
        low, high = bisect_left(covered, first.toordinal()), bisect_left(covered, last.toordinal() + 1)
        if low == high:
            continue
        basic_amount, rate = rules.at("basic_amount", first), rate_on(first, person, act, rules)
        factor = rules.at(f"benefit.basic_amounts.{act}", first)
        annual = basic_amount.number * factor.number * rate.number
        begins, ends_on = date.fromordinal(covered[low]), date.fromordinal(covered[high - 1])
        previous = found[-1] if found else None
        if previous and (previous.annual, previous.rate.parameter) == (annual, rate.parameter):
            found[-1] = _Stretch(
                previous.first, ends_on, previous.covered + high - low, annual, basic_amount, factor, rate
            )
        else:
            found.append(_Stretch(begins, ends_on, high - low, annual, basic_amount, factor, rate))
    return found


def pieces_of(person: PersonMonth, act: ActId, rules: Rules, covered: list[int]) -> tuple[Piece, ...]:
    """The month cut where the rate changes, each piece with its thirtieths. Empty where no day gives benefit."""
    if not covered:
        return ()
    months = rules.at(f"benefit.months_per_year.{act}", person.month.last)
    month_days = rules.at(f"benefit.days_per_month.{act}", person.month.last)
    whole_month = len(covered) == person.month.last.day
    stretches = _stretches(person, act, rules, covered)
    left = month_days.whole
    pieces = []
    for number, stretch in enumerate(stretches, start=1):
        # The last part of a whole month takes what is left of the 30, so that no month is worth more or less.
        days = left if whole_month and number == len(stretches) else min(stretch.covered, left)
        left -= days
        if days:
            pieces.append(
                Piece(
                    stretch.first,
                    stretch.last,
                    days,
                    stretch.annual,
                    stretch.basic_amount,
                    stretch.factor,
                    stretch.rate,
                    months,
                    month_days,
                    whole_month and len(stretches) == 1,
                )
            )
    return tuple(pieces)
