"""What the preview shows of a checked list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samlop.cases.importing import Judged, Verdict
from samlop.programme.importing import ROOM, Begun

MOST_LINES = 200
"""As many rows are shown; those that must be looked at come first."""


def lines(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """The rows to show: those like somebody, then the new, then the known, each in the order of the file."""
    order = {Verdict.ALIKE: 0, Verdict.NEW: 1, Verdict.KNOWN: 2}
    ranked = sorted(judged, key=lambda one: (order[one.verdict], one.row.number))
    return [_line(one) for one in ranked[:MOST_LINES]]


def _line(one: Judged) -> dict[str, Any]:
    details = one.row.details
    begun: Begun | None = one.row.more.get(ROOM)
    return {
        "row": one.row.number,
        "name": details.name,
        "birth_date": details.birth_date.isoformat() if details.birth_date else "",
        "unit": one.row.owner_unit.name,
        "contact": str(one.row.main_contact.user) if one.row.main_contact.user else "",
        "starts": begun.programme_start.isoformat() if begun and begun.programme_start else "",
        "decisions": len(list(begun.decisions())) if begun else 0,
        "verdict": one.verdict.value,
        "like": str(one.like.case.pk) if one.like else "",
        "like_name": one.like.person.name if one.like else "",
    }
