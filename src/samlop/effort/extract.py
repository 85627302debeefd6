"""What leaves a municipality for the county: counts per half-year, never persons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from samlop.cases.efforts import standing
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import add_months
from samlop.effort.coverage import Coverage, Period, coverages
from samlop.effort.facts import WITH_PHASE, in_period, nav_phases, stays
from samlop.effort.models import Counted
from samlop.people.models import Municipality
from samlop.people.vocabulary import Protection

KEPT_HALF_YEARS = 5
"""How many half-years a first extract counts: the running one and two whole years."""


def half_year(day: date) -> Period:
    """The half-year of a day. Fixed half-years, so that two overlapping periods cannot be subtracted."""
    first = date(day.year, 1 if day.month <= 6 else 7, 1)
    return Period(first, add_months(first, 6) - timedelta(days=1))


def half_years(until: date, number: int) -> list[Period]:
    """The half-year of a day and those before it, newest first."""
    found = [half_year(until)]
    while len(found) < number:
        found.append(half_year(found[-1].first - timedelta(days=1)))
    return found


def half_year_name(first: date) -> str:
    """«1. halvår 2026»."""
    return _("%(number)s. halvår %(year)s") % {"number": 1 if first.month == 1 else 2, "year": first.year}


def counts(municipality: Municipality, period: Period) -> Iterator[dict[str, Any]]:
    """The counts of one municipality: participants, in need and helped – in all and by phase – and efforts by kind of
    unit, kind and phase. Three queries."""
    cases = Case.objects.filter(municipality=municipality, person__protection=Protection.NONE)
    entries = JournalEntry.objects.filter(
        municipality=municipality, case__municipality=municipality, case__person__protection=Protection.NONE
    )
    whole, by_phase = coverages(stays(cases, period), nav_phases(entries, period), period)
    for coverage in (whole, *by_phase):
        yield from _people(coverage)
    efforts = in_period(standing(entries), period).annotate(phase=WITH_PHASE).order_by()
    for row in efforts.values("unit_kind", "effort", "phase").annotate(count=Count("pk")):
        yield {
            "what": Counted.EFFORTS,
            "phase": row["phase"],
            "unit_kind": row["unit_kind"],
            "kind": row["effort"],
            "count": row["count"],
        }


def _people(coverage: Coverage) -> Iterator[dict[str, Any]]:
    phase = coverage.phase.value if coverage.phase else ""
    for what, keys in (
        (Counted.PARTICIPANTS, coverage.participants),
        (Counted.IN_NEED, coverage.in_need),
        (Counted.HELPED, coverage.helped),
    ):
        yield {"what": what, "phase": phase, "count": len(keys)}
