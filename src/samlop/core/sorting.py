"""Norwegian alphabetical order without help from the database: aa counts as å, and æ ø å come last."""

from __future__ import annotations

import unicodedata

# Characters after «z» in plain byte order; «z1» would come before «za», and Ærlend before Zahra.
_LAST = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}


def sort_key(text: str) -> str:
    """A plain ASCII-like string that sorts names as a Norwegian reader expects (compare with ``COLLATE "C"``)."""
    folded = text.casefold().replace("aa", "å")
    return "".join(_LAST.get(char) or _base(char) for char in unicodedata.normalize("NFC", folded)).strip()


def _base(char: str) -> str:
    decomposed = unicodedata.normalize("NFD", char)
    return "".join(part for part in decomposed if not unicodedata.combining(part)) or char


def search_key(text: str) -> str:
    """What a search compares: lower case without accents, so that «oystein» and «Øystein» are not confused but
    «José» is found by «jose»."""
    return " ".join(
        "".join(_base(c) if c not in "æøå" else c for c in unicodedata.normalize("NFC", text.casefold())).split()
    )
