"""A kept statement shown with everything that explains it: its open questions and its whole working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language

from samlop.benefit.models import Statement
from samlop.benefit.plain import read_back
from samlop.benefit.rules_known import rules_on
from samlop.law.benefit import benefit
from samlop.law.explain import explain
from samlop.law.refused import Refused as LawRefused
from samlop.law.texts import LANGUAGES, question


@dataclass(frozen=True)
class Shown:
    """A statement with everything that explains it."""

    sheet: Any
    notes: list[Any]
    working: str
    agrees: bool
    """Whether the kept facts and the rules of then still come to the kept amount."""


def shown(one: Any, language: str = "") -> Shown:
    """A statement or draft with its notes and its working, told in a language (the reader's own if left out)."""
    language = language or reading_language()
    working, agrees = "", True
    facts = {name: value for name, value in one.facts.items() if name != "lines"}
    if facts.get("birth_date"):
        try:
            told = benefit(read_back(facts), rules_on(_known_on(one)))
            agrees = told.net == one.net_ore
            working = explain(told, language)
        except LawRefused:
            agrees = False
    return Shown(one, [question(code) for code in one.uncertain], working, agrees)


def _known_on(one: Any) -> date:
    return one.rules_known_on if isinstance(one, Statement) else one.run.rules_known_on


def reading_language() -> str:
    """The language of the page, if the law's room knows it."""
    language = (get_language() or "nb")[:2]
    return language if language in LANGUAGES else "nb"
