"""The payroll file: one row per payslip line, as csv and as a spreadsheet. docs/payroll.md describes the columns.

The payee is a reference, not a national identity number: the payroll system already has the number, and pairs it with
the reference once (personvernforordningen article 5: no more than the purpose needs).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from samlop.benefit.models import BenefitRun, Statement
from samlop.core.spreadsheet import CONTENT_TYPE
from samlop.law.money import kroner_text
from samlop.people.models import MunicipalityCode

COLUMNS = (
    "Kommunenummer",
    "Utbetalingsmåned",
    "Utbetalingsdag",
    "Referanse",
    "Linje",
    "Linjeart",
    "Gjelder måned",
    "Beløp",
    "Tekst",
    "Hjemmel",
)
CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": CONTENT_TYPE}
KINDS = tuple(CONTENT_TYPES)
AMOUNT = COLUMNS.index("Beløp")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[Any, ...]


def rows_of(run: BenefitRun, statements: Sequence[Statement], code: str) -> list[Row]:
    """The rows of the file in a fixed order: by reference, then line. Amounts are øre; ``code`` is the municipality."""
    found: list[Row] = []
    for one in sorted(statements, key=lambda statement: statement.reference):
        for number, line in enumerate(one.lines, start=1):
            month = line["values"]["month"][:7] if line["code"] == "CORRECTION" else f"{one.month:%Y-%m}"
            found.append(
                (
                    code,
                    f"{run.month:%Y-%m}",
                    run.pay_on.isoformat(),
                    one.reference,
                    number,
                    line["code"],
                    month,
                    line["ore"],
                    line["text"]["nb"].replace("\u00a0", " "),
                    "; ".join(line["references"]),
                )
            )
    return found


def _code(municipality_id: Any, day: date) -> str:
    held = MunicipalityCode.objects.filter(municipality_id=municipality_id, valid_from__lte=day).order_by("-valid_from")
    found = held.values_list("code", flat=True).first()
    return found or ""


def as_csv(found: Sequence[Row]) -> bytes:
    """Semicolons, decimal comma, CRLF and a byte order mark: what a Norwegian Excel opens as it is."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in found:
        writer.writerow([_cell(value, column) for column, value in enumerate(row)])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: Any, column: int) -> str:
    if column == AMOUNT:
        return kroner_text(value).replace(".", ",")
    text = str(value)
    return f"'{text}" if text.startswith(_LOOKS_LIKE_FORMULA) else text


def as_xlsx(found: Sequence[Row], made_at: datetime) -> bytes:
    """The same rows as a spreadsheet, amounts as numbers with two decimals. The same input gives the same bytes."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": made_at.astimezone(UTC).replace(tzinfo=None), "author": "Samløp"})
        head = book.add_format({"bold": True, "bottom": 1})
        money = book.add_format({"num_format": "#,##0.00"})
        text = book.add_format({"quote_prefix": True})
        page = book.add_worksheet("Lønnsfil")
        for column, name in enumerate(COLUMNS):
            page.write_string(0, column, name, head)
        for number, row in enumerate(found, start=1):
            for column, value in enumerate(row):
                if column == AMOUNT:
                    page.write_number(number, column, Decimal(kroner_text(value)), money)
                elif isinstance(value, int):
                    page.write_number(number, column, value)
                else:
                    marked = text if str(value).startswith(_LOOKS_LIKE_FORMULA) else None
                    page.write_string(number, column, str(value), marked)
        page.freeze_panes(1, 0)
        for column, width in enumerate((15, 17, 15, 13, 7, 16, 15, 13, 70, 28)):
            page.set_column(column, column, width)
    return out.getvalue()


def files(run: BenefitRun, statements: Sequence[Statement], made_at: datetime) -> dict[str, bytes]:
    """The file in every kind."""
    found = rows_of(run, statements, _code(run.municipality_id, run.month))
    return {"csv": as_csv(found), "xlsx": as_xlsx(found, made_at)}
