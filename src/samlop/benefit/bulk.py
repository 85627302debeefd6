"""The benefit of a month for many municipalities at once: from rows read to amounts, as exact as one at a time.

Most participants have a plain month – a whole programme, nothing deducted, nothing special – and go from the database
to columns without an object each. Whoever has anything more goes through the same facts as a run (``facts.py``), and
the few that the columns cannot hold are worked out by the exact path. ``tests/benefit/test_bulk.py`` holds the two
ways against each other.

For statistics, budgets and the benchmark; what is paid is always worked out by a run.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from samlop.benefit.facts import CaseMonth, facts_of
from samlop.benefit.statements import answer
from samlop.hours.month import UNAUTHORISED
from samlop.law.acts import act_of
from samlop.law.column_terms import NotInColumns
from samlop.law.columns import NO_END, Columns, Whole, columns_of, day_mask
from samlop.law.dates import Month
from samlop.law.parameters import Rules
from samlop.law.person_month import BENEFIT_KINDS, FIRST_PROGRAMME_DAY, PersonMonth, check_dates
from samlop.law.refused import Refused
from samlop.law.vector import amounts


@dataclass(frozen=True)
class Bulk:
    """Øre by case, in the order of ``case_ids``; ``unknown`` could not be worked out: a date is missing or wrong."""

    case_ids: list[UUID]
    gross: Whole
    net: Whole
    unknown: list[UUID]


SPECIAL = """
    SELECT case_id FROM hours_absence
     WHERE code = %(unauthorised)s AND withdrawn_at IS NULL AND first_day <= %(last)s AND last_day >= %(first)s
    UNION SELECT case_id FROM benefit_circumstance
     WHERE withdrawn_at IS NULL AND valid_from <= %(last)s AND (valid_to IS NULL OR valid_to >= %(first)s)
    UNION SELECT case_id FROM benefit_paidwork WHERE withdrawn_at IS NULL AND month = %(first)s
    UNION SELECT case_id FROM programme_decision
     WHERE kind IN ('leave', 'stop') AND status = 'signed' AND data->>'first_day' <= %(last_text)s
       AND (kind = 'stop' OR data->>'last_day' IS NULL OR data->>'last_day' >= %(first_text)s)
"""
"""Cases whose amount rests on more than the programme: unauthorised absence, circumstances, work, leave in the month, a
stop that has begun."""

# Days as ordinals, as Python and the columns count them: 1 is 1 January of year 1.
READ = f"""
WITH special AS ({SPECIAL}),
found AS (
    SELECT c.id, p.birth_date AS born, c.permit_granted_on AS granted, c.arrived_on AS arrived,
           GREATEST(k.start_on, CASE WHEN c.continues_id IS NOT NULL THEN c.settled_on END) AS start,
           LEAST(COALESCE(k.ended_on, k.planned_end_on), (c.closed_at AT TIME ZONE 'Europe/Oslo')::date) AS until
      FROM cases_case c
      JOIN people_person p ON p.id = c.person_id
      JOIN programme_course k ON k.case_id = c.id
     WHERE k.start_on <= %(last)s
)
SELECT f.id, f.born - DATE '0001-01-01' + 1, f.granted, f.arrived, f.start - DATE '0001-01-01' + 1,
       f.until - DATE '0001-01-01' + 1,
       s.case_id IS NOT NULL OR f.born IS NULL OR f.granted IS NULL OR f.born > f.granted OR f.start < f.granted
       OR f.start < %(first_ever)s OR f.start < f.born + INTERVAL '18 years'
       OR (f.arrived IS NOT NULL AND (f.arrived < f.born OR f.start < f.arrived)) OR f.until < f.start
  FROM found f LEFT JOIN special s ON s.case_id = f.id
 WHERE (f.until IS NULL OR f.until >= %(first)s) AND f.start <= %(last)s
