"""Everything a month's benefit is worked out from, read for many participants at once in a fixed number of queries.

Plain functions without a viewer, for commands and queries that have asked who may know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

from django.db.models import Q

from samlop.benefit.asking import Ask
from samlop.benefit.household import Family, Spouse, families_of, spouses_of
from samlop.benefit.models import Circumstance, PaidWork
from samlop.benefit.plain import digest, kept
from samlop.benefit.stops import Stops, signed_stops
from samlop.benefit.vocabulary import CircumstanceKind
from samlop.cases.models import Case
from samlop.core.time import OSLO
from samlop.hours.month import MonthFacts, months_of
from samlop.law.dates import Month, Period
from samlop.law.person_month import BenefitKind as LawKind
from samlop.law.person_month import OtherBenefit, PersonMonth
from samlop.people.vocabulary import Protection
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision
from samlop.programme.spans import CourseFact, course_facts

DAYS_OF_A_MONTH = 30
"""A part of a month is calendar days of thirty, as the benefit itself is counted."""
LOOK_BACK = timedelta(days=92)
"""How long after the last planned day a programme without a noted end is still asked about."""


@dataclass(frozen=True, slots=True)
class CaseMonth:
    """One participant's month before the calculation. ``person`` is missing where a date that is needed is missing."""

    case_id: UUID
    month: Month
    person: PersonMonth | None
    asks: tuple[Ask, ...] = ()
    decided_ore: int | None = None
    """What a signed decision says is deducted for absence, in øre."""

    def plain(self) -> dict[str, Any]:
        """The facts as they are kept."""
        return {**(kept(self.person) if self.person else {}), "decided_ore": self.decided_ore}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the facts and what is asked about them."""
        return digest([self.plain(), [ask.as_json() for ask in self.asks]])


def people_of(municipality_id: UUID, month: Month) -> list[UUID]:
    """The cases with a programme in the month, and those whose planned end has passed without a noted end.

    One that was stopped for good before the month is left out: that the end is to be noted is told on *Min dag*.
    """
    started = Q(course__start_on__lte=month.last)
    running = Q(course__ended_on__gte=month.first) | (
        Q(course__ended_on__isnull=True)
        & (Q(course__planned_end_on__isnull=True) | Q(course__planned_end_on__gte=month.first - LOOK_BACK))
    )
    closed_before = Q(closed_at__isnull=False, closed_at__date__lt=month.first)
    found = Case.objects.filter(started & running, municipality_id=municipality_id).exclude(closed_before)
    stopped = signed_stops().filter(data__mode="permanent", data__first_day__lte=month.first.isoformat())
    found = found.exclude(pk__in=stopped.values("case_id"))
    return list(found.order_by("pk").values_list("pk", flat=True))


def facts_of(case_ids: Collection[UUID], month: Month) -> dict[UUID, CaseMonth]:
    """What each case's month is worked out from. A fixed number of queries however many cases."""
    ids = list(case_ids)
    courses = course_facts(ids)
    rows = _Rows.read(ids, month)
    return {key: _case_month(key, month, courses[key], rows) for key in ids if key in courses}


