"""What can be wrong with a file: the whole of it, or single cells."""

from __future__ import annotations

from dataclasses import dataclass

from samlop.core.errors import Refused

MOST_ERRORS = 500
"""As many are told at once; the rest can wait until these are right."""


@dataclass(frozen=True)
class CellError:
    """One thing to put right. ``row`` is the number in the sheet, ``column`` its letter and head; the text never
    repeats what stands in the cell."""

    row: int
    column: str
    text: str

    def kept(self) -> dict[str, str | int]:
        return {"row": self.row, "column": self.column, "text": self.text}


class FileRefused(Refused):
    """The file as a whole cannot be read; the text says what to do."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text, "file")


def letter(column: int) -> str:
    """The letter of a column as spreadsheets show it, from 0: A, B … Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
