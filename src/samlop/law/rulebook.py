"""The rule book (Regelboken) as data: each rule in plain words, its paragraphs, its numbers over time, its examples.

Nothing is written twice: the numbers are the parameters that the formulas read, the examples are the tests, and the
open questions are those that the answers name. A page and a PDF are made from the same chapters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samlop.law.examples import Example, all_examples
from samlop.law.loading import DATA, BadRuleBook, load_yaml, reference_from, text_from
from samlop.law.parameters import Book, Parameter, Reference, Text, Version, current_book
from samlop.law.texts import Note, question

ANSWERED = frozenset({"benefit", "deadlines", "duration", "eligibility"})
"""The formulas with a command of their own; examples of other rules belong to the chapter that names them."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One rule: what it says and all that belongs to it."""

    id: str
    title: Text
    rule: Text
    references: tuple[Reference, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]
    questions: tuple[Note, ...]


def _parameters(starts: Iterable[str], book: Book) -> tuple[Parameter, ...]:
    prefixes = tuple(starts)
    return tuple(parameter for name, parameter in book.parameters.items() if name.startswith(prefixes))


def _examples(raw: Mapping[str, Any]) -> tuple[Example, ...]:
    """Examples stand with the paragraph they protect, or in the chapter that names the smaller rule they ask."""
    asks = raw.get("asks")
    if asks:
        named = (example for example in all_examples() if example.command in asks)
        return tuple(sorted(named, key=lambda example: asks.index(example.command)))
    answered = (example for example in all_examples() if example.command in ANSWERED)
    return tuple(example for example in answered if example.protects in raw["examples"])


def _chapter(raw: Mapping[str, Any], book: Book) -> Chapter:
    where = f"rulebook {raw['id']}"
    return Chapter(
        id=raw["id"],
        title=text_from(where, raw["title"]),
        rule=text_from(where, raw["rule"]),
        references=tuple(reference_from(where, line, book.acts) for line in raw["references"]),
        parameters=_parameters(raw["parameters"], book),
        examples=_examples(raw),
        questions=tuple(question(code) for code in raw["questions"]),
    )


def rule_book(book: Book | None = None) -> tuple[Chapter, ...]:
    """All chapters in reading order. A parameter that no chapter shows is an error: a hidden rule cannot be checked."""
    book = book or current_book()
    chapters = tuple(_chapter(raw, book) for raw in load_yaml(DATA / "rulebook.yaml"))
    shown = {parameter.id for chapter in chapters for parameter in chapter.parameters}
    hidden = set(book.parameters) - shown
    if hidden:
        raise BadRuleBook(f"no chapter shows {sorted(hidden)}")
    return chapters


def versions_in_order(parameter: Parameter) -> tuple[Version, ...]:
    """The values of a parameter over time, newest first; what is enacted but not in force stands on top."""

    def newest_first(version: Version) -> tuple[int, int, int]:
        if version.valid_from is None:
            return (0, 0, 0)
        return (1, -version.valid_from.toordinal(), -version.known_from.toordinal())

    return tuple(sorted(parameter.versions, key=newest_first))
