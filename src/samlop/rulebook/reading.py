"""A rule as a page shows it: in the reader's language, with its numbers over time and its examples worked out."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from samlop.law.examples import Example
from samlop.law.explain import in_words, shown_value
from samlop.law.parameters import Parameter, Version
from samlop.law.refused import Refused
from samlop.law.rulebook import Chapter, rule_book, versions_in_order
from samlop.law.small_rules import answer_of
from samlop.law.texts import Note, say
from samlop.rulebook.answers import Answer, answer_in_words
from samlop.rulebook.words import TONES, Paragraph, day, language, paragraph


@dataclass(frozen=True)
class Number:
    """One value of a parameter. ``mark`` says how sure it is, ``tone`` colours it."""

    label: str
    value: str
    valid_from: str
    valid_to: str
    known_from: str
    paragraph: Paragraph
    mark: str
    tone: str


@dataclass(frozen=True)
class Question:
    """An open question of the law with its paragraphs."""

    text: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class WorkedExample:
    """An example: what is given, what follows, the paragraph it protects, and how the formulas find it."""

    name: str
    given: str
    then: str
    paragraph: Paragraph
    answer: Answer | None


@dataclass(frozen=True)
class Rule:
    """A chapter of the rule book, told."""

    id: str
    title: str
    text: str
    paragraphs: tuple[Paragraph, ...]
    numbers: tuple[Number, ...]
    questions: tuple[Question, ...]
    examples: tuple[WorkedExample, ...]


@functools.cache
def book() -> dict[str, Chapter]:
    """The chapters by id, in reading order; the book does not change while the program runs."""
    return {chapter.id: chapter for chapter in rule_book()}


def rule(chapter: Chapter) -> Rule:
    """A chapter in the reader's language."""
    return _rule(chapter.id, language())


@functools.lru_cache(maxsize=64)
def _rule(chapter_id: str, told_in: str) -> Rule:
    chapter = book()[chapter_id]
    return Rule(
        id=chapter.id,
        title=chapter.title.in_language(told_in),
        text=chapter.rule.in_language(told_in),
        paragraphs=tuple(map(paragraph, chapter.references)),
        numbers=tuple(number(p, version) for p in chapter.parameters for version in versions_in_order(p)),
        questions=tuple(map(question, chapter.questions)),
        examples=tuple(map(_worked, chapter.examples)),
    )


def number(parameter: Parameter, version: Version) -> Number:
    """One value of a parameter in words."""
    told_in = language()
    unit = "" if parameter.unit in ("date", "code") else say(f"unit_name.{parameter.unit}", told_in)
    return Number(
        label=parameter.label.in_language(told_in),
        value=f"{shown_value(version.value, told_in)} {unit}".strip(),
        valid_from=day(version.valid_from) if version.valid_from else say("rulebook.not_in_force", told_in),
        valid_to=day(version.valid_to) if version.valid_to else "",
        known_from=day(version.known_from),
        paragraph=paragraph(version.reference),
        mark=say(f"rulebook.evidence.{version.evidence}", told_in),
        tone=TONES[version.evidence],
    )


def question(note: Note) -> Question:
    return Question(note.text.in_language(language()), tuple(map(paragraph, note.references)))


def _worked(example: Example) -> WorkedExample:
    told_in = language()
    return WorkedExample(
        name=example.name.in_language(told_in),
        given=in_words({name: value for name, value in example.given.items() if value is not None}, told_in),
        then=in_words(example.then, told_in),
        paragraph=paragraph(example.protects),
        answer=_worked_out(example),
    )


def _worked_out(example: Example) -> Answer | None:
    """What the formulas answer now; none where the example is that they refuse."""
    try:
        return answer_in_words(answer_of(example))
    except Refused:
        return None
