"""The rules as a run knew them, and what has become known since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from samlop.law.dates import Month
from samlop.law.parameters import Book, Held, Rules, current_book

BENEFIT_RULES = ("basic_amount", "benefit.")
"""Parameters that the amount of a month rests on."""


def book() -> Book:
    """The rule book that the room works by."""
    return current_book()


def rules_on(known_on: date) -> Rules:
    """The rules as they were known on a day."""
    return book().as_known(known_on)


@dataclass(frozen=True)
class NewlyKnown:
    """A parameter that held otherwise in a month than a run knew."""

    before: Held | None
    after: Held


def known_since(month: Month, known_on: date, today: date) -> list[NewlyKnown]:
    """The parameters of the benefit that are known otherwise today than on the day of a run, for days of its month."""
    if known_on >= today:
        return []
    before, after = rules_on(known_on), rules_on(today)
    found: dict[str, NewlyKnown] = {}
    for name in after.lines:
        if not name.startswith(BENEFIT_RULES):
            continue
        for day in (month.first, month.last):
            old, new = before.find(name, day), after.find(name, day)
            if new is not None and (old is None or old.version != new.version):
                found[name] = NewlyKnown(old, new)
    return list(found.values())
