"""Answers told as readable text in bokmål, nynorsk and English."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from samlop.identifiers import Checked
from samlop.law import formatting
from samlop.law.absence import reasons
from samlop.law.dates import Month
from samlop.law.deadlines import Deadline
from samlop.law.duration import Duration
from samlop.law.eligibility import Eligibility
from samlop.law.parameters import Held
from samlop.law.statement import Statement
from samlop.law.texts import Note, has_text, questions, reason, say
from samlop.law.trace import Step, plain

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_AMOUNT = re.compile(r"-?\d+\.\d\d")


def _references(references: Iterable[str]) -> str:
    joined = "; ".join(references)
    return f" [{joined}]" if joined else ""


def shown_value(value: Any, language: str) -> str:
    """A value of a trace or a parameter as people read it."""
    if isinstance(value, Fraction):
        return formatting.number(value, language)
    if isinstance(value, date):
        return formatting.day(value, language)
    if isinstance(value, Month):
        return formatting.month(value.first, language)
    code = f"value.{value}"
    return say(code, language) if has_text(code) else str(plain(value))


def _named(name: str, language: str) -> str:
    code = f"input.{name}"
    return say(code, language) if has_text(code) else name


def in_words(value: Any, language: str) -> str:
    """A value of an example, as JSON has it, as people read it: dates and amounts in words, lists in brackets."""
    if isinstance(value, Mapping):
        if set(value) == {"code"} and (note := _noted(str(value["code"]))):
            return note.text.in_language(language)
        return "; ".join(f"{_named(name, language)}: {in_words(part, language)}" for name, part in value.items()) or "–"
    if isinstance(value, list):
        return " ".join(f"({in_words(part, language)})" for part in value) or "–"
    if value is None:
        return "–"
    if isinstance(value, str) and _DATE.fullmatch(value):
        return formatting.day(date.fromisoformat(value), language)
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return formatting.month(date.fromisoformat(f"{value}-01"), language)
    if isinstance(value, str) and _AMOUNT.fullmatch(value):
        return formatting.amount(int(value.replace(".", "")), language)
    if isinstance(value, str) and (away := reasons().get(value)):
        return away.label.in_language(language).lower()
    # YAML reads 3.5 as a float; the shortest text of it is what stands in the file.
    return shown_value(Fraction(str(value)) if isinstance(value, float) else value, language)


def _noted(code: str) -> Note | None:
    """The reason or the open question with a code."""
    return reason(code) if has_text(f"reason.{code}") else questions().get(code)


def _held(held: Held, language: str) -> str:
    value = shown_value(held.version.value, language)
    since = formatting.day(held.valid_from, language)
    label = held.parameter.label.in_language(language)
    return f"{label}: {value} ({say('word.from', language)} {since}, {held.reference})"


def _inputs(step: Step, language: str) -> Iterable[str]:
    given = {
        name: value for name, value in step.inputs.items() if value not in (None, ()) and has_text(f"input.{name}")
    }
    if given:
        words = (f"{say(f'input.{name}', language)} {shown_value(value, language)}" for name, value in given.items())
        yield f"{say('word.given', language)}: {', '.join(words)}"


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a working in words: what came out, what went in and which numbers held, and the steps inside."""

    text: str
    details: tuple[str, ...]
    steps: tuple["Told", ...]


def told(step: Step, language: str) -> Told:
    """A trace in words, for a page to draw."""
    name = say(f"step.{step.name}", language)
    return Told(
        text=f"{name}: {shown_value(step.result, language)}{_references(step.references)}",
        details=(*_inputs(step, language), *(_held(held, language) for held in step.parameters)),
        steps=tuple(told(inner, language) for inner in step.steps),
    )


def _step(step: Told, depth: int = 0) -> Iterable[str]:
    indent = "  " * depth
    yield f"{indent}- {step.text}"
    for detail in step.details:
        yield f"{indent}  {detail}"
    for inner in step.steps:
        yield from _step(inner, depth + 1)


def _notes(heading: str, notes: Iterable[Note], language: str) -> Iterable[str]:
    listed = list(notes)
    if listed:
        yield ""
        yield say(heading, language)
        for note in listed:
            yield f"- {note.text.in_language(language)}{_references(note.references)}"


def _working(trace: Step, language: str) -> Iterable[str]:
    yield ""
    yield say("heading.working", language)
    yield from _step(told(trace, language))


def _told_statement(answer: Statement, language: str) -> Iterable[str]:
    month = formatting.month(answer.month.first, language)
    yield say("heading.benefit", language, month=month, act=say(f"act.{answer.act}", language))
    yield ""
    if not answer.lines:
        yield say("benefit.none", language)
    for line in answer.lines:
        yield f"{formatting.amount(line.ore, language):>18}  {line.text(language)}{_references(line.references)}"
    yield f"{formatting.amount(answer.net, language):>18}  {say('benefit.net', language)}"
    if answer.requires_decision:
        yield ""
        yield say("benefit.requires_decision", language)
    yield from _notes("heading.uncertain", answer.uncertain, language)
    yield from _working(answer.trace, language)


def _told_duration(answer: Duration, language: str) -> Iterable[str]:
    yield say(f"regime.{answer.regime}", language) + _references(answer.references)
    if answer.minimum_months:
        yield say("duration.minimum", language, months=answer.minimum_months)
    end = formatting.day(answer.latest_ordinary_end, language)
    yield say("duration.ordinary", language, months=answer.ordinary_months, end=end)
    yield say(f"duration.extension.{answer.extension}", language, months=answer.extension_months)
    yield from _notes("heading.discretion", answer.discretion, language)
    yield from _notes("heading.uncertain", answer.uncertain, language)
    yield from _working(answer.trace, language)


def _told_eligibility(answer: Eligibility, language: str) -> Iterable[str]:
    for name in ("right", "duty", "may_be_offered"):
        word = say("word.yes" if getattr(answer, name) else "word.no", language)
        yield f"{say(f'eligibility.{name}', language)}: {word}"
    yield from _notes("heading.reasons", answer.reasons, language)
    yield from _notes("heading.uncertain", answer.uncertain, language)
    yield from _working(answer.trace, language)


def _told_deadlines(answer: tuple[Deadline, ...], language: str) -> Iterable[str]:
    if not answer:
        yield say("deadlines.none", language)
    for deadline in answer:
        starts = say("deadlines.starts", language, starts=formatting.day(deadline.starts, language))
        yield f"- {deadline.text(language)} {starts}{_references(deadline.references)}"
    notes = {note.code: note for deadline in answer for note in deadline.uncertain}
    yield from _notes("heading.uncertain", notes.values(), language)


def _told_check(answer: Checked, language: str) -> Iterable[str]:
    verdict = say("number.valid" if answer.valid else "number.not_valid", language)
    yield f"{say(f'number.{answer.type}', language)}: {verdict}"
    if answer.synthetic:
        yield say("number.synthetic", language)
    if answer.reason:
        yield say(f"number.reason.{answer.reason}", language)


_TELLERS: dict[type, Callable[[Any, str], Iterable[str]]] = {
    Statement: _told_statement,
    Duration: _told_duration,
    Eligibility: _told_eligibility,
    tuple: _told_deadlines,
    Checked: _told_check,
}


def explain(answer: Statement | Duration | Eligibility | tuple[Deadline, ...] | Checked, language: str) -> str:
    """The answer as text that a person can read and check."""
    return "\n".join(_TELLERS[type(answer)](answer, language)) + "\n"
