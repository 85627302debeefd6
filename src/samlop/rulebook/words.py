"""The language of the page as the law knows it, and the few words that only the pages need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from samlop.law import formatting
from samlop.law.loading import reference_from
from samlop.law.parameters import Reference, current_book
from samlop.law.texts import LANGUAGES

TONES = {"verified": "success", "own_knowledge": "warning", "uncertain": "warning"}
"""The tone of the tag that says how sure a number is."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph in the reader's language and where Lovdata has it."""

    text: str
    address: str


def language() -> str:
    """`nb`, `nn` or `en`."""
    code = (get_language() or "nb")[:2]
    return code if code in LANGUAGES else "nb"


def paragraph(reference: Reference | str) -> Paragraph:
    """A reference as a link. A text such as «integreringsloven § 20» is understood too."""
    acts = current_book().acts
    found = reference_from("page", reference, acts) if isinstance(reference, str) else reference
    name = acts[found.act].name.in_language(language())
    return Paragraph(f"{name} {found.paragraph.replace(' ', formatting.NO_BREAK)}", found.address)


def day(value: date | None) -> str:
    """A date in words; nothing gives a dash."""
    return formatting.day(value, language()) if value and value > date.min else "–"
