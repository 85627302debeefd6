"""The rule book as PDF: tagged, made once for each language."""

from __future__ import annotations

import functools

import typst

from samlop.core.pdf import letters
from samlop.law.rulebook_pdf import typst_source
from samlop.rulebook.reading import book


@functools.lru_cache(maxsize=4)
def printed(in_language: str) -> bytes:
    """The whole book; it does not change while the program runs."""
    source = '#set text(font: "Noto Sans")\n' + typst_source(book().values(), in_language)
    found: bytes | None = typst.compile(source.encode(), font_paths=letters(), pdf_standards=["ua-1"])
    if found is None:
        raise RuntimeError("The rule book gave no PDF")
    return found
