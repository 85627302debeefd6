"""CSV as people save it: UTF-8 with or without a mark, UTF-16 or Windows' old Western set; semicolon, comma or tab."""

from __future__ import annotations

import codecs
import csv
import io

from django.utils.translation import gettext as _

from samlop.exchange.imports.errors import FileRefused

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL = 20_000


def decode(content: bytes) -> tuple[str, str]:
    """The text, and what was guessed. Raises ``FileRefused`` for what is not text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding), ""
    if b"\x00" in content:
        raise _not_text()
    try:
        return content.decode("utf-8"), ""
    except UnicodeDecodeError:
        guess = _("Filen er ikke lagret som UTF-8. Vi leste den som Windows-1252; se etter at navnene er riktige.")
        return _strict(content, "windows-1252"), guess


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text() from None


def _not_text() -> FileRefused:
    return FileRefused(
        "file_kind", _("Dette er ikke en liste vi kan lese. Lagre den som Excel (.xlsx) eller CSV (UTF-8).")
    )


def split(text: str, *, most_rows: int, most_columns: int) -> list[list[str]]:
    """The rows. The sign that divides the first line best divides them all. Raises ``FileRefused``."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    divider = max(";,\t", key=first.count)
    rows: list[list[str]] = []
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider):
            if len(row) > most_columns:
                raise FileRefused("file_columns", _("Filen har altfor mange kolonner. Bruk malen."))
            rows.append(row)
            if len(rows) > most_rows + 1 and any(cell.strip() for cell in row):
                raise too_many_rows(most_rows)
    except csv.Error:
        raise FileRefused(
            "file_broken", _("Filen er ødelagt: et anførselstegn mangler, eller en celle er altfor lang.")
        ) from None
    return rows


def too_many_rows(most_rows: int) -> FileRefused:
    return FileRefused(
        "file_rows",
        _("Filen har mer enn %(most)s rader. Del den i flere filer.") % {"most": f"{most_rows:,}".replace(",", " ")},
    )
