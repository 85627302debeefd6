"""The parameters of one act in one month as whole numbers, ready for columns of person-months."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from samlop.law.acts import ActId
from samlop.law.columns import HOUR_PARTS, KRONE_PARTS, Whole
from samlop.law.dates import Month, birthday
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS

# No month has more days or hours than this, and no monthly amount comes near the last (a million kroner, in øre).
MOST_DAYS = 31
MOST_HOURS = MOST_DAYS * 24 * HOUR_PARTS
MOST_ORE = 10**8
# A kind is three bits: under 25, lives with a parent, couple without children who both take part.
YOUNG, WITH_PARENTS, COUPLE = 1, 2, 4
KINDS = range(8)
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


class NotInColumns(ValueError):
    """These person-months cannot be worked out in columns; use the exact path."""


class ChangesInsideMonth(NotInColumns):
    """A parameter changes inside the month."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The parameters of one act as whole numbers.

    A person-month of a kind is worth `worth[kind]` for each part, and `whole` of that are an øre. A thirtieth of the
    month is `day` parts, a ten-thousandth of an hour `hour` parts: øre = worth × parts / whole.
    """

    worth: Whole
    whole: int
    day: int
    hour: int
    days: int
    months: int
    turned: Whole  # for each day of the month, the last birth date (ordinal) of those who have reached the full rate
    g: int
    share: tuple[int, int]
    free: tuple[int, int]
    decision_share: tuple[int, int]
    decision_g: tuple[int, int]


def terms_of(act: ActId, month: Month, rules: Rules) -> Terms:
    """The terms of an act in a month. Raises ``ChangesInsideMonth`` where one of them changes in it."""
    newer = act == "integreringsloven"
    names = ["basic_amount", *(f"{name}.{act}" for name in _PER_ACT)]
    names += ["benefit.rate.with_parents", "benefit.rate.couple"] if newer else []
    if rules.changes(names, month.first, month.last):
        raise ChangesInsideMonth(f"a parameter changes inside {month}")
    held = {name: rules.at(f"{name}.{act}", month.first).number for name in _PER_ACT}
    g = rules.at("basic_amount", month.first).whole
    annual = g * held["benefit.basic_amounts"] * KRONE_PARTS
    shares = _shares(held["benefit.rate.full"], held["benefit.rate.under_25"], newer, month, rules)
    month_parts = int(held["benefit.months_per_year"] * held["benefit.days_per_month"])
    hour_parts = int(held["benefit.hours_per_year"]) * HOUR_PARTS
    year = lcm(month_parts, hour_parts)
    whole = lcm(*(share.denominator for share in shares)) * year
    worth = [int(annual * share * whole / year) for share in shares]
    common = gcd(whole, *worth)
    terms = Terms(
        worth=np.array([one // common for one in worth], dtype=np.int64),
        whole=whole // common,
        day=year // month_parts,
        hour=year // hour_parts,
        days=int(held["benefit.days_per_month"]),
        months=int(held["benefit.months_per_year"]),
        turned=_turned(month, int(held["benefit.full_rate_age"])),
        g=g,
        share=held["benefit.single_parent.share"].as_integer_ratio(),
        free=held["benefit.single_parent.free_share_of_g"].as_integer_ratio(),
        decision_share=held["benefit.decision.share_of_payment"].as_integer_ratio(),
        decision_g=held["benefit.decision.share_of_g"].as_integer_ratio(),
    )
    _check_fit(terms)
    return terms


def _shares(full: Fraction, young: Fraction, newer: bool, month: Month, rules: Rules) -> list[Fraction]:
    """The share of full benefit of each kind; under the older act only age counts (introduksjonsloven § 8)."""
    if not newer:
        return [young if kind & YOUNG else full for kind in KINDS]
    with_parents = rules.at("benefit.rate.with_parents", month.first).number
    found = rules.find("benefit.rate.couple", month.first)
    shares = []
    for kind in KINDS:
        alone = full if not kind & YOUNG else with_parents if kind & WITH_PARENTS else young
        shares.append(min(alone, found.number) if kind & COUPLE and found else alone)
    return shares


def _check_fit(terms: Terms) -> None:
    """The largest number that can come up must fit; with the acts of today it is far from it."""
    parts = MOST_DAYS * terms.day + MOST_HOURS * terms.hour
    absence = 2 * int(terms.worth.max()) * parts + 2 * terms.whole
    limit = absence * max(*terms.decision_share, *terms.decision_g)
    above = 2 * terms.share[0] * MOST_ORE * terms.months * terms.free[1]
    lines = absence // terms.whole + MOST_ORE * (len(BENEFIT_KINDS) + 1)
    if max(absence, limit, above) >= 2**63 or lines >= 2**31:
        raise NotInColumns("the parameters are too large for these columns")


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
