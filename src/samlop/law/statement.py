"""The benefit of a person-month as lines that can stand on a payslip."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from samlop.law import formatting
from samlop.law.acts import ActId
from samlop.law.dates import Month
from samlop.law.money import kroner_text
from samlop.law.texts import Note, say
from samlop.law.trace import Step

LineCode = Literal["BENEFIT", "ABSENCE", "PAID_WORK", "OTHER_BENEFIT", "FLOOR"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an amount in whole øre, rounded once, with the sentence that explains it."""

    code: LineCode
    ore: int
    text_code: str
    references: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, language: str = "nb") -> str:
        """What the line says, in `nb`, `nn` or `en`."""
        shown = {name: _shown(name, value, language) for name, value in self.values.items()}
        return say(f"line.{self.text_code}", language, **shown)

    def as_json(self, language: str = "nb") -> dict[str, Any]:
        """The line as the contract has it."""
        return {
            "code": self.code,
            "amount": kroner_text(self.ore),
            "text": self.text(language),
            "references": list(self.references),
        }


def _shown(name: str, value: Any, language: str) -> str:
    """A value inside a sentence. Names that end in `_days` and `_hours` carry their unit, `_ore` are amounts."""
    if isinstance(value, date):
        return formatting.day(value, language)
    if name.endswith("_ore"):
        return formatting.amount(value, language)
    for unit in ("days", "hours"):
        if name.endswith(unit):
            return formatting.count(value, unit, language)
    if isinstance(value, int | Fraction):
        return formatting.number(value, language)
    return say(str(value), language)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one participant gets for one month, and why. Amounts are whole øre."""

    act: ActId
    month: Month
    gross: int
    net: int
    not_taken: int
    requires_decision: bool
    lines: tuple[Line, ...]
    uncertain: tuple[Note, ...]
    trace: Step

    def as_json(self) -> dict[str, Any]:
        """The statement as `samlop law benefit` prints it."""
        return {
            "act": self.act,
            "month": str(self.month),
            "gross": kroner_text(self.gross),
            "net": kroner_text(self.net),
            "requires_decision": self.requires_decision,
            "lines": [line.as_json() for line in self.lines],
            "not_taken": kroner_text(self.not_taken),
            "uncertain": [note.as_json() for note in self.uncertain],
            "trace": self.trace.as_json(),
        }
