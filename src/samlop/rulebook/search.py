"""Search in the rule book: all words must stand in a rule; what they stand in is told."""

from __future__ import annotations

from dataclasses import dataclass

from samlop.law.parameters import current_book
from samlop.rulebook.reading import Rule, book, rule

SHOWN = 4
"""Places of a rule that are shown under it; the rest is on its page."""


@dataclass(frozen=True)
class Found:
    """A rule, and the places in it where the words stand."""

    rule: Rule
    places: tuple[str, ...]


def rules() -> list[Rule]:
    """Every rule in reading order."""
    return [rule(chapter) for chapter in book().values()]


def find(words: str) -> list[Found]:
    """The rules that hold every word, in reading order."""
    wanted = words.casefold().split()
    return [Found(one, _places(one, wanted)) for one in rules() if all(word in _all_text(one) for word in wanted)]


def rule_of(reference: str) -> str | None:
    """The id of the first rule that rests on a paragraph; its act may be named in any of the languages."""
    name, sign, number = reference.partition(" § ")
    acts = [act.id for act in current_book().acts.values() if name in (act.id, act.name.nb, act.name.nn, act.name.en)]
    if not sign or not acts:
        return None
    wanted = f"{acts[0]} § {number}"
    for chapter in book().values():
        if wanted in map(str, chapter.references):
            return chapter.id
    for chapter in book().values():
        if any(wanted == str(version.reference) for one in chapter.parameters for version in one.versions):
            return chapter.id
    return None


def _parts(one: Rule) -> list[str]:
    numbers = dict.fromkeys(f"{n.label}: {n.value} ({n.paragraph.text})" for n in one.numbers)
    return [*numbers, *(q.text for q in one.questions), *(p.text for p in one.paragraphs)]


def _all_text(one: Rule) -> str:
    examples = (f"{e.name} {e.paragraph.text}" for e in one.examples)
    return " ".join([one.title, one.text, *_parts(one), *examples]).casefold()


def _places(one: Rule, wanted: list[str]) -> tuple[str, ...]:
    return tuple(part for part in _parts(one) if any(word in part.casefold() for word in wanted))[:SHOWN]
