"""The plain words: every language says everything, and nothing is left as a code."""

from __future__ import annotations

import string

import pytest

from samlop.benefit.telling import words, words_in
from samlop.law.texts import has_text

LINES = [
    "benefit.whole", "benefit.part", "absence.both", "absence.days", "absence.hours", "paid_work.by_time",
    "paid_work.by_wage", "other_benefit.whole", "other_benefit.share", "floor", "correction.up", "correction.down",
    "instalment",
]  # fmt: skip


def places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", list(words()))
def test_every_language_has_every_word_and_value(code: str) -> None:
    bokmaal, other = words()["nb"], words()[code]
    for part in ("page", "lines", "terms"):
        ours, theirs = getattr(bokmaal, part), getattr(other, part)
        assert ours.keys() == theirs.keys()
        for name, text in ours.items():
            assert places(text) == places(theirs[name]), (code, name)
    assert other.direction in ("ltr", "rtl")
    assert other.numbers in ("nb", "nn", "en")


def test_every_line_of_the_law_has_plain_words() -> None:
    assert sorted(words()["nb"].lines) == sorted(LINES)
    assert all(has_text(f"line.{code}") for code in LINES if not code.startswith(("correction", "instalment")))


def test_a_language_without_words_gets_bokmaal() -> None:
    assert words_in("ti").code == "nb"
    assert list(words())[:3] == ["nb", "nn", "en"]