@dataclass
class _Rows:
    """The rows behind the facts, by case."""

    attendance: Mapping[UUID, MonthFacts]
    circumstances: dict[UUID, list[Circumstance]]
    work: dict[UUID, PaidWork]
    closed: dict[UUID, date]
    moved_in: dict[UUID, date]
    protected: set[UUID]
    decided: dict[UUID, int]
    spouses: Mapping[UUID, Spouse]
    family: Mapping[UUID, Family]
    stops: Stops

    @classmethod
    def read(cls, ids: list[UUID], month: Month) -> _Rows:
        in_month = Q(valid_from__lte=month.last) & (Q(valid_to__isnull=True) | Q(valid_to__gte=month.first))
        circumstances: dict[UUID, list[Circumstance]] = defaultdict(list)
        for row in Circumstance.objects.filter(in_month, case_id__in=ids, withdrawn_at__isnull=True):
            circumstances[row.case_id].append(row)
        others = {one.other_case_id for rows in circumstances.values() for one in rows if one.other_case_id}
        work = PaidWork.objects.filter(case_id__in=ids, month=month.first, withdrawn_at__isnull=True)
        closed, moved_in, protected = {}, {}, set()
        special = Q(closed_at__isnull=False) | Q(continues__isnull=False) | ~Q(person__protection=Protection.NONE)
        wanted = ("pk", "closed_at", "person__protection", "continues_id", "settled_on")
        for key, moment, protection, continues, settled in Case.objects.filter(special, pk__in=ids).values_list(
            *wanted
        ):
            if continues is not None and settled is not None:
                moved_in[key] = settled
            if moment is not None:
                closed[key] = moment.astimezone(OSLO).date()
            if protection != Protection.NONE:
                protected.add(key)
        signed = Decision.objects.filter(
            case_id__in=ids, kind=DecisionKind.DEDUCTION, signed_at__isnull=False, data__month=str(month)
        ).exclude(replaced_by__signed_at__isnull=False)
        decided = {row.case_id: int(row.data["amount_ore"]) for row in signed.order_by("signed_at")}
        return cls(
            attendance=months_of(ids, month),
            circumstances=circumstances,
            work={row.case_id: row for row in work},
            closed=closed,
            moved_in=moved_in,
            protected=protected,
            decided=decided,
            spouses=spouses_of(others, month),
            family=families_of(ids),
            stops=Stops.read(ids),
        )


def _case_month(key: UUID, month: Month, course: CourseFact, rows: _Rows) -> CaseMonth:
    attended = rows.attendance.get(key, MonthFacts())
    asks = _asks(key, month, course, attended, rows)
    course = _here(course, rows.moved_in.get(key))
    stopped = rows.stops.last_day(key)
    if stopped is not None and stopped < month.first:  # nothing of the month is paid; what is paid back later still is
        asks = [ask for ask in asks if ask.code == "protected"]
    last = _last_day(course, rows.closed.get(key), stopped)
    if course.birth_date is None or course.permit_granted_on is None or course.first_day is None:
        return CaseMonth(key, month, None, tuple(asks))
    if last is not None and last < course.first_day:  # closed before it began: no programme, and nothing to ask
        return CaseMonth(key, month, None)
    person = PersonMonth(
        month=month,
        birth_date=course.birth_date,
        permit_granted=course.permit_granted_on,
        arrived=course.arrived_on,
        programme_start=course.first_day,
        programme_end=last,
        absence_days=attended.absence_days,
        absence_hours=attended.absence_hours,
        unpaid_leave=tuple(sorted(attended.unpaid_leave, key=lambda leave: (leave.first, leave.last))),
    )
    if work := rows.work.get(key):
        wage = None if work.wage_ore is None else Fraction(work.wage_ore, 100)
        person = replace(person, work_hours=Fraction(work.hours), work_wage=wage)
    if (days := _programme_days(person)) is not None:
        asks += rows.stops.asks(key, days)
    told = rows.circumstances.get(key, [])
    person, more = _with_circumstances(person, told, rows.spouses)
    if days is not None:
        linked = any(row.other_case_id for row in told)
        more += rows.family.get(key, Family()).asks(person, told, linked=linked)
    return CaseMonth(key, month, person, tuple(asks + more), rows.decided.get(key))


def _here(course: CourseFact, moved_in: date | None) -> CourseFact:
    """A programme that began in another municipality is paid here from the day the participant moved in."""
    if moved_in is None or course.first_day is None or moved_in <= course.first_day:
        return course
    return replace(course, first_day=moved_in)


def _last_day(course: CourseFact, closed: date | None, stopped: date | None) -> date | None:
    """The last day of the programme: at the latest the day the case is closed, and the day before it is stopped."""
    return min((day for day in (course.last_day, closed, stopped) if day is not None), default=None)


def _asks(key: UUID, month: Month, course: CourseFact, attended: MonthFacts, rows: _Rows) -> list[Ask]:
    found = []
    if course.birth_date is None:
        found.append(Ask("missing_birth_date"))
    if course.permit_granted_on is None:
        found.append(Ask("missing_permit"))
    if attended.missing_rolls:
        found.append(Ask("missing_rolls", str(attended.missing_rolls)))
    if attended.unsettled:
        found.append(Ask("unsettled_absence", str(attended.unsettled)))
    planned = course.last_day
    if planned is not None and not course.has_ended and planned < month.last and key not in rows.closed:
        found.append(Ask("end_not_noted", planned.isoformat()))
    if key in rows.protected:
        found.append(Ask("protected"))
    return found


