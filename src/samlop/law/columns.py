"""Many person-months of one month as columns of whole numbers, ready for the vectorised path."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samlop.law.acts import act_of
from samlop.law.dates import Month
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS, PersonMonth, check_dates, wage_under_newer_act

Whole = NDArray[np.int64]
Ore = NDArray[np.int32]
Flags = NDArray[np.bool_]
Rows = slice | NDArray[np.intp]

# Hours have at most four decimals and amounts two, so both are whole numbers in these units.
HOUR_PARTS = 10_000
KRONE_PARTS = 100
# A programme without an end lasts past every month that is asked about.
NO_END = 10_000_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Person-months of one month. Dates are ordinals, hours ten-thousandths, amounts øre, `covered` one bit a day."""

    month: Month
    newer_act: Flags
    birth: Whole
    covered: NDArray[np.uint32]
    with_parents: Flags
    couple: Flags
    absence_days: Whole
    absence_hours: Whole
    work_hours: Whole
    work_wage: Whole
    other: Whole  # one row per kind, in the order of BENEFIT_KINDS

    def __len__(self) -> int:
        return len(self.birth)

    def rows(self, rows: Rows) -> "Columns":
        """Some of the rows."""
        return Columns(
            self.month,
            self.newer_act[rows],
            self.birth[rows],
            self.covered[rows],
            self.with_parents[rows],
            self.couple[rows],
            self.absence_days[rows],
            self.absence_hours[rows],
            self.work_hours[rows],
            self.work_wage[rows],
            self.other[:, rows],
        )


def day_mask(month: Month, first: Whole, last: Whole) -> NDArray[np.uint32]:
    """The days of a month from first to last (ordinals), one bit a day, the first of the month lowest."""
    start, length = month.first.toordinal(), month.last.day
    low = np.clip(first - start, 0, length)
    high = np.clip(last - start + 1, 0, length)
    ones = np.int64(1)
    return (np.maximum((ones << high) - (ones << low), 0)).astype(np.uint32)


def covered_mask(
    month: Month, starts: Whole, ends: Whole, leave_of: Whole, leave_first: Whole, leave_last: Whole
) -> NDArray[np.uint32]:
    """The days in the programme and not on leave. `leave_of` is the row that each leave belongs to."""
    covered = day_mask(month, starts, ends)
    np.bitwise_and.at(covered, leave_of, ~day_mask(month, leave_first, leave_last))
    return covered


def _whole(values: Iterable[int]) -> Whole:
    return np.array(list(values), dtype=np.int64)


def columns_of(people: Sequence[PersonMonth], rules: Rules) -> Columns:
    """The columns of person-months that are all in the same month; contradicting dates are refused as ever."""
    month = people[0].month
    for person in people:
        if person.month != month:
            raise ValueError("all person-months must be in the same month")
        check_dates(person)
    leaves = [(row, leave) for row, person in enumerate(people) for leave in person.unpaid_leave]
    ends = (NO_END if p.programme_end is None else p.programme_end.toordinal() for p in people)
    newer_act = [act_of(p.permit_granted, p.arrived, rules)[0] == "integreringsloven" for p in people]
    wages = (wage_under_newer_act(p) if newer else p.work_wage or 0 for p, newer in zip(people, newer_act, strict=True))
    other = np.zeros((len(BENEFIT_KINDS), len(people)), dtype=np.int64)
    for row, person in enumerate(people):
        for benefit in person.other_benefits:
            if benefit.share != 1:
                raise ValueError("a part of a month of another benefit is worked out one by one")
            other[BENEFIT_KINDS.index(benefit.kind), row] += int(benefit.monthly * KRONE_PARTS)
    return Columns(
        month=month,
        newer_act=np.array(newer_act),
        birth=_whole(p.birth_date.toordinal() for p in people),
        covered=covered_mask(
            month,
            _whole(p.programme_start.toordinal() for p in people),
            _whole(ends),
            _whole(row for row, _ in leaves),
            _whole(leave.first.toordinal() for _, leave in leaves),
            _whole(leave.last.toordinal() for _, leave in leaves),
        ),
        with_parents=np.array([p.lives_with_parents for p in people]),
        couple=np.array([p.couple_without_children_both_in_programme for p in people]),
        absence_days=_whole(p.absence_days for p in people),
        absence_hours=_whole(int(p.absence_hours * HOUR_PARTS) for p in people),
        work_hours=_whole(int(p.work_hours * HOUR_PARTS) for p in people),
        work_wage=_whole(int(wage * KRONE_PARTS) for wage in wages),
        other=other,
    )
