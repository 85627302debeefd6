"""The payroll file: what a Norwegian Excel and a payroll system read, and what it must not hold."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineWorkbook

from samlop.benefit.models import Payee, PayrollFile
from samlop.benefit.payroll import COLUMNS, as_csv, as_xlsx
from samlop.core.time import OSLO
from samlop.core.writing import writing
from samlop.people.models import PersonIdentifier
from tests.benefit.setting import approved, example, more
from tests.house import House

MADE = datetime(2026, 12, 3, 12, tzinfo=OSLO)
ROW = ("9701", "2026-11", "2026-12-12", "S-ABC", 1, "BENEFIT", "2026-11", 2275817, "=HYPERLINK(1)", "§ 20")


def rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf"), "Excel needs the byte order mark"
    assert "\r\n" in text
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_one_row_per_line_by_reference(house: House) -> None:
    example(house)
    more(house, 1)
    run = approved(house)
    head, *found = rows(bytes(PayrollFile.objects.get(run=run, kind="csv").content))
    assert tuple(head) == COLUMNS
    reference = Payee.objects.get(case=house.case).reference
    own = [dict(zip(head, row, strict=True)) for row in found if row[3] == reference]
    assert [(row["Linjeart"], row["Beløp"]) for row in own] == [("BENEFIT", "22758,17"), ("ABSENCE", "-2033,88")]
    assert own[0]["Kommunenummer"] == "9701"
    assert len(found) == 3
    assert [row[3] for row in found] == sorted(row[3] for row in found)


def test_no_name_and_no_number(house: House) -> None:
    example(house)
    with writing("test"):
        PersonIdentifier.objects.create(
            person=house.case.person, municipality=house.municipality, kind="birth_number", value="15839010009"
        )
    run = approved(house)
    for file in PayrollFile.objects.filter(run=run):
        content = bytes(file.content)
        text = content.decode("utf-8-sig") if file.kind == "csv" else str(sheet(content))
        assert "Amina" not in text
        assert "15839010009" not in text


def sheet(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_formula_is_only_text() -> None:
    assert rows(as_csv([ROW]))[1][8] == "'=HYPERLINK(1)"
    assert rows(as_csv([(*ROW[:7], -203388, "-tekst", "+x")]))[1][7:] == ["-2033,88", "'-tekst", "'+x"]


def test_the_spreadsheet_has_amounts_as_numbers_and_is_the_same_every_time() -> None:
    content = as_xlsx([ROW], MADE)
    assert content == as_xlsx([ROW], MADE)
    found = sheet(content)[1]
    assert Decimal(str(found[7])) == Decimal("22758.17")
    assert found[6] == "2026-11"
    assert date.fromisoformat(str(found[2])) == date(2026, 12, 12)
