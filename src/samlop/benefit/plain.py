"""A person-month as plain values that can be kept, and back again: what a statement was worked out from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from samlop.law.dates import Month, Period
from samlop.law.person_month import OtherBenefit, PersonMonth

DATES = ("birth_date", "permit_granted", "arrived", "programme_start", "programme_end")
FLAGS = ("lives_with_parents", "couple_without_children_both_in_programme")
NUMBERS = ("absence_hours", "work_hours", "work_wage")


def kept(person: PersonMonth) -> dict[str, Any]:
    """Plain values: days as ISO text, exact numbers as «7/2»."""
    values: dict[str, Any] = {"month": str(person.month), "absence_days": person.absence_days}
    for name in DATES:
        value = getattr(person, name)
        values[name] = value.isoformat() if value else None
    for name in FLAGS:
        values[name] = getattr(person, name)
    for name in NUMBERS:
        value = getattr(person, name)
        values[name] = None if value is None else str(value)
    values["other_benefits"] = [
        [one.kind, str(one.monthly), *([str(one.share)] if one.share != 1 else [])] for one in person.other_benefits
    ]
    values["unpaid_leave"] = [[leave.first.isoformat(), leave.last.isoformat()] for leave in person.unpaid_leave]
    return values


def read_back(values: Mapping[str, Any]) -> PersonMonth:
    """The person-month that ``kept`` kept."""
    year, month = map(int, values["month"].split("-"))
    given: dict[str, Any] = {name: date.fromisoformat(values[name]) if values[name] else None for name in DATES}
    given |= {name: values[name] for name in FLAGS}
    given |= {name: None if values[name] is None else Fraction(values[name]) for name in NUMBERS}
    return PersonMonth(
        month=Month(year, month),
        absence_days=values["absence_days"],
        other_benefits=tuple(OtherBenefit(kind, *map(Fraction, parts)) for kind, *parts in values["other_benefits"]),
        unpaid_leave=tuple(
            Period(date.fromisoformat(first), date.fromisoformat(last)) for first, last in values["unpaid_leave"]
        ),
        **given,
    )


def digest(value: Any) -> str:
    """SHA-256 of plain values in a fixed written form."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def month_named(text: str) -> Month | None:
    """The month «2026-11», or none for anything else."""
    year, _, month = text.partition("-")
    if len(text) != 7 or not (year.isdigit() and month.isdigit() and text.isascii()):
        return None
    return Month(int(year), int(month)) if 1 <= int(month) <= 12 and 2003 <= int(year) <= 2100 else None
