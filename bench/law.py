"""How fast the benefit is: one person-month with trace, a country without, side by side with OpenFisca.

`python -m bench.law` prints a table. The same formula is given to OpenFisca, and the same 35,000 made-up person-months
to both; each is timed from columns to amounts, in turn in the same run, so that a busy machine bears on both alike. The
lines on misses tell how often each is not the exact øre.
"""

import random
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from samlop.law.benefit import benefit
from samlop.law.columns import Columns, columns_of
from samlop.law.dates import Month, add_months
from samlop.law.parameters import rules_known
from samlop.law.person_month import BENEFIT_KINDS, OtherBenefit, PersonMonth
from samlop.law.vector import amounts

PEOPLE = 35_000
MONTH = Month(2026, 11)
ROUNDS = 15
TURNS = 61


def people(count: int) -> list[PersonMonth]:
    """Made-up participants, most of them in the programme the whole month; the same every time."""
    chance = random.Random(2026)  # noqa: S311 - made-up people, no secrets
    made = []
    for _ in range(count):
        born = date(1966, 1, 1) + timedelta(days=chance.randrange(42 * 365))
        made.append(
            PersonMonth(
                MONTH,
                min(born, date(2006, 1, 1)),
                date(2025, 3, 1),
                date(2025, 6, 2) + timedelta(days=chance.choice([0, 0, 0, 0, 520, 530])),
                lives_with_parents=chance.random() < 0.1,
                absence_days=chance.choice([0, 0, 0, 1, 2, 3]),
                couple_without_children_both_in_programme=chance.random() < 0.1,
                absence_hours=Fraction(chance.choice([0, 0, 1, 3, 7]), 2),
                work_hours=Fraction(chance.choice([0, 0, 0, 0, 20])),
                work_wage=Fraction(chance.choice([1_000, 11_400])),
                other_benefits=(OtherBenefit("overgangsstonad", Fraction(20_000)),) if chance.random() < 0.05 else (),
            )
        )
    return made