def _with_circumstances(
    person: PersonMonth, rows: Iterable[Circumstance], spouses: Mapping[UUID, Spouse]
) -> tuple[PersonMonth, list[Ask]]:
    """The circumstances of the month. A lower rate holds only where it holds every day of the programme in the month:
    the law says nothing of a part, and the doubt should not cost the participant anything; the part is asked about.

    The rate for couples holds while both take part (integreringsloven § 20): when the other has ended or is stopped for
    good it is not used, and that is told; when the other is stopped for a time or on leave without benefit it is not
    used either, and that is asked about.
    """
    days = _programme_days(person)
    if days is None:
        return person, []
    rows = list(rows)
    asks = []
    benefits = [
        OtherBenefit(cast(LawKind, kind), Fraction(ore, 100), share)
        for kind, ore, share in shares_of([row for row in rows if row.monthly_ore is not None], person.month)
    ]
    flags: set[str] = set()
    for row in sorted(rows, key=lambda one: (one.kind, one.benefit, one.valid_from)):
        first, last = row.valid_from, row.valid_to or person.month.last
        if row.kind == CircumstanceKind.OTHER_BENEFIT:
            continue
        if row.kind == CircumstanceKind.COUPLE and row.other_case_id is not None:
            spouse = spouses.get(row.other_case_id)
            if first > days.last or last < days.first:
                continue
            if spouse is None or not spouse.takes_part(days):
                asks.append(Ask("spouse_not_in_programme"))
                continue
            if (away := spouse.away_in(days)) is not None:
                asks.append(Ask("spouse_away", f"{away.first.isoformat()}:{away.last.isoformat()}"))
                continue
            first, last = max(first, spouse.first), min(last, spouse.last or last)
        if first <= days.first and last >= days.last:
            flags.add(row.kind)
        elif first <= days.last and last >= days.first:
            asks.append(Ask("part_of_month_circumstance", f"{row.kind}:{first.isoformat()}"))
    person = replace(
        person,
        other_benefits=tuple(benefits),
        lives_with_parents=CircumstanceKind.WITH_PARENTS in flags,
        couple_without_children_both_in_programme=CircumstanceKind.COUPLE in flags,
    )
    return person, asks


def _programme_days(person: PersonMonth) -> Period | None:
    """The days of the month in the programme, first and last; leave is not taken out."""
    first = max(person.month.first, person.programme_start)
    last = min(person.month.last, person.programme_end or person.month.last)
    return Period(first, last) if first <= last else None


def shares_of(rows: Iterable[Circumstance], month: Month) -> list[tuple[str, int, Fraction]]:
    """Other benefits of a month: the code, øre a month, and the share of the month that each amount holds.

    Where amounts follow each other through the whole month, the last takes what is left, so that they are one month.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.benefit, one.valid_from)):
        assert row.monthly_ore is not None
        found[row.benefit].append((row.monthly_ore, days_inside(row.valid_from, row.valid_to, month)))
    shares = []
    for code, parts in found.items():
        left = DAYS_OF_A_MONTH
        covered = sum(days for _ore, days in parts) == month.last.day  # rows of one kind never overlap
        for number, (ore, days) in enumerate(parts, start=1):
            taken = left if covered and number == len(parts) else min(days, left)
            left -= taken
            if taken:
                shares.append((code, ore, Fraction(taken, DAYS_OF_A_MONTH)))
    return shares


def days_inside(valid_from: date, valid_to: date | None, month: Month) -> int:
    """Calendar days of a period in a month, both ends included."""
    first, last = max(valid_from, month.first), min(valid_to or month.last, month.last)
    return (last - first).days + 1


def share_of(valid_from: date, month: Month) -> Fraction:
    """The share of a month from a day on, in days of thirty."""
    days = days_inside(valid_from, None, month)
    return Fraction(1) if days == month.last.day else Fraction(min(days, DAYS_OF_A_MONTH), DAYS_OF_A_MONTH)
