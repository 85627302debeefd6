"""Spreadsheets out: .xlsx with dates as dates, and never a formula made of what somebody typed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the heads, the rows, and lines of explanation (source, time) above the table."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Any]]
    above: Sequence[str] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The file. Text is always text: one that begins as a formula is marked as text in the cell too, so that it stays
    harmless when it is edited or copied on. Times are written without a zone, as they are given."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "dd.mm.yyyy"}),
            "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
            "text": book.add_format({"quote_prefix": True}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, formats)
    return out.getvalue()


def _write(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    top = len(sheet.above) + 1 if sheet.above else 0
    for number, line in enumerate(sheet.above):
        _cell(page, number, 0, line, formats)
    for column, head in enumerate(sheet.heads):
        page.write_string(top, column, str(head), formats["head"])
    for number, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            _cell(page, number, column, value, formats)
    widths = [
        max([len(str(head)), *(len(str(row[column])) for row in sheet.rows[:200] if row[column] is not None)])
        for column, head in enumerate(sheet.heads)
    ]
    for column, width in enumerate(widths):
        page.set_column(column, column, min(60, max(10, width + 2)))
    page.freeze_panes(top + 1, 1)
    if sheet.rows:
        page.autofilter(top, 0, top + len(sheet.rows), len(sheet.heads) - 1)


def _cell(page: Any, row: int, column: int, value: Any, formats: dict[str, Any]) -> None:
    match value:
        case None | "":
            return
        case bool():
            page.write_boolean(row, column, value)
        case int() | float() | Decimal():
            page.write_number(row, column, value)
        case datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), formats["moment"])
        case date():
            page.write_datetime(row, column, datetime(value.year, value.month, value.day), formats["day"])  # noqa: DTZ001
        case _:
            text = str(value)
            page.write_string(row, column, text, formats["text"] if text.startswith(_LOOKS_LIKE_FORMULA) else None)
