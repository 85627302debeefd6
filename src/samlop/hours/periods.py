"""Periods of the year as people paste them: one on each line, dates first, then words that say what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.time import parse_date
from samlop.hours.vocabulary import DayKind


@dataclass(frozen=True, slots=True)
class MarkedPeriod:
    """A period that is something else than ordinary programme; both days included."""

    first: date
    last: date
    kind: str
    note: str = ""


WORDS = (
    ("planleggingsdag", DayKind.PLANNING_DAY),
    ("plandag", DayKind.PLANNING_DAY),
    ("annet program", DayKind.OTHER_PROGRAMME),
    ("anna program", DayKind.OTHER_PROGRAMME),
    ("praksis", DayKind.OTHER_PROGRAMME),
    ("skolefri", DayKind.SCHOOL_FREE),
    ("skulefri", DayKind.SCHOOL_FREE),
    ("høstferie", DayKind.SCHOOL_FREE),
    ("haustferie", DayKind.SCHOOL_FREE),
    ("vinterferie", DayKind.SCHOOL_FREE),
    ("juleferie", DayKind.SCHOOL_FREE),
    ("påskeferie", DayKind.SCHOOL_FREE),
    ("sommerferie", DayKind.SCHOOL_FREE),
    ("sumarferie", DayKind.SCHOOL_FREE),
    ("ferie for deltakerne", DayKind.HOLIDAY),
    ("deltakerferie", DayKind.HOLIDAY),
    ("ferie", DayKind.HOLIDAY),
)
"""Words of a line that say what the days are; the first that is found. A school's own holiday is school-free, since
the participants have holiday only when the municipality says so."""

_DATE = r"\d{4}-\d{2}-\d{2}|\d{1,2}\s*[./]\s*\d{1,2}(?:\s*[./-]\s*(?:\d{4}|\d{2}))?\.?"
_LINE = re.compile(rf"^\s*({_DATE})\s*(?:(?:-|–|til|to)\s*({_DATE}))?\s*[:;,\t ]*(.*)$", re.IGNORECASE)


def read_periods(text: str, year: int, kind: str = "") -> list[MarkedPeriod]:
    """The periods of a pasted text; empty lines are left out. A date without a year is in ``year``.

    A line says what the days are by its words, or else they are ``kind``. Refuses ``unreadable_line`` with the line.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _LINE.match(line)
        if read is None:
            raise _unreadable(number, line)
        words = read[3].strip()
        what = next((one for word, one in WORDS if word in words.casefold()), kind)
        if not what:
            raise Refused(
                "unreadable_line",
                _("Linje %(number)s: Skriv hva dagene er, eller velg det i listen: «%(line)s»")
                % {"number": number, "line": line.strip()[:60]},
                "text",
            )
        try:
            first = _date(read[1], year)
            last = _date(read[2], year) if read[2] else first
        except ValueError:
            raise _unreadable(number, line) from None
        if last < first:
            text_ = _("Linje %(number)s: Siste dag er før første dag: «%(line)s»")
            raise Refused("unreadable_line", text_ % {"number": number, "line": line.strip()[:60]}, "text")
        found.append(MarkedPeriod(first, last, str(what), words[:200]))
    return found


def _date(text: str, year: int) -> date:
    return parse_date(re.sub(r"\s+", "", text), near=date(year, 7, 1))


def _unreadable(number: int, line: str) -> Refused:
    words = _("Linje %(number)s: Vi forstår ikke datoene. Skriv for eksempel «5.10.–9.10. høstferie»: «%(line)s»")
    return Refused("unreadable_line", words % {"number": number, "line": line.strip()[:60]}, "text")
