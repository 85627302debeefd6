"""What is new in a month since the month before, and between what was paid and what comes out now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samlop.benefit.statements import Kept, sums
from samlop.benefit.vocabulary import Change

CIRCUMSTANCES = (
    "lives_with_parents",
    "couple_without_children_both_in_programme",
    "other_benefits",
    "work_hours",
    "work_wage",
)
ABSENCE = ("absence_days", "absence_hours", "decided_ore")
PERIOD = ("programme_start", "programme_end", "unpaid_leave", "birth_date", "permit_granted", "arrived")


def since_last(
    before: tuple[list[Kept], Mapping[str, Any]] | None, lines: list[Kept], facts: Mapping[str, Any]
) -> list[str]:
    """Codes of what is new since last month's statement (its lines and facts; none where there was none)."""
    if before is None:
        return [Change.NEW.value]
    old_lines, old_facts = before
    found = []
    if _rates(old_lines, "rate") != _rates(lines, "rate"):
        found.append(Change.RATE)
    if _rates(old_lines, "basic_amount") != _rates(lines, "basic_amount"):
        found.append(Change.G)
    if sums(old_lines).get("ABSENCE", 0) != sums(lines).get("ABSENCE", 0):
        found.append(Change.ABSENCE)
    if _differ(old_facts, facts, CIRCUMSTANCES):
        found.append(Change.CIRCUMSTANCES)
    if _parts(old_lines) != _parts(lines):
        found.append(Change.PERIOD)
    return [change.value for change in found]


def because(old_facts: Mapping[str, Any], facts: Mapping[str, Any]) -> list[str]:
    """Codes of which facts differ, for a month that comes out otherwise than it was paid."""
    groups = (
        ("absence", ABSENCE),
        ("circumstances", CIRCUMSTANCES),
        ("period", PERIOD),
    )
    return [code for code, names in groups if _differ(old_facts, facts, names)]


def _differ(old: Mapping[str, Any], new: Mapping[str, Any], names: tuple[str, ...]) -> bool:
    return any(old.get(name) != new.get(name) for name in names)


def _rates(lines: list[Kept], name: str) -> set[Any]:
    return {line["values"].get(name) for line in lines if line["code"] == "BENEFIT"}


def _parts(lines: list[Kept]) -> int:
    """Paid days of the month, thirty for a whole one."""
    return sum(int(line["values"].get("paid_days", 0)) for line in lines if line["code"] == "BENEFIT")
