"""What is due about the municipality's year: the calendar not made, days without programme ahead, too much holiday.

The programme is all-year (integreringsloven §§ 13–14); the supervisor's usual finding is that it followed the school's
calendar (research/004 F3). The acts set no day for the calendar: it is needed before the days that it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.access.viewer import Viewer
from samlop.cases.caseload import Caseload
from samlop.cooperation.arrangements import owners_of
from samlop.cooperation.models import Task
from samlop.core.due import DueItem
from samlop.core.periods import in_force
from samlop.core.rights import Permission
from samlop.core.templatetags.samlop import day as written
from samlop.core.time import iso_week
from samlop.hours.counting import DayState
from samlop.hours.days import Days, days_between
from samlop.hours.year import YearCheck, year_check
from samlop.people.models import Membership
from samlop.people.vocabulary import Role

NEXT_YEAR_FROM_MONTH = 10
"""From October the next year's calendar is asked for, so that it is there before the new year."""
AUTUMN = (8, 1)
"""From when the school's free days are those of a new school year."""
AUTUMN_FROM_MONTH = 5
AHEAD = timedelta(weeks=8)
"""So long before a day without programme it is told of, so that there is time to fill it."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing to say of the year."""

    code: str
    what: str
    why: str
    due_on: date
    year: int


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """Lines of the municipality, for those of the answering unit who may change the calendar. Three queries at most."""
    viewer = caseload.viewer
    if viewer is None or viewer.municipality_id is None or not viewer.may(Permission.CONFIGURE):
        return []
    key = viewer.municipality_id
    case = next((case for case in caseload.cases.values() if case.municipality_id == key), None)
    if case is None:
        return []
    marks = days_between([key], date(on.year, 1, 1), date(on.year + 1, 12, 31))[key]
    told = list(_told(marks, on))
    if not told:
        return []
    unit_id = _unit(viewer, key, on)
    return [
        DueItem(
            code=one.code,
            case_id=case.pk,
            what=one.what,
            why=one.why,
            due_on=one.due_on,
            unit_id=unit_id,
            user_id=None,
            action=_("Se årskalenderen"),
            url=reverse("hours:year", args=[one.year]),
            of_municipality=True,
        )
        for one in told
    ]


def missing_year(years: set[int], on: date) -> int | None:
    """The year whose calendar should be made now: this one, and from October the next; ``years`` are those made."""
    wanted = [on.year, on.year + 1] if on.month >= NEXT_YEAR_FROM_MONTH else [on.year]
    return next((year for year in wanted if year not in years), None)


def _unit(viewer: Viewer, municipality_id: UUID, on: date) -> UUID | None:
    """The unit that answers for holiday weeks; the viewer's own where that one has nobody who may change the year."""
    owner = owners_of([municipality_id], Task.HOLIDAY_WEEKS).get(municipality_id)
    if owner is None or owner == viewer.unit_id:
        return viewer.unit_id
    able = Membership.objects.filter(in_force(on), unit_id=owner, role=Role.LEADER, user__is_active=True)
    return owner if able.exists() else viewer.unit_id


def _told(marks: Days, on: date) -> Iterator[_Told]:
    made = {day.year for day, kinds in marks.marked.items() if kinds}
    if (year := missing_year(made, on)) is not None:
        yield _not_made(year)
    if on.year in made and on.month >= AUTUMN_FROM_MONTH:
        autumn = date(on.year, *AUTUMN)
        if not any(day >= autumn for day in marks.marked if day.year == on.year):
            yield _no_autumn(autumn)
    for year in sorted(made):
        check = year_check(year, marks)
        yield from _empty(check, on)
        yield from _too_much(check, on)


def _not_made(year: int) -> _Told:
    return _Told(
        code="hours.year_to_make",
        what=_("Lag årskalenderen for %(year)s") % {"year": year},
        why=_(
            "Programmet skal være helårlig, så ferieuker og skolefrie dager må planlegges (integreringsloven §§ 13–14)."
        ),
        due_on=date(year - 1, 12, 31),
        year=year,
    )


def _no_autumn(autumn: date) -> _Told:
    return _Told(
        code="hours.autumn_to_mark",
        what=_("Legg inn skolefrie dager for høsten %(year)s") % {"year": autumn.year},
        why=_(
            "Ingen dager etter %(day)s er merket. Når skolen har fri, skal deltakerne ha annet program "
            "(integreringsloven §§ 13–14)."
        )
        % {"day": written(autumn)},
        due_on=autumn,
        year=autumn.year,
    )


def _empty(check: YearCheck, on: date) -> Iterator[_Told]:
    """The days without programme that come soon: one line for all of them, due on the first."""
    days = [day for day in check.empty_days if on <= day <= on + AHEAD]
    if not days:
        return
    weeks = [week.monday for week in check.uncovered_weeks if week.empty[-1] >= on and week.empty[0] <= on + AHEAD]
    if weeks:
        named = ", ".join(str(iso_week(one)) for one in weeks)
        what = ngettext(
            "Fyll uke %(weeks)s med program: skolen har fri",
            "Fyll ukene %(weeks)s med program: skolen har fri",
            len(weeks),
        ) % {"weeks": named}
        why = _("Programmet skal ikke følge skoleruten, men være helårlig (integreringsloven §§ 13–14).")
    else:
        what = ngettext("Fyll %(days)s dag uten program", "Fyll %(days)s dager uten program", len(days)) % {
            "days": len(days)
        }
        why = _("Den første er %(day)s. Programmet skal være helårlig og på full tid (integreringsloven §§ 13–14).") % {
            "day": written(days[0])
        }
    yield _Told("hours.days_without_programme", what, why, days[0], check.year)


def _too_much(check: YearCheck, on: date) -> Iterator[_Told]:
    """Holiday beyond what the participants have, while it can still be filled."""
    if not check.too_much_holiday:
        return
    free = (DayState.HOLIDAY, DayState.PLANNING_DAY)
    days = [day for week in check.weeks for day, state in week.days.items() if state in free]
    over = [day for day in sorted(days)[check.allowed_holiday :] if on <= day <= on + AHEAD]
    if over:
        yield _Told(
            code="hours.too_much_holiday",
            what=ngettext(
                "Fyll %(days)s feriedag for mye med program", "Fyll %(days)s feriedager for mye med program", len(over)
            )
            % {"days": len(over)},
            why=_("Deltakerne har %(allowed)s virkedager ferie i året (integreringsforskriften § 18).")
            % {"allowed": check.allowed_holiday},
            due_on=over[0],
            year=check.year,
        )
