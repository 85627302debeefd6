"""The municipality's year: mark days, take marks away, paste a whole school calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cooperation.arrangements import units_in
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.organisation import note as remember
from samlop.core.rights import Permission
from samlop.hours import stood
from samlop.hours.days import each_day, is_working_day
from samlop.hours.models import CalendarDay
from samlop.hours.periods import MarkedPeriod
from samlop.hours.vocabulary import DayKind
from samlop.people.models import Municipality

LONGEST_DAYS = 100
"""A period longer than this is a slip of the year."""


def _municipality(by: Viewer) -> Municipality:
    if by.municipality is None:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ingen årskalender."))
    return by.municipality


@command(permission=Permission.CONFIGURE)
def mark_days(
    *, periods: Sequence[MarkedPeriod], unit_id: UUID | None = None, seen: str | None = None, by: Viewer
) -> int:
    """Mark the working days of periods, for the whole municipality or for what one unit gives. Returns how many days.

    A day that was marked for the same is marked anew. Saturdays, Sundays and public holidays are left out.
    Refuses ``nothing_to_mark``, ``period_in_disorder``, ``out_of_range`` and ``unknown_value``. ``seen`` is what the
    page carried of the year (``hours.stood``): days that others have marked differently since are not marked over.
    """
    municipality = _municipality(by)
    if unit_id is not None and unit_id not in {unit.pk for unit in units_in(municipality.pk)}:
        raise Refused("unknown_value", _("Velg en enhet i kommunen."), "unit")
    days: dict[date, MarkedPeriod] = {}
    for period in periods:
        _check(period)
        days |= dict.fromkeys(filter(is_working_day, each_day(period.first, period.last)), period)
    if not days:
        text = _("Det er ingen arbeidsdager å merke. Helger og helligdager trenger du ikke å legge inn.")
        raise Refused("nothing_to_mark", text, "periods")
    standing = CalendarDay.objects.filter(_of(unit_id), municipality=municipality, day__in=days)
    if seen is not None:
        lost = [row for row in standing if (row.kind, row.note) != (days[row.day].kind, days[row.day].note[:200])]
        stood.check_days(municipality.pk, days, lost, seen, "text")
    standing.delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(municipality=municipality, unit_id=unit_id, day=day, kind=one.kind, note=one.note[:200])
        for day, one in days.items()
    )
    for period in periods:
        data = {"kind": period.kind, "from": period.first.isoformat(), "to": period.last.isoformat()}
        remember(by, "hours.days_marked", data)
    return done(len(days))


def _of(unit_id: UUID | None) -> Q:
    return Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)


def _check(period: MarkedPeriod) -> None:
    if period.kind not in DayKind.values:
        raise Refused("unknown_value", _("Velg et av valgene i listen."), "kind")
    if period.last < period.first:
        raise Refused("period_in_disorder", _("Siste dag kan ikke være før første dag."), "last_day")
    if (period.last - period.first).days > LONGEST_DAYS:
        text = _("Perioden er lengre enn %(days)s dager. Se om årstallet er riktig.") % {"days": LONGEST_DAYS}
        raise Refused("out_of_range", text, "last_day")


@command(permission=Permission.CONFIGURE)
def unmark_days(*, first: date, last: date, unit_id: UUID | None = None, seen: str | None = None, by: Viewer) -> int:
    """Take the marks of a period away, of the whole municipality or of one unit. Returns how many days.

    ``seen`` is what the page carried of the year (``hours.stood``).
    """
    municipality = _municipality(by)
    rows = CalendarDay.objects.filter(_of(unit_id), municipality=municipality, day__range=(first, last))
    if seen is not None:
        stood.check_days(municipality.pk, {row.day for row in rows}, rows, seen, "first_day")
    removed, __ = rows.delete()
    if not removed:
        raise Refused("nothing_to_mark", _("Det er ingen merkede dager i den perioden."), "first_day")
    remember(by, "hours.days_unmarked", {"from": first.isoformat(), "to": last.isoformat()})
    return done(removed)
