"""From a day and a time on the wall to a moment, also on the two nights when the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.time import OSLO, parse_clock


def moment(day: date, clock: time, field: str = "clock") -> datetime:
    """The moment of a time on a day in Norway.

    A time that comes twice (the night to winter time) is the first of the two. Refuses ``time_missing`` for one that
    the night to summer time leaps over.
    """
    wanted = datetime.combine(day, clock)
    found = wanted.replace(tzinfo=OSLO, fold=0)
    back = found.astimezone(UTC).astimezone(OSLO)
    if back.replace(tzinfo=None) != wanted:
        raise Refused(
            "time_missing",
            _("Klokka stilles fram denne natten, så %(clock)s finnes ikke. Velg et annet klokkeslett.")
            % {"clock": f"{clock:%H.%M}"},
            field,
        )
    return found


__all__ = ["moment", "parse_clock"]
