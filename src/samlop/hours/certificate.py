"""The hours on the certificate of participation (``programme.certificate.SOURCES``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from samlop.cases.models import Case
from samlop.hours.leaves import on_leave, pauses
from samlop.hours.models import Absence
from samlop.hours.sessions import Session, case_sessions
from samlop.hours.wording import hours as in_words
from samlop.law.dates import Period
from samlop.plan.vocabulary import StepKind
from samlop.programme.certificate import Group
from samlop.programme.spans import course_facts


def held(case: Case) -> Iterable[Group]:
    """Clock hours of each kind that the week's plan held, without the time somebody was away or on leave.

    From the first day here to the last. Nothing is said where no week was planned: that is not no hours. A fixed number
    of queries.
    """
    course = course_facts([case.pk])[case.pk]
    if course.first_day is None or course.last_day is None or course.last_day < course.first_day:
        return
    first, last = course.first_day, course.last_day
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for session, hours in _attended(case, case_sessions([case.pk], first, last)[case.pk], first, last):
        sums[session.content] += hours
    lines = tuple(
        (str(kind.label).capitalize(), in_words(sums[kind])) for kind in StepKind if sums.get(kind, Fraction(0)) > 0
    )
    yield Group(_("Timer etter ukeplanen, uten fravær og permisjon"), lines)


def _attended(case: Case, sessions: list[Session], first: date, last: date) -> Iterator[tuple[Session, Fraction]]:
    """The sessions with the hours left of each: none on a day away, on leave or stopped, and where somebody was away
    for some hours of a day, those are taken from the day's sessions in order."""
    leaves = pauses([case.pk], first, last).get(case.pk, [])
    days, part = _away(case, first, last)
    for session in sessions:
        if session.day in days or on_leave(leaves, session.day):
            continue
        gone = min(part.get(session.day, Fraction(0)), session.hours)
        if gone:
            part[session.day] -= gone
        yield session, session.hours - gone


def _away(case: Case, first: date, last: date) -> tuple[set[date], dict[date, Fraction]]:
    """Whole days away, and hours away on other days, whatever the reason."""
    days: set[date] = set()
    part: dict[date, Fraction] = defaultdict(Fraction)
    rows = Absence.objects.filter(case=case, withdrawn_at__isnull=True, first_day__lte=last, last_day__gte=first)
    for row in rows:
        if row.hours is None:
            days.update(Period(max(row.first_day, first), min(row.last_day, last)).days())
        else:
            part[row.first_day] += Fraction(row.hours)
    return days, part
