"""xlsx, read without trusting it.

The package is opened by us, part by part and within limits; only the parts that hold one sheet's values are copied into
a new package, and that is what the reader gets. Nothing is run, nothing is fetched, macros and pictures are never
looked at, and a small file cannot swell.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import python_calamine
from django.utils.translation import gettext as _

from samlop.exchange.imports.delimited import too_many_rows
from samlop.exchange.imports.errors import FileRefused

MOST_PARTS = 2_000
MOST_BYTES = 80 * 1024 * 1024
"""Unpacked size of the parts that are read."""
SMALL_PART = 2 * 1024 * 1024
"""Unpacked size of the parts that describe the package."""

WANTED = "deltakere"
"""The sheet that is read where the file has several; otherwise the first."""

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TYPES, _ROOT = "[Content_Types].xml", "_rels/.rels"
_REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")


@dataclass
class Cells:
    """The rows of the sheet, and the places of formulas (row and column from 0)."""

    rows: list[list[Any]] = field(default_factory=list)
    formulas: set[tuple[int, int]] = field(default_factory=set)


def read(content: bytes, name: str, *, most_rows: int, most_columns: int) -> Cells:
    """The cells of the sheet «Deltakere», or of the first. Raises ``FileRefused``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read(package, name, most_rows, most_columns)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, ValueError):
        raise broken() from None
    except (ElementTree.ParseError, expat.ExpatError, python_calamine.CalamineError):
        raise broken() from None


def _read(package: zipfile.ZipFile, name: str, most_rows: int, most_columns: int) -> Cells:
    parts = package.infolist()
    names = {part.filename for part in parts}
    _refuse_unwanted(parts, names, package, name)
    title, sheet = _chosen(package)
    budget = MOST_BYTES
    copied: dict[str, bytes] = {}
    for part in (_TYPES, _ROOT, _WORKBOOK, _LINKS, "xl/styles.xml", "xl/sharedStrings.xml", sheet):
        if part in names:
            copied[part] = _unpack(package, part, budget)
            budget -= len(copied[part])
    formulas = _scan(copied[sheet], most_rows, most_columns)
    book = python_calamine.load_workbook(io.BytesIO(_pack(copied)))
    rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
    return Cells(rows, formulas)


def _refuse_unwanted(parts: list[zipfile.ZipInfo], names: set[str], package: zipfile.ZipFile, name: str) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("file_locked", _("Filen er beskyttet med passord. Ta bort passordet og lagre den på nytt."))
    if len(parts) > MOST_PARTS or len(names) != len(parts):
        raise broken()
    if _WORKBOOK not in names or _TYPES not in names:
        raise FileRefused("file_kind", _("Dette er ikke et Excel-ark. Lagre listen som Excel (.xlsx) eller CSV."))
    macros = any(part.lower().endswith("vbaproject.bin") for part in names)
    if macros or name.lower().endswith((".xlsm", ".xltm")) or b"macroEnabled" in _unpack(package, _TYPES, SMALL_PART):
        raise FileRefused(
            "file_macros", _("Filen inneholder makroer. Lagre den som vanlig Excel-arbeidsbok (.xlsx) uten makroer.")
        )


def _unpack(package: zipfile.ZipFile, part: str, most: int) -> bytes:
    """One part, at most so many bytes whatever the package says of itself. Raises ``FileRefused``."""
    info = package.getinfo(part)
    if info.file_size > most:
        raise _swells()
    with package.open(info) as stream:
        found = stream.read(most + 1)
    if len(found) > most:
        raise _swells()
    if b"<!DOCTYPE" in found or found.startswith((b"\xff\xfe", b"\xfe\xff")):
        # A spreadsheet never defines words of its own; a file that does wants them unfolded without end.
        raise broken()
    return found


def _swells() -> FileRefused:
    return FileRefused("file_swells", _("Filen blir altfor stor når den pakkes ut. Kopier listen over i malen."))


def broken() -> FileRefused:
    return FileRefused("file_broken", _("Filen er ødelagt eller ufullstendig. Åpne den i Excel og lagre den på nytt."))


def _chosen(package: zipfile.ZipFile) -> tuple[str, str]:
    """Name and part of the sheet to read."""
    book = ElementTree.fromstring(_unpack(package, _WORKBOOK, SMALL_PART))  # noqa: S314 – bounded, no DOCTYPE
    links = ElementTree.fromstring(_unpack(package, _LINKS, SMALL_PART))  # noqa: S314 – bounded, no DOCTYPE
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found = []
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), None)
            target = targets.get(key, "")
            found.append((sheet.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")))
    if not found:
        raise broken()
    return next((one for one in found if one[0].strip().casefold() == WANTED), found[0])


def _pack(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _scan(sheet: bytes, most_rows: int, most_columns: int) -> set[tuple[int, int]]:
    """Where formulas stand. Raises ``FileRefused`` for a cell far out: the reader makes room for all up to it."""
    scanner = _Scanner(most_rows, most_columns)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = scanner.start
    parser.Parse(sheet, True)
    return scanner.formulas


class _Scanner:
    """Follows row and cell as the reader does: by reference where there is one, else the next."""

    def __init__(self, most_rows: int, most_columns: int) -> None:
        self.most_rows, self.most_columns = most_rows, most_columns
        self.row, self.column = -1, -1
        self.formulas: set[tuple[int, int]] = set()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "c":
                self._cell(attributes.get("r"))
            case "v" | "is":
                self._refuse_far_out()
            case "f":
                self._refuse_far_out()
                self.formulas.add((self.row, self.column))

    def _cell(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
        else:
            found = _REFERENCE.match(reference)
            if not found:
                raise broken()
            self.row, self.column = int(found[2]) - 1, _number(found[1])

    def _refuse_far_out(self) -> None:
        """Only cells with a value count: empty ones with a frame are often left behind far down."""
        if self.row > self.most_rows + 100:
            raise too_many_rows(self.most_rows)
        if self.column >= self.most_columns:
            raise FileRefused("file_columns", _("Arket har celler langt ute til høyre. Kopier listen over i malen."))


def _number(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number - 1