"""  # noqa: S608 – only our own text is put in


def month_of_all(month: Month, rules: Rules) -> Bulk:
    """The benefit of everyone with a programme in the month, in every municipality."""
    given: dict[str, Any] = {
        "first": month.first,
        "last": month.last,
        "first_text": month.first.isoformat(),
        "last_text": month.last.isoformat(),
        "first_ever": FIRST_PROGRAMME_DAY,
        "unauthorised": UNAUTHORISED,
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, given)
        rows = cursor.fetchall()
    plain = [row for row in rows if not row[6]]
    special = facts_of([row[0] for row in rows if row[6]], month)
    return _together([_plain(plain, month, rules), worked_out(list(special.values()), rules)])


def _together(parts: list[Bulk]) -> Bulk:
    return Bulk(
        [key for part in parts for key in part.case_ids],
        np.concatenate([part.gross for part in parts]),
        np.concatenate([part.net for part in parts]),
        [key for part in parts for key in part.unknown],
    )


def _plain(rows: list[Any], month: Month, rules: Rules) -> Bulk:
    if not rows:
        return worked_out([], rules)
    keys, born, granted, arrived, start, until, _special = zip(*rows, strict=True)
    acts: dict[tuple[date, date | None], bool] = {}
    for pair in set(zip(granted, arrived, strict=True)):
        acts[pair] = act_of(pair[0], pair[1], rules)[0] == "integreringsloven"
    count = len(keys)
    none, no = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.bool_)
    columns = Columns(
        month=month,
        newer_act=np.array([acts[pair] for pair in zip(granted, arrived, strict=True)]),
        birth=np.array(born, dtype=np.int64),
        covered=day_mask(
            month,
            np.array(start, dtype=np.int64),
            np.array([NO_END if day is None else day for day in until], dtype=np.int64),
        ),
        with_parents=no,
        couple=no,
        absence_days=none,
        absence_hours=none,
        work_hours=none,
        work_wage=none,
        other=np.zeros((len(BENEFIT_KINDS), count), dtype=np.int64),
    )
    try:
        found = amounts(columns, rules)
    except NotInColumns:
        return exactly(list(facts_of(keys, month).values()), rules)
    return Bulk(list(keys), found.gross.astype(np.int64), found.net.astype(np.int64), [])


def worked_out(months: Collection[CaseMonth], rules: Rules) -> Bulk:
    """The benefit of months whose facts are read, by columns; the same amounts as ``exactly``."""
    people: list[PersonMonth] = []
    keys: list[UUID] = []
    unknown: list[UUID] = []
    decided: list[bool] = []
    parts = [one for one in months if one.person is not None and any(b.share != 1 for b in one.person.other_benefits)]
    if parts:  # a part of a month of another benefit: one at a time
        rest = {one.case_id for one in parts}
        return _together([exactly(parts, rules), worked_out([m for m in months if m.case_id not in rest], rules)])
    for one in months:
        if one.person is None or not _holds(one.person, rules):
            unknown.append(one.case_id)
            continue
        keys.append(one.case_id)
        people.append(one.person)
        decided.append(one.decided_ore is not None)
    if not people:
        return Bulk([], np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), unknown)
    try:
        found = amounts(columns_of(people, rules), rules)
        # A deduction that must be a decision is not taken before the decision is signed (``statements.answer``).
        waiting = found.requires_decision & ~np.array(decided)
        if waiting.any():
            people = [
                replace(person, absence_days=0, absence_hours=Fraction(0)) if wait else person
                for person, wait in zip(people, waiting, strict=True)
            ]
            found = amounts(columns_of(people, rules), rules)
    except NotInColumns:
        return exactly(months, rules)
    return Bulk(keys, found.gross.astype(np.int64), found.net.astype(np.int64), unknown)


def _holds(person: PersonMonth, rules: Rules) -> bool:
    """Whether the law's room takes the facts: dates in order, and a wage where the newer act needs it."""
    try:
        check_dates(person)
    except Refused:
        return False
    if person.work_hours and person.work_wage is None:
        return act_of(person.permit_granted, person.arrived, rules)[0] != "integreringsloven"
    return True


def exactly(months: Collection[CaseMonth], rules: Rules) -> Bulk:
    """The same, one at a time with every step."""
    known = [(one.case_id, answer(one, rules)) for one in months]
    found = [(key, result) for key, result in known if result.law is not None]
    return Bulk(
        [key for key, _result in found],
        np.array([result.gross for _key, result in found], dtype=np.int64),
        np.array([result.net for _key, result in found], dtype=np.int64),
        [key for key, result in known if result.law is None],
    )
