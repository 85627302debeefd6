"""Files that people send, and files that they should not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from samlop.identifiers import synthetic_birth_number

HEADS = ("Fornavn", "Etternavn", "Fødselsnummer", "Fødselsdato", "Språk")


def csv_file(*rows: Sequence[str], heads: Sequence[str] = HEADS, divider: str = ";", encoding: str = "utf-8") -> bytes:
    """A csv file; cells are written as they are."""
    return "\r\n".join(divider.join(row) for row in (heads, *rows)).encode(encoding)


def xlsx_file(*rows: Sequence[Any], heads: Sequence[str] = HEADS, sheets: Sequence[str] = ("Deltakere",)) -> bytes:
    """An xlsx file; dates are dates, and a text that begins with = is a formula."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for name in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate((heads, *rows)):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, cell, day)
                    else:
                        sheet.write(number, column, cell)
    return out.getvalue()


def repacked(content: bytes, **parts: bytes | None) -> bytes:
    """The package with parts added, changed (``__`` stands for /, ``_dot_`` for .) or taken away."""
    changes = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def people(count: int) -> list[tuple[str, ...]]:
    """So many people with numbers, all different."""
    found = []
    for number in range(count):
        born = date(1960 + number % 40, 1 + number % 12, 1 + number % 28)
        found.append(
            (
                f"Navn{_letters(number)}",
                f"Etternavn{_letters(number * 7)}",
                synthetic_birth_number(born, number // 60),
                "",
                "ti",
            )
        )
    return found


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
