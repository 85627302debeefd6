"""The municipality's year, and how well the participants' weeks fill it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.sight import open_in, sees_any
from samlop.cases.vocabulary import CaseStatus
from samlop.cooperation.arrangements import units_in
from samlop.core.errors import Refused, not_found
from samlop.core.queries import query
from samlop.core.rights import Permission, Section
from samlop.core.time import today
from samlop.hours.counting import WeekSum, monday_of
from samlop.hours.coverage import Covered, covered, participants_weeks
from samlop.hours.days import Days
from samlop.hours.models import CalendarDay
from samlop.hours.year import YearCheck, year_check
from samlop.hours.year_due import missing_year
from samlop.people.models import Municipality, Unit

FIRST_YEAR, YEARS_AHEAD = 2015, 5


@dataclass(frozen=True)
class MarkedSpan:
    """Days after each other that are marked alike."""

    first: date
    last: date
    kind: str
    unit: Unit | None
    note: str
    days: int


@dataclass
class YearPage:
    """The year of the viewer's municipality."""

    municipality: Municipality
    check: YearCheck
    spans: list[MarkedSpan]
    may_change: bool
    units: list[Unit]
    coverage: list[Covered] = field(default_factory=list)
    participants: int = 0

    @property
    def is_made(self) -> bool:
        """Whether anybody has marked a day of the year."""
        return bool(self.spans)

    @property
    def gaps(self) -> list[Covered]:
        """Weeks where somebody is short."""
        return [week for week in self.coverage if week.short or week.with_empty_days]

    @property
    def coming_gaps(self) -> list[Covered]:
        """This week and those to come: what can still be filled."""
        return [week for week in self.gaps if week.monday >= monday_of(today())]

    @property
    def past_gaps(self) -> list[Covered]:
        return [week for week in self.gaps if week.monday < monday_of(today())]


def _municipality(viewer: Viewer, year: int) -> Municipality:
    if viewer.municipality is None or viewer.is_participant:
        raise Refused("no_municipality", _("Enheten din hører ikke til en kommune, og har ingen årskalender."))
    if not FIRST_YEAR <= year <= today().year + YEARS_AHEAD:
        raise not_found()
    return viewer.municipality


@query(scoped="the viewer's own municipality; participants from viewer.scope(Case) where the hours may be seen")
def year_page(viewer: Viewer, year: int) -> YearPage:
    """The page of one year. A fixed number of queries however many participants."""
    municipality = _municipality(viewer, year)
    rows = list(
        viewer.scope(CalendarDay).filter(day__year=year).select_related("unit").order_by("unit__name", "kind", "day")
    )
    marks = Days()
    for row in rows:
        marks.mark(row.day, row.unit_id, row.kind, row.note)
    page = YearPage(
        municipality=municipality,
        check=year_check(year, marks),
        spans=_spans(rows),
        may_change=viewer.may(Permission.CONFIGURE),
        units=units_in(municipality.pk),
    )
    if cases := _participants(viewer, municipality, date(year, 1, 1), date(year, 12, 31)):
        __, weeks = participants_weeks(cases, date(year, 1, 1), date(year, 12, 31), today())
        page.coverage, page.participants = covered(weeks), len(cases)
    return page


def _participants(viewer: Viewer, municipality: Municipality, first: date, last: date) -> list[UUID]:
    """The participants in a programme between two days, as far as the viewer sees their hours."""
    if not sees_any(viewer, Section.HOURS):
        return []
    rows = viewer.scope(Case).filter(open_in(viewer, Section.HOURS), municipality_id=municipality.pk)
    running = Q(course__ended_on__isnull=True, status=CaseStatus.ACTIVE) | Q(course__ended_on__gte=first)
    return list(rows.filter(running, course__start_on__lte=last).values_list("pk", flat=True))


def _spans(rows: list[Any]) -> list[MarkedSpan]:
    found: list[MarkedSpan] = []
    for row in rows:
        last = found[-1] if found else None
        alike = last is not None and (last.kind, last.unit, last.note) == (row.kind, row.unit, row.note)
        if last is not None and alike and row.day - last.last <= timedelta(days=4):  # over a weekend, or a holiday
            found[-1] = MarkedSpan(last.first, row.day, last.kind, last.unit, last.note, last.days + 1)
        else:
            found.append(MarkedSpan(row.day, row.day, row.kind, row.unit, row.note, 1))
    return sorted(found, key=lambda span: (span.first, span.last))


@query(scoped="asks whether the viewer's own municipality has marked any day of a year")
def year_to_make(viewer: Viewer, on: date) -> int | None:
    """The year whose calendar should be made now: this one, and from October the next; none where it is made."""
    if viewer.municipality is None or not viewer.may(Permission.CONFIGURE):
        return None
    days = viewer.scope(CalendarDay).filter(day__year__in=[on.year, on.year + 1]).values_list("day__year", flat=True)
    return missing_year(set(days.distinct()), on)


@dataclass(frozen=True)
class ShortParticipant:
    """A participant whose week is not full."""

    case: Case
    week: WeekSum


@dataclass
class WeekOfYear:
    """One week over the participants: those who are short."""

    monday: date
    covered: Covered | None
    short: list[ShortParticipant]


@query(scoped="participants from viewer.scope(Case) where the hours may be seen")
def week_of_year(viewer: Viewer, monday: date) -> WeekOfYear:
    """Who is short in a week, by name. A fixed number of queries however many participants."""
    municipality = _municipality(viewer, monday.year)
    end = monday + timedelta(days=6)
    cases = _participants(viewer, municipality, monday, end)
    __, weeks = participants_weeks(cases, monday, end, today())
    short = {key: ours[0] for key, ours in weeks.items() if ours and (ours[0].week.missing or ours[0].empty_days)}
    short = {key: week for key, week in short.items() if week.programme_days}
    named = Case.objects.filter(pk__in=short).select_related("person").order_by("person__sort_key")
    counted = covered(weeks)
    return WeekOfYear(
        monday, counted[0] if counted else None, [ShortParticipant(case, short[case.pk]) for case in named]
    )
