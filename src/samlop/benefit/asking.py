"""What is asked before a month is paid."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to settle before the payment. ``about`` is what is asked (a count, an amount): another is another.

    ``basis`` is the fingerprint of the facts behind a question of the family: while they stand, an answer stands too.
    """

    code: str
    about: str = ""
    basis: str = ""

    def as_json(self) -> list[str]:
        return [self.code, self.about, *([self.basis] if self.basis else [])]
