"""From the facts of a month to payslip lines: the law's answer, kept in three languages, and what must be asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from samlop.benefit.asking import Ask
from samlop.benefit.facts import CaseMonth
from samlop.law.benefit import benefit
from samlop.law.money import exact_text, to_ore
from samlop.law.parameters import Rules
from samlop.law.refused import Refused
from samlop.law.statement import Line
from samlop.law.statement import Statement as LawStatement
from samlop.law.texts import LANGUAGES

Kept = dict[str, Any]
"""A line as it is kept: ``code``, ``ore``, ``text`` by language, ``references``, ``values``."""


@dataclass(frozen=True)
class Answer:
    """What a month comes to. ``law`` is missing where it cannot be worked out; then ``asks`` says what is missing."""

    law: LawStatement | None
    lines: list[Kept] = field(default_factory=list)
    asks: tuple[Ask, ...] = ()

    @property
    def gross(self) -> int:
        return self.law.gross if self.law else 0

    @property
    def net(self) -> int:
        return self.law.net if self.law else 0


def answer(case_month: CaseMonth, rules: Rules) -> Answer:
    """The benefit of the month, and what must be asked before it is paid.

    A deduction that must be a decision (integreringsloven § 46) is left out until the decision is signed; what is then
    too much is taken as a correction.
    """
    person = case_month.person
    if person is None:
        return Answer(None, asks=case_month.asks)
    try:
        law = benefit(person, rules)
        asks = list(case_month.asks)
        if law.requires_decision and case_month.decided_ore is None:
            asks.append(Ask("decision_needed", str(-_absence(law))))
            law = benefit(replace(person, absence_days=0, absence_hours=Fraction(0)), rules)
        elif law.requires_decision and case_month.decided_ore != -_absence(law):
            asks.append(Ask("decision_differs", str(case_month.decided_ore)))
    except Refused as refusal:
        return Answer(None, asks=(*case_month.asks, Ask("contradiction", refusal.field[:80])))
    lines = [keep(line) for line in law.lines]
    _tell_rates(lines, law)
    return Answer(law, lines, tuple(asks))


def _tell_rates(lines: list[Kept], law: LawStatement) -> None:
    """What a day and an hour are worth, in øre, on the lines that take them: so that they can be told."""
    steps = {"ABSENCE": "absence", "PAID_WORK": "paid_work"}
    found = {step.name: step.inputs for step in law.trace.steps}
    for line in lines:
        inputs = found.get(steps.get(line["code"], ""), {})
        for name in ("day_rate", "hour_rate"):
            if name in inputs:
                line["values"][f"{name}_ore"] = to_ore(inputs[name])


def _absence(law: LawStatement) -> int:
    return sum(line.ore for line in law.lines if line.code == "ABSENCE")


def keep(line: Line) -> Kept:
    """A line of the law's room as plain values, with its sentence in every language."""
    return {
        "code": line.code,
        "ore": line.ore,
        "text_code": line.text_code,
        "text": {language: line.text(language) for language in LANGUAGES},
        "references": list(line.references),
        "values": {name: _plain(value) for name, value in line.values.items()},
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return exact_text(value) if isinstance(value, Fraction) else value


def sums(lines: list[Kept]) -> dict[str, int]:
    """Øre by line code."""
    found: dict[str, int] = {}
    for line in lines:
        found[line["code"]] = found.get(line["code"], 0) + line["ore"]
    return found
