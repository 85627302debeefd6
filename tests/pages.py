"""What tests read from a page."""

from __future__ import annotations

import re


def shown_first(page: str) -> dict[str, list[str]]:
    """What the forms of a page carry about what they showed when it was opened (``HouseForm.shown_first``)."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(initial-[^"]+|revision)"(?: value="([^"]*)")?', page):
        found.setdefault(name, []).append(value)
    return found
