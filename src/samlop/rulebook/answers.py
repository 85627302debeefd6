"""An answer of the law as a page draws it: what it says, its lines, what is uncertain, and how it was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from samlop.law import formatting
from samlop.law.deadlines import Deadline
from samlop.law.duration import Duration
from samlop.law.eligibility import Eligibility
from samlop.law.explain import Told, in_words, told
from samlop.law.small_rules import Values
from samlop.law.statement import Statement
from samlop.law.texts import Note, say
from samlop.rulebook.words import Paragraph, language, paragraph


@dataclass(frozen=True)
class Said:
    """A sentence with its paragraphs; ``amount`` where it is a line of a payslip."""

    text: str
    paragraphs: tuple[Paragraph, ...] = ()
    amount: str = ""


@dataclass(frozen=True)
class Notes:
    """Reasons, open questions or points of discretion under their heading. ``doubt`` marks what is not certain."""

    heading: str
    notes: tuple[Said, ...]
    doubt: bool


@dataclass(frozen=True)
class Answer:
    """The whole answer. ``total`` is what is paid, where there are lines."""

    heading: str = ""
    facts: tuple[Said, ...] = ()
    lines: tuple[Said, ...] = ()
    total: str = ""
    notes: tuple[Notes, ...] = ()
    working: Told | None = None


def answer_in_words(answer: Any) -> Answer:
    """A statement, a duration, an eligibility, a list of deadlines or the values of a smaller rule, in the reader's
    language."""
    match answer:
        case Statement():
            return _statement(answer)
        case Duration():
            return _duration(answer)
        case Eligibility():
            return _eligibility(answer)
        case tuple():
            return _deadlines(answer)
        case Values():
            return _values(answer)
    raise TypeError(type(answer).__name__)


def _said(text: str, references: Iterable[str] = (), amount: str = "") -> Said:
    return Said(text, tuple(map(paragraph, references)), amount)


def _notes(*groups: tuple[str, Iterable[Note]]) -> tuple[Notes, ...]:
    return tuple(_told_notes(groups))


def _told_notes(groups: Iterable[tuple[str, Iterable[Note]]]) -> Iterator[Notes]:
    for heading, notes in groups:
        listed = tuple(_said(note.text.in_language(language()), note.references) for note in notes)
        if listed:
            yield Notes(say(heading, language()), listed, doubt=heading != "heading.reasons")


def _statement(answer: Statement) -> Answer:
    in_language = language()
    month = formatting.month(answer.month.first, in_language)
    facts = [] if answer.lines else [say("benefit.none", in_language)]
    facts += [say("benefit.requires_decision", in_language)] if answer.requires_decision else []
    return Answer(
        heading=say("heading.benefit", in_language, month=month, act=say(f"act.{answer.act}", in_language)),
        facts=tuple(map(_said, facts)),
        lines=tuple(
            _said(line.text(in_language), line.references, formatting.amount(line.ore, in_language))
            for line in answer.lines
        ),
        total=formatting.amount(answer.net, in_language),
        notes=_notes(("heading.uncertain", answer.uncertain)),
        working=told(answer.trace, in_language),
    )


def _duration(answer: Duration) -> Answer:
    in_language = language()
    end = formatting.day(answer.latest_ordinary_end, in_language)
    facts = [_said(say("duration.ordinary", in_language, months=answer.ordinary_months, end=end))]
    if answer.minimum_months:
        facts.insert(0, _said(say("duration.minimum", in_language, months=answer.minimum_months)))
    facts.append(_said(say(f"duration.extension.{answer.extension}", in_language, months=answer.extension_months)))
    facts.append(_said(say(f"regime.{answer.regime}", in_language), answer.references))
    return Answer(
        facts=tuple(facts),
        notes=_notes(("heading.discretion", answer.discretion), ("heading.uncertain", answer.uncertain)),
        working=told(answer.trace, in_language),
    )


def _eligibility(answer: Eligibility) -> Answer:
    in_language = language()

    def line(name: str) -> Said:
        word = say("word.yes" if getattr(answer, name) else "word.no", in_language)
        return _said(f"{say(f'eligibility.{name}', in_language)}: {word}")

    return Answer(
        facts=tuple(map(line, ("right", "duty", "may_be_offered"))),
        notes=_notes(("heading.reasons", answer.reasons), ("heading.uncertain", answer.uncertain)),
        working=told(answer.trace, in_language),
    )


def _deadlines(answer: tuple[Deadline, ...]) -> Answer:
    in_language = language()
    facts = [
        _said(
            f"{deadline.text(in_language)} "
            + say("deadlines.starts", in_language, starts=formatting.day(deadline.starts, in_language)),
            deadline.references,
        )
        for deadline in answer
    ]
    doubts = {note.code: note for deadline in answer for note in deadline.uncertain}
    return Answer(
        facts=tuple(facts) or (_said(say("deadlines.none", in_language)),),
        notes=_notes(("heading.uncertain", doubts.values())),
    )


def _values(answer: Values) -> Answer:
    in_language = language()
    plain = answer.as_json()
    facts = (_said(in_words({name: plain[name]}, in_language)) for name in answer.values)
    return Answer(
        facts=tuple(facts),
        notes=_notes(("heading.uncertain", answer.uncertain)),
        working=told(answer.trace, in_language) if answer.trace else None,
    )
