"""What changes when the rules are better known: G arrives in May and works from the first of the month.

Nothing is corrected here. The answer is a list of differences per person and month, for two people to confirm.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from samlop.law.benefit import benefit
from samlop.law.dates import Month
from samlop.law.money import kroner_text
from samlop.law.parameters import Book, Held, Rules, current_book
from samlop.law.person_month import PersonMonth
from samlop.law.statement import Line, Statement
from samlop.law.trace import Step


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line that changes: whole øre before and after; 0 where there was or is no such line."""

    code: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter behind a difference: how it was known before and after."""

    before: Held | None
    after: Held


@dataclass(frozen=True, slots=True)
class Difference:
    """One person-month that comes out otherwise. `key` is the caller's own name for it, such as a case."""

    key: str
    month: Month
    before: Statement
    after: Statement
    lines: tuple[LineDifference, ...]
    changes: tuple[Change, ...]

    @property
    def net(self) -> int:
        """Whole øre to be paid (positive) or to be taken (negative)."""
        return self.after.net - self.before.net

    def as_json(self) -> dict[str, object]:
        """The difference as a report shows it."""
        return {
            "key": self.key,
            "month": str(self.month),
            "before": kroner_text(self.before.net),
            "after": kroner_text(self.after.net),
            "difference": kroner_text(self.net),
            "lines": [
                {"code": line.code, "before": kroner_text(line.before), "after": kroner_text(line.after)}
                for line in self.lines
            ],
            "because": [change.after.parameter.id for change in self.changes],
        }


def _sums(lines: Iterable[Line]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.code] = sums.get(line.code, 0) + line.ore
    return sums


def _line_differences(before: Statement, after: Statement) -> tuple[LineDifference, ...]:
    old, new = _sums(before.lines), _sums(after.lines)
    codes = dict.fromkeys([*old, *new])
    found = (LineDifference(code, old.get(code, 0), new.get(code, 0)) for code in codes)
    return tuple(line for line in found if line.before != line.after)


def _held(step: Step) -> Iterator[Held]:
    yield from step.parameters
    for inner in step.steps:
        yield from _held(inner)


def _changes(before: Statement, after: Statement) -> tuple[Change, ...]:
    """The parameters that have another version after than before, once each."""
    old = {held.parameter.id: held for held in _held(before.trace)}
    new = {held.parameter.id: held for held in _held(after.trace)}
    return tuple(
        Change(old.get(name), held)
        for name, held in new.items()
        if name not in old or old[name].version != held.version
    )


def _difference(key: str, person: PersonMonth, before: Rules, after: Rules) -> Difference | None:
    old, new = benefit(person, before), benefit(person, after)
    lines = _line_differences(old, new)
    if not lines and old.requires_decision == new.requires_decision and old.act == new.act:
        return None
    return Difference(key, person.month, old, new, lines, _changes(old, new))


def recalculate(
    months: Iterable[tuple[str, PersonMonth]],
    known_before: date,
    known_after: date | None = None,
    book: Book | None = None,
) -> list[Difference]:
    """The person-months that come out otherwise when the rules are known as on the later day (None: all we know)."""
    book = book or current_book()
    before, after = book.as_known(known_before), book.as_known(known_after)
    found = (_difference(key, person, before, after) for key, person in months)
    return [difference for difference in found if difference is not None]
