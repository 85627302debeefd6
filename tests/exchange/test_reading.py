"""What a file is, decided by its content; and what is refused, plainly."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from samlop.exchange.imports import spreadsheet
from samlop.exchange.imports.errors import FileRefused, letter
from samlop.exchange.imports.reading import LARGEST, MOST_ROWS, read
from tests.exchange.files import HEADS, csv_file, repacked, xlsx_file

ROW = ("Åse", "Øverås", "", "2.4.1990", "norsk")


@pytest.mark.parametrize("divider", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_csv_in_every_usual_shape(divider: str, encoding: str) -> None:
    sheet = read(csv_file(ROW, divider=divider, encoding=encoding))
    assert sheet.rows == [list(HEADS), list(ROW)]
    assert sheet.kind == "csv"
    assert bool(sheet.note) == (encoding == "windows-1252"), "a guess is said"


def test_names_in_every_script_survive() -> None:
    assert read(csv_file(("محمد", "ተስፋይ", "", "", ""))).rows[1][:2] == ["محمد", "ተስፋይ"]


def test_quoted_cells_may_hold_the_divider_and_a_new_line() -> None:
    assert read(csv_file(('"Selam; Hanna"', '"Tes\nfay"', "", "", ""))).rows[1][:2] == ["Selam; Hanna", "Tes\nfay"]


def test_xlsx_with_dates_numbers_and_text() -> None:
    sheet = read(xlsx_file(("Åse", "Øverås", 12345678901, date(1990, 4, 2), "norsk")))
    assert sheet.kind == "xlsx"
    assert sheet.rows[1][:2] == ["Åse", "Øverås"]
    assert sheet.rows[1][2] == 12345678901
    assert sheet.rows[1][3].year == 1990


def test_the_sheet_called_deltakere_is_read_or_else_the_first() -> None:
    assert read(xlsx_file(ROW, sheets=("Annet", "Deltakere"))).rows[1][0] == "Åse"
    assert read(xlsx_file(ROW, sheets=("Ark1", "Ark2"))).rows[1][0] == "Åse"


def test_rows_keep_their_numbers_below_empty_ones() -> None:
    assert read(xlsx_file((), (), ROW)).rows[3][0] == "Åse"


def test_formulas_are_found_and_never_counted_out() -> None:
    sheet = read(xlsx_file(("=1+1", "Tesfay", "", "", "")))
    assert sheet.formulas == {(1, 0)}


REFUSED = {
    "empty": (b"", "tom"),
    "only spaces": (b" \r\n ", "tom"),
    "pdf": (b"%PDF-1.7 ...", "ikke en liste vi kan lese"),
    "picture": (b"\x89PNG\r\n", "ikke en liste vi kan lese"),
    "bytes": (b"a;b\x00\x00\x01", "ikke en liste vi kan lese"),
    "old Excel or with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "passord"),
    "too large": (b"a" * (LARGEST + 1), "20 MB"),
    "half a package": (xlsx_file(ROW)[:900], "ødelagt"),
    "another kind of package": (repacked(xlsx_file(ROW), xl__workbook_dot_xml=None), "ikke et Excel-ark"),
    "macros": (repacked(xlsx_file(ROW), xl__vbaProject_dot_bin=b"x"), "makroer"),
    "quote without end": (b'Fornavn;Etternavn\r\n"Selam;' + b"x" * 30_000, "ødelagt"),
    "too many rows": (csv_file(*[ROW] * (MOST_ROWS + 1)), "mer enn 10 000 rader"),
    "too many columns": (csv_file(heads=["x"] * 101), "altfor mange kolonner"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_is_refused_says_what_to_do(what: str) -> None:
    content, says = REFUSED[what]
    with pytest.raises(FileRefused) as refusal:
        read(content)
    assert says in refusal.value.text
    assert refusal.value.field == "file"


def test_macros_are_known_by_the_name_and_by_the_types_too() -> None:
    with pytest.raises(FileRefused, match="makroer"):
        read(xlsx_file(ROW), "liste.XLSM")
    with zipfile.ZipFile(io.BytesIO(xlsx_file(ROW))) as package:
        types = package.read("[Content_Types].xml")
    disguised = types.replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    with pytest.raises(FileRefused, match="makroer"):
        read(repacked(xlsx_file(ROW), **{"[Content_Types]_dot_xml": disguised}))


def test_a_package_with_a_password_on_its_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(xlsx_file(ROW))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1  # the mark of an encrypted part, in the list of parts
    with pytest.raises(FileRefused, match="passord"):
        read(bytes(content))


def test_a_small_file_cannot_swell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 1_000_000)
    bomb = b"<sst>" + b" " * 5_000_000 + b"</sst>"
    content = repacked(xlsx_file(ROW), xl__sharedStrings_dot_xml=bomb)
    assert len(content) < 50_000
    with pytest.raises(FileRefused, match="pakkes ut"):
        read(content)


def test_a_package_that_lies_of_its_size_cannot_swell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_BYTES", 1_000_000)
    bomb = b"<sst>" + b" " * 5_000_000 + b"</sst>"
    content = repacked(xlsx_file(ROW), xl__sharedStrings_dot_xml=bomb)
    lied = content.replace(len(bomb).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    assert lied != content
    with pytest.raises(FileRefused):
        read(lied)


def test_words_that_unfold_without_end_are_refused() -> None:
    unfolding = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    with pytest.raises(FileRefused, match="ødelagt"):
        read(repacked(xlsx_file(ROW), xl__sharedStrings_dot_xml=unfolding))


@pytest.mark.parametrize("cell", ["XFD2", "A1048576", "XFD1048576"])
def test_a_cell_far_out_makes_no_room_for_all_before_it(cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>Fornavn</t></is></c></row>'
        f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(FileRefused):
        read(repacked(xlsx_file(ROW), xl__worksheets__sheet1_dot_xml=sheet.encode()))


def test_letters_of_columns() -> None:
    assert [letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
