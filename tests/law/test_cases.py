"""The cases a lawyer can read: what is given, what follows, and the paragraph that is protected."""

from typing import Any

import pytest

from .helpers import call, cases, expect

BASE: dict[str, dict[str, Any]] = {
    "benefit": {
        "month": "2026-11",
        "birth_date": "1990-04-02",
        "permit_granted": "2025-03-01",
        "programme_start": "2026-01-12",
    },
    "duration": {
        "permit_granted": "2025-11-03",
        "offered_start": "2026-02-02",
        "birth_date": "2003-05-01",
        "education": "below_upper_secondary",
    },
    "eligibility": {
        "birth_date": "1990-01-01",
        "permit_granted": "2025-11-03",
        "permit": "A",
        "arrived": None,
        "settled_by_agreement": True,
        "lived_in_municipality_since": "2026-01-05",
        "decision_date": "2026-02-10",
        "nordic_or_eea": False,
        "weekly_work_hours": 0,
    },
    "deadlines": {
        "settled": "2026-02-10",
        "demanded": None,
        "permit_granted": "2025-11-03",
        "decision_notified": "2026-04-20",
        "information_recorded": "2026-04-20",
        "offered_norwegian": "2026-02-20",
        "education": "below_upper_secondary",
    },
}


def _as_text(value: Any) -> Any:
    """YAML reads dates; the contract writes them as text."""
    if isinstance(value, dict):
        return {key: _as_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_text(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("case", [*cases("benefit"), *cases("other")])
def test_case(case: dict[str, Any]) -> None:
    command = case.get("command", "benefit")
    given = {**BASE[command], **_as_text(case["given"])}
    answer = call(command, stdin=given).json
    expect(answer, _as_text(case["then"]))
    if command == "benefit":
        ore = [round(float(line["amount"]) * 100) for line in answer["lines"]]
        assert round(float(answer["net"]) * 100) == sum(ore)


def test_whole_calendar_year_is_two_average_basic_amounts() -> None:
    """Example 20: the twelve months of 2026 against the average G that Nav publishes, 134 419."""
    given = {**BASE["benefit"], "programme_start": "2025-06-01"}
    ore = 0
    for month in range(1, 13):
        answer = call("benefit", stdin={**given, "month": f"2026-{month:02d}"}).json
        ore += round(float(answer["net"]) * 100)
    # Twelve rounded months; the exact year is 268 838.67.
    assert abs(ore - 26_883_867) <= 6
    assert round(ore / 200) == 134_419


def test_retroactive_basic_amount_for_two_months() -> None:
    """Example 15: May and June 2026 with the new G instead of the old are 2 129.67 more."""
    from fractions import Fraction

    from samlop.law.money import to_ore

    assert to_ore(Fraction(2 * 2 * (136_549 - 130_160), 12)) == 212_967
