"""What each field is, so that export, logs, research extracts and deletion can decide without guessing.

``public`` says nothing of a person, ``personal`` does, ``sensitive`` is a special category or could harm if known,
``secret`` is never shown in lists, logs or exports (identity numbers, notes for named persons). Every model names
every one of its fields once; a test fails on a field that is not named.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Level(StrEnum):
    """Protection level of one field."""

    PUBLIC = "public"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SECRET = "secret"  # noqa: S105 – the name of a level


def classify(*, public: str = "", personal: str = "", sensitive: str = "", secret: str = "") -> Mapping[str, Level]:
    """Name each field once: ``classify(public="id status", personal="name")``. Raises ``ValueError`` on a repeat."""
    levels: dict[str, Level] = {}
    for level, names in (
        (Level.PUBLIC, public),
        (Level.PERSONAL, personal),
        (Level.SENSITIVE, sensitive),
        (Level.SECRET, secret),
    ):
        for name in names.split():
            if name in levels:
                raise ValueError(f"{name} is classified twice")
            levels[name] = level
    return levels
