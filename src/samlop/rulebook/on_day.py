"""What held on a day, as it was known on a day: the two dates that every number of the rule book has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samlop.law.parameters import Rules, rules_known
from samlop.law.rulebook import Chapter
from samlop.rulebook.reading import Number, book, number
from samlop.rulebook.words import language


@dataclass(frozen=True)
class Holding:
    """A number that held; ``overdue`` when a new one should have come by then and was not known."""

    number: Number
    overdue: bool


@dataclass(frozen=True)
class HeldChapter:
    """The numbers of one rule that held; ``others`` is how many of its numbers did not hold that day."""

    id: str
    title: str
    holding: tuple[Holding, ...]
    others: int


def held_on(day: date, known_on: date) -> tuple[HeldChapter, ...]:
    """Every rule with what held on ``day``, as known on ``known_on``."""
    rules = rules_known(known_on)
    return tuple(_chapter(chapter, rules, day) for chapter in book().values() if chapter.parameters)


def _chapter(chapter: Chapter, rules: Rules, day: date) -> HeldChapter:
    found = [held for parameter in chapter.parameters if (held := rules.find(parameter.id, day))]
    return HeldChapter(
        id=chapter.id,
        title=chapter.title.in_language(language()),
        holding=tuple(Holding(number(held.parameter, held.version), rules.is_overdue(held, day)) for held in found),
        others=len(chapter.parameters) - len(found),
    )
