"""How much room a text takes when it is drawn, and where it breaks.

A drawing has no automatic lines, and the widths must do for every script the participants write in. They are close
enough for labels; the browser has the last word.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

_NARROW = frozenset("iljItf.,:;'’|!()[]«»\"-–/ ")
_WIDE = frozenset("mwMWÆØ@%—")
_SCRIPTS = [  # first code point → width of a letter in em
    (0x0000, 0.56),
    (0x0400, 0.62),  # Cyrillic
    (0x0530, 0.62),  # Armenian, Hebrew
    (0x0600, 0.54),  # Arabic
    (0x0900, 0.66),  # Indic scripts, Thai, Burmese, Georgian
    (0x1200, 0.86),  # Ethiopic
    (0x1400, 0.6),
    (0x2E80, 1.0),  # Chinese, Japanese, Korean
    (0xFB50, 0.54),  # Arabic forms
    (0xFF00, 1.0),
]
_STARTS = [start for start, _ in _SCRIPTS]


@lru_cache(maxsize=8192)  # the words of the drawing are the same from page to page
def width(text: str, size: float) -> float:
    """The width of a text in the unit of ``size``."""
    return sum(_em(char) for char in text) * size


def _em(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return 0.32
    if char in _WIDE:
        return 0.88
    em = _SCRIPTS[bisect_right(_STARTS, ord(char)) - 1][1]
    return em * 1.2 if char.isupper() else em


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most ``most`` lines that fit in ``room``; the last ends in «…» where there was more."""
    lines: list[str] = []
    line = ""
    for word in _pieces(text.split(), size, room):
        longer = f"{line} {word}".strip()
        if line and width(longer, size) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    if line:
        lines.append(line)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last} …", size) > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()} …"]


def _pieces(words: list[str], size: float, room: float) -> list[str]:
    """Words, those longer than a line cut to fit."""
    found = []
    for word in words:
        while width(word, size) > room and len(word) > 1:
            cut = next((at for at in range(1, len(word)) if width(word[: at + 1], size) > room), len(word))
            found.append(word[:cut])
            word = word[cut:]
        found.append(word)
    return found
