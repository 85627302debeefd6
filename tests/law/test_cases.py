"""The worked examples a lawyer can read: what is given, what follows, and the paragraph that is protected."""

from fractions import Fraction
from typing import Any

import pytest

from samlop.law.examples import Example, all_examples, base_case
from samlop.law.money import to_ore
from samlop.law.small_rules import SMALL_RULES, answer_of

from .helpers import call, expect


def _called(example: Example) -> Any:
    return call(example.command, stdin=dict(example.given)).json


@pytest.mark.parametrize("example", [pytest.param(e, id=f"{e.name.nb} ({e.protects})") for e in all_examples()])
def test_example(example: Example) -> None:
    answer = answer_of(example).as_json() if example.command in SMALL_RULES else _called(example)
    expect(answer, example.then)
    if example.command == "benefit":
        ore = [round(float(line["amount"]) * 100) for line in answer["lines"]]
        assert round(float(answer["net"]) * 100) == sum(ore)


def test_whole_calendar_year_is_two_average_basic_amounts() -> None:
    """Example 20: the twelve months of 2026 against the average G that Nav publishes, 134 419."""
    given = {**base_case("benefit"), "programme_start": "2025-06-01"}
    ore = 0
    for month in range(1, 13):
        answer = call("benefit", stdin={**given, "month": f"2026-{month:02d}"}).json
        ore += round(float(answer["net"]) * 100)
    # Twelve rounded months; the exact year is 268 838.67.
    assert abs(ore - 26_883_867) <= 6
    assert round(ore / 200) == 134_419


def test_retroactive_basic_amount_for_two_months() -> None:
    """Example 15: May and June 2026 with the new G instead of the old are 2 129.67 more."""
    assert to_ore(Fraction(2 * 2 * (136_549 - 130_160), 12)) == 212_967
