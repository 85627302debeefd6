"""From bytes to rows of cells. The content decides what kind of file it is, not its name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from samlop.exchange.imports import delimited, spreadsheet
from samlop.exchange.imports.errors import FileRefused

LARGEST = 20 * 1024 * 1024
"""Bytes in a file."""
MOST_ROWS = 10_000
"""Participants in a file."""
MOST_COLUMNS = 100

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"MZ")


@dataclass
class Sheet:
    """The cells of a file: rows as they are numbered in it, and where a formula stands in the place of a value.

    ``note`` says what had to be guessed (the encoding), empty when nothing.
    """

    rows: list[list[Any]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    kind: str = ""
    note: str = ""


def digest(content: bytes) -> str:
    """What the same file always gives."""
    return hashlib.sha256(content).hexdigest()


def read(content: bytes, name: str = "") -> Sheet:
    """The rows of a file. Raises ``FileRefused`` with a text that says what to do."""
    if not content.strip():
        raise FileRefused("file_empty", _("Filen er tom. Velg en fil med deltakere."))
    if len(content) > LARGEST:
        raise too_large()
    if content.startswith(_ZIP):
        found = spreadsheet.read(content, name, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        return Sheet(found.rows, found.formulas, "xlsx")
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            "file_locked_or_old",
            _(
                "Filen er beskyttet med passord, eller lagret i det gamle Excel-formatet (.xls). "
                "Ta bort passordet og lagre den som .xlsx."
            ),
        )
    if content.startswith(_OTHERS):
        raise wrong_kind()
    text, note = delimited.decode(content)
    rows = delimited.split(text, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    return Sheet(rows, set(), "csv", note)


def wrong_kind() -> FileRefused:
    return FileRefused("file_kind", _("Dette er ikke en liste vi kan lese. Lagre den som Excel (.xlsx) eller CSV."))


def too_large() -> FileRefused:
    return FileRefused(
        "file_too_large", _("Filen er større enn 20 MB. Del den i flere, eller ta bort bilder og andre ark.")
    )
