"""Participants with a programme, an absence and a run: what the tests of the benefit are about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch

from samlop.benefit.commands.run import approve_run, start_run
from samlop.benefit.models import BenefitRun, Statement
from samlop.benefit.preparing import work
from samlop.cases.models import Case
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.hours.models import Absence
from samlop.people.models import Person
from samlop.programme.models import Course, Decision
from tests.house import House, case, person

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
AFTER = date(2026, 12, 3)
"""A day when November 2026 can be paid."""


def give_programme(
    which: Case,
    *,
    born: date | None = date(1990, 4, 2),
    granted: date | None = date(2025, 3, 1),
    start: date = date(2026, 1, 12),
    planned_end: date | None = None,
    ended: date | None = None,
) -> Case:
    """A course and the dates the law asks about."""
    with writing("test"):
        Person.objects.filter(pk=which.person_id).update(birth_date=born)
        Case.objects.filter(pk=which.pk).update(permit_granted_on=granted, arrived_on=None)
        Course.objects.update_or_create(
            case=which,
            defaults={
                "municipality_id": which.municipality_id,
                "start_on": start,
                "planned_end_on": planned_end,
                "ended_on": ended,
                "end_reason": "work" if ended else "",
            },
        )
    which.refresh_from_db()
    return which


def more(house: House, number: int, **dates: Any) -> list[Case]:
    """More participants of the house's unit, with the adviser in the team."""
    found = []
    for index in range(number):
        made = case(house, person(house.municipality, f"Deltaker{index:03d}", "Aasen"), team=("adviser",))
        found.append(give_programme(made, **dates))
    return found


def away(
    which: Case, day: date, last: date | None = None, *, hours: str | None = None, code: str = "ULEGITIMERT"
) -> Absence:
    """An absence that somebody has settled."""
    with writing("test"):
        made: Absence = Absence.objects.create(
            case=which,
            municipality_id=which.municipality_id,
            first_day=day,
            last_day=last or day,
            hours=Decimal(hours) if hours else None,
            code=code,
            told_at=now(),
        )
    return made


def example(house: House) -> Case:
    """The participant of the dossier's example 7: two whole days and 3.5 hours in November 2026."""
    give_programme(house.case)
    away(house.case, date(2026, 11, 3), date(2026, 11, 4))
    away(house.case, date(2026, 11, 10), hours="3.5")
    return house.case


@contextmanager
def no_queue() -> Iterator[None]:
    """Jobs are done by the test itself."""
    with patch("samlop.benefit.commands.run.queue_work"), patch("samlop.benefit.commands.run.queue_differences"):
        yield


def prepared(house: House, month: str = "2026-11", *, who: str = "adviser", on: date = AFTER) -> BenefitRun:
    """A run that is worked out."""
    with at(on), no_queue():
        run = start_run(month=month, by=house.viewer(who))
        work(run.pk)
    return run.refreshed()


def approved(house: House, month: str = "2026-11", *, on: date = AFTER) -> BenefitRun:
    """A run that is worked out and approved."""
    run = prepared(house, month, on=on)
    with at(on):
        return approve_run(month=month, attempt=run.attempt, by=house.viewer("leader"))


def statement(which: Case, month: date = NOVEMBER) -> Statement:
    """The locked statement of a case and a month."""
    return Statement.objects.get(case=which, month=month)


def signed_stop(
    which: Case, mode: str, first: str, last: str | None = None, *, replaces: Decision | None = None
) -> Decision:
    """A signed decision on stopping the programme."""
    with at(AFTER), writing("test"):
        made: Decision = Decision.objects.create(
            case=which, municipality_id=which.municipality_id, kind="stop", section="programme", status="signed",
            data={"mode": mode, "first_day": first, "last_day": last}, reasons="Stans", prepared_by_name="A",
            prepared_at=now(), signed_by_name="L", signed_at=now(), decided_on=AFTER, replaces=replaces,
        )  # fmt: skip
    return made
