"""Taking the extracts anew: every night, and when ``samlop extract`` is called."""

from __future__ import annotations

from collections.abc import Callable

from samlop.access.viewer import Viewer
from samlop.core.time import today
from samlop.effort.commands import take_extract
from samlop.effort.coverage import Period
from samlop.effort.extract import KEPT_HALF_YEARS, half_years
from samlop.effort.models import EffortExtract
from samlop.people.models import Municipality

Progress = Callable[[int, int], None]


def refresh(by: Viewer, *, all_periods: bool = False, progress: Progress | None = None) -> int:
    """Count the running half-year and the one before it (where things are still being put right) in every municipality.

    A municipality that has no extract yet – or every one, with ``all_periods`` – gets the older half-years too. Each
    municipality and period is a transaction of its own: a stop in the middle leaves the rest as they were. Returns the
    number of extracts taken.
    """
    recent, all_of = half_years(today(), 2), half_years(today(), KEPT_HALF_YEARS)
    known = set(EffortExtract.objects.values_list("municipality_id", flat=True).distinct())
    wanted: list[tuple[Municipality, Period]] = [
        (municipality, period)
        for municipality in Municipality.objects.filter(cases__isnull=False).distinct()
        for period in (all_of if all_periods or municipality.pk not in known else recent)
    ]
    for number, (municipality, period) in enumerate(wanted, start=1):
        take_extract(municipality=municipality, period=period, by=by)
        if progress:
            progress(number, len(wanted))
    return len(wanted)