def best(function: Callable[[], Any]) -> float:
    """The shortest of some rounds, in seconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times)


def in_turn(ours: Callable[[], Any], ready: Callable[[], Any], theirs: Callable[[Any], Any]) -> tuple[float, float]:
    """The medians in seconds of two functions that take turns; what the second is given is made ready unmeasured."""
    mine, other = [], []
    for _ in range(TURNS):
        given = ready()
        start = time.perf_counter()
        ours()
        between = time.perf_counter()
        theirs(given)
        other.append(time.perf_counter() - between)
        mine.append(between - start)
    return median(mine), median(other)


GIVEN = {
    "birth": int,
    "start": int,
    "young_at_home": bool,
    "couple": bool,
    "days": float,
    "hours": float,
    "work_hours": float,
    "wage": float,
    **dict.fromkeys(BENEFIT_KINDS, float),
}


def _wide(population: Any, name: str, period: Any) -> Any:
    """A variable in double precision: OpenFisca keeps numbers in single, which would lose the øre at once."""
    return population(name, period).astype(np.float64)


def _formulas() -> dict[str, Callable[[Any, Any, Any], Any]]:
    """The rule of the benefit as OpenFisca formulas, one variable per step as its users write them."""
    g = 136_549.0

    first, length = MONTH.first.toordinal(), MONTH.last.day
    birthdays = np.array([add_months(date(MONTH.year, MONTH.month, n + 1), -300).toordinal() for n in range(length)])

    def covered(p: Any, period: Any, _: Any) -> Any:
        return np.clip(first + length - p("start", period), 0, length).astype(np.float64)

    def young_days(p: Any, period: Any, _: Any) -> Any:
        young_until = first + np.searchsorted(birthdays, p("birth", period), side="left")
        return np.clip(young_until - np.maximum(p("start", period), first), 0, length).astype(np.float64)

    def days_before(p: Any, period: Any, _: Any) -> Any:
        young, all_days = _wide(p, "young_days", period), _wide(p, "covered", period)
        return np.where((all_days == length) & (young == length), 30.0, np.minimum(young, 30.0))

    def days_after(p: Any, period: Any, _: Any) -> Any:
        young, all_days = _wide(p, "young_days", period), _wide(p, "covered", period)
        left = 30.0 - _wide(p, "days_before", period)
        return np.where((all_days == length) & (young < all_days), left, np.minimum(all_days - young, left))

    def annual_before(p: Any, period: Any, _: Any) -> Any:
        share = np.where(p("young_at_home", period), 1 / 3, 2 / 3)
        return 2 * g * np.where(p("couple", period), np.minimum(share, 5 / 6), share)

    def annual_after(p: Any, period: Any, _: Any) -> Any:
        return 2 * g * np.where(p("couple", period), 5 / 6, 1.0)

    def gross(p: Any, period: Any, _: Any) -> Any:
        before = _wide(p, "annual_before", period) * _wide(p, "days_before", period) / 360
        after = _wide(p, "annual_after", period) * _wide(p, "days_after", period) / 360
        return np.round(before, 2) + np.round(after, 2)

    def lowest(p: Any, period: Any, _: Any) -> Any:
        return np.where(
            _wide(p, "days_before", period) > 0, _wide(p, "annual_before", period), _wide(p, "annual_after", period)
        )

    def absence(p: Any, period: Any, _: Any) -> Any:
        lowest = _wide(p, "lowest", period)
        return np.round(_wide(p, "days", period) * lowest / 360 + _wide(p, "hours", period) * lowest / 1850, 2)

    def paid_work(p: Any, period: Any, _: Any) -> Any:
        return np.round(
            np.minimum(_wide(p, "work_hours", period) * _wide(p, "lowest", period) / 1850, _wide(p, "wage", period)), 2
        )

    def other(p: Any, period: Any, _: Any) -> Any:
        plain = sum(_wide(p, kind, period) for kind in BENEFIT_KINDS[:-1])
        share = 0.4 * np.maximum(_wide(p, BENEFIT_KINDS[-1], period) * 12 - g / 2, 0) / 12
        return plain + np.round(share, 2)

    def decision(p: Any, period: Any, _: Any) -> Any:
        absence = _wide(p, "absence", period)
        return (absence >= _wide(p, "gross", period) / 2) * (absence >= g / 12)

    def net(p: Any, period: Any, _: Any) -> Any:
        p("decision", period)
        deductions = _wide(p, "absence", period) + _wide(p, "paid_work", period) + _wide(p, "other", period)
        return np.maximum(_wide(p, "gross", period) - deductions, 0)

    steps = (
        covered,
        young_days,
        days_before,
        days_after,
        annual_before,
        annual_after,
        gross,
        lowest,
        absence,
        paid_work,
        other,
        decision,
        net,
    )
    return {step.__name__: step for step in steps}


def openfisca_run(columns: Columns, made: list[PersonMonth]) -> tuple[Callable[[], Any], Callable[[Any], Any]]:
    """The same formula in OpenFisca: a function that sets up a simulation and one that calculates on it."""
    from openfisca_core.entities import Entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = Entity("person", "persons", "Participant", "")
    system = TaxBenefitSystem([person])
    formulas = _formulas()
    for name in (*GIVEN, *formulas):
        kind = GIVEN.get(name, bool if name == "decision" else float)
        body: dict[str, Any] = {"value_type": kind, "entity": person, "label": name}
        body["definition_period"] = DateUnit.MONTH
        if name in formulas:
            body["formula"] = formulas[name]
        system.add_variable(type(name, (Variable,), body))
    values: dict[str, Any] = {
        "birth": columns.birth,
        "start": np.array([p.programme_start.toordinal() for p in made]),
        "young_at_home": columns.with_parents,
        "couple": columns.couple,
        "days": columns.absence_days.astype(float),
        "hours": columns.absence_hours / 10_000,
        "work_hours": columns.work_hours / 10_000,
        "wage": columns.work_wage / 100,
        **{kind: columns.other[row] / 100 for row, kind in enumerate(BENEFIT_KINDS)},
    }

    def build() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(made))
        for name, column in values.items():
            simulation.set_input(name, str(MONTH), column)
        return simulation

    return build, lambda simulation: simulation.calculate("net", str(MONTH))


def measure() -> list[tuple[str, float, str]]:
    """Rows of what, how much and the unit."""
    rules, made = rules_known(), people(PEOPLE)
    columns = columns_of(made, rules)
    sample = made[:2_000]
    exact = np.array([benefit(person, rules).net for person in made], dtype=np.int64)
    rows = [
        ("one person-month with trace", best(lambda: [benefit(p, rules) for p in sample]) / len(sample) * 1000, "ms"),
        (f"{PEOPLE} person-months to columns", best(lambda: columns_of(made, rules)) * 1000, "ms"),
        ("person-months that miss the exact øre", float((amounts(columns, rules).net != exact).sum()), ""),
    ]
    try:
        build, calculate = openfisca_run(columns, made)
    except ImportError:
        print("openfisca-core is not installed; the comparison is left out", file=sys.stderr)
        return rows
    theirs = np.floor(np.asarray(calculate(build()), dtype=np.float64) * 100 + 0.5).astype(np.int64)
    mine, other = in_turn(lambda: amounts(columns, rules).net, build, calculate)
    return [
        *rows,
        (f"{PEOPLE} person-months in columns, median", mine * 1000, "ms"),
        (f"OpenFisca: {PEOPLE} person-months, median", other * 1000, "ms"),
        ("ours as a part of OpenFisca's time", mine / other, ""),
        ("OpenFisca: person-months that miss the exact øre", float((theirs != exact).sum()), ""),
    ]


def main() -> int:
    """Print the table."""
    for what, value, unit in measure():
        print(f"{what:<52}{value:>12.3f} {unit}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
