"""The hours that really come: the week's plan laid over the days of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Session:
    """One hour on one day, for a group or a participant. ``hours`` are clock hours (a fraction of an hour is exact)."""

    day: date
    starts: time
    ends: time
    provider: str
    content: str
    lessons: int | None
    place: str
    group_id: UUID | None
    slot_id: UUID

    @property
    def hours(self) -> Fraction:
        """Clock hours from start to end."""
        minutes = (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute
        return Fraction(minutes, 60)
