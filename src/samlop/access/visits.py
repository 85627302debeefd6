"""The reading log as people take it in: what somebody opened in one minute is one visit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from samlop.access.models import Reading


@dataclass
class Visit:
    """What somebody opened in one minute, told once: when, who, why, and the parts."""

    row: Reading
    sections: list[str]


def visits(rows: Iterable[Reading]) -> list[Visit]:
    """The openings, those of the same person in the same minute, for the same reason and in the same way, together."""
    found: list[Visit] = []
    for _key, group in groupby(
        rows, key=lambda row: (f"{row.at:%Y%m%d%H%M}", row.user_id, row.unit_name, row.relation, row.taken)
    ):
        together = list(group)
        found.append(Visit(together[0], list(dict.fromkeys(row.section for row in reversed(together)))))
    return found
