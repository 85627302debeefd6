"""A payslip told in plain words, in every language that has a file in ``words/``.

A new language is a new file: the same words as ``nb.yaml``, its own name and direction, and ``numbers`` – whose way of
writing amounts and dates it borrows. A test holds that no file lacks a word or a value.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from samlop.benefit.instalments import Due
from samlop.benefit.models import Correction
from samlop.benefit.statements import Kept
from samlop.law import formatting
from samlop.law.texts import LANGUAGES

HERE = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    code: str
    name: str
    direction: str
    numbers: str
    page: Mapping[str, str]
    lines: Mapping[str, str]
    terms: Mapping[str, str]

    def amount(self, ore: int) -> str:
        return formatting.amount(ore, self.numbers)

    def month(self, day: date) -> str:
        return formatting.month(day, self.numbers)

    def day(self, day: date) -> str:
        return formatting.day(day, self.numbers)

    def line(self, line: Kept) -> str:
        """What a kept line means, in plain words."""
        shown = {name: self._shown(name, value) for name, value in line["values"].items()}
        return self.lines[line["text_code"]].format(**shown)

    def _shown(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        if name.endswith("_ore"):
            return self.amount(abs(int(value)))
        if name in ("first", "last"):
            return self.day(date.fromisoformat(value))
        if name == "month":
            return self.month(date.fromisoformat(value))
        if name in ("rate", "kind"):
            return self.terms[value]
        for unit in ("days", "hours"):
            if name.endswith(unit):
                number = Fraction(value)
                form = "one" if number == 1 else "many"
                return f"{formatting.number(number, self.numbers)}\u00a0{self.terms[f'{unit}.{form}']}"
        return formatting.number(Fraction(value), self.numbers)


@functools.cache
def words() -> Mapping[str, Words]:
    """Every language, by code; bokmål, nynorsk and English first."""
    found = {path.stem: _read(path) for path in HERE.glob("*.yaml")}
    order = sorted(found, key=lambda code: (LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES), code))
    return {code: found[code] for code in order}


def _read(path: Path) -> Words:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Words(path.stem, raw["name"], raw["direction"], raw["numbers"], raw["page"], raw["lines"], raw["terms"])


def words_in(code: str) -> Words:
    """The words of a language; bokmål for one that has none yet."""
    return words().get(code) or words()["nb"]


def correction_line(row: Correction) -> Kept:
    """The line of a correction in the run that pays it, in every language of the payslip."""
    code = "correction.up" if row.difference_ore > 0 else "correction.down"
    values = {"month": row.month.isoformat(), "before_ore": row.before_ore, "after_ore": row.after_ore}
    line: Kept = {
        "code": "CORRECTION",
        "ore": row.difference_ore,
        "text_code": code,
        "text": {},
        "references": ["integreringsloven § 25"] if row.difference_ore < 0 else _references(row),
        "values": values,
        "why": row.why,
        "correction_id": str(row.pk),
    }
    line["text"] = {language: words_in(language).line(line) for language in LANGUAGES}
    return line


def instalment_line(due: Due) -> Kept:
    """The line of an instalment in the run that takes it: a correction of the month it is about."""
    line: Kept = {
        "code": "CORRECTION",
        "ore": -due.instalment.ore,
        "text_code": "instalment",
        "text": {},
        "references": ["integreringsloven § 25"],
        "values": {
            "month": due.correction.month.isoformat(),
            "number": due.instalment.number,
            "count": due.count,
            "total_ore": due.plan.ore,
            "rest_ore": due.rest_ore,
        },
        "instalment_id": str(due.instalment.pk),
    }
    line["text"] = {language: words_in(language).line(line) for language in LANGUAGES}
    return line


def _references(row: Correction) -> list[str]:
    return list(dict.fromkeys(reference for line in row.lines for reference in line.get("references", [])))
