"""Two people, or two workers, at the same moment: everything is done once, and the second is told."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connections

from samlop.benefit.commands.corrections import (
    confirm_corrections,
    look_for_differences,
    look_in_municipality,
    propose_corrections,
)
from samlop.benefit.commands.instalments import Terms, confirm_instalments, propose_instalments
from samlop.benefit.commands.run import approve_run, start_run
from samlop.benefit.models import BenefitRun, Correction, Draft, Instalment, PayrollFile, RepaymentPlan, Statement
from samlop.benefit.preparing import work
from samlop.cases.models import JournalEntry
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.people.vocabulary import Role
from tests.benefit.setting import AFTER, approved, away, give_programme, more, no_queue, prepared
from tests.house import House, _user, build

pytestmark = pytest.mark.django_db(transaction=True)
JANUARY = date(2027, 1, 4)


@pytest.fixture
def place() -> Iterator[House]:
    """A municipality with two leaders, committed so that every connection sees it."""
    house = build()
    with writing("test"):
        _user(house, "second leader", Role.LEADER, "refugee")
    give_programme(house.case)
    with no_queue():
        yield house


def at_once(day: date, *acts: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment, each in a thread with a connection of its own; what each returned or was refused."""
    gate = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def one(number: int, act: Callable[[], Any]) -> None:
        try:
            with at(day):
                gate.wait(timeout=30)
                found[number] = act()
        except Exception as trouble:
            found[number] = trouble
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=given) for given in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return found


def outcome(found: list[Any]) -> list[str]:
    """«done» or the code of the refusal; anything else is a fault."""
    for one in found:
        if isinstance(one, BaseException) and not isinstance(one, Refused):
            raise one
    return sorted(one.code if isinstance(one, Refused) else "done" for one in found)


def too_much(house: House) -> Correction:
    with at(AFTER):
        look_for_differences(by=house.viewer("adviser"))
    row: Correction = Correction.objects.get()
    return row


def test_two_looks_at_once_keep_each_difference_once(place: House) -> None:
    more(place, 3)
    approved(place)
    away(place.case, date(2026, 11, 17))
    viewers = [place.viewer("adviser"), place.viewer("leader"), place.viewer("second leader")]
    looks = [partial(look_for_differences, by=viewer) for viewer in viewers]
    nightly = partial(look_in_municipality, municipality_id=place.municipality.pk, by=viewers[0])
    assert at_once(AFTER, *looks, nightly) == [1, 1, 1, 1]
    assert Correction.objects.count() == 1


def test_a_look_while_somebody_proposes_neither_loses_nor_doubles(place: House) -> None:
    approved(place)
    away(place.case, date(2026, 11, 17))
    row = too_much(place)
    found = at_once(
        AFTER,
        lambda: propose_corrections(corrections=[row.pk], by=place.viewer("adviser")),
        lambda: look_for_differences(by=place.viewer("leader")),
    )
    assert outcome(found) == ["done", "done"]
    assert list(Correction.objects.values_list("pk", "state")) == [(row.pk, "proposed")]


def test_two_who_confirm_at_once_confirm_once(place: House) -> None:
    approved(place)
    away(place.case, date(2026, 11, 17))
    row = too_much(place)
    with at(AFTER):
        propose_corrections(corrections=[row.pk], by=place.viewer("adviser"))
    leaders = [place.viewer("leader"), place.viewer("second leader")]
    found = at_once(AFTER, *(partial(confirm_corrections, corrections=[row.pk], by=viewer) for viewer in leaders))
    assert sorted(found) == [0, 1], "the second finds it confirmed already"
    assert JournalEntry.objects.filter(code="benefit.correction_confirmed").count() == 1


def test_two_who_confirm_the_same_instalments_confirm_once(place: House) -> None:
    approved(place)
    away(place.case, date(2026, 11, 2), date(2026, 11, 19))
    row = too_much(place)
    terms = Terms("agreed", 400_000, "2026-12", agreed_on=date(2026, 12, 2))
    with at(AFTER):
        plan = propose_instalments(case=place.case, correction=row.pk, terms=terms, by=place.viewer("adviser"))
    leaders = [place.viewer("leader"), place.viewer("second leader")]
    found = at_once(
        AFTER,
        *(partial(confirm_instalments, case=place.case, plan=plan.pk, by=one) for one in leaders),
    )
    assert outcome(found) == ["changed_meanwhile", "done"]
    assert (RepaymentPlan.objects.count(), Instalment.objects.count()) == (1, 3)


def test_two_who_start_the_same_run_start_it_once(place: House) -> None:
    more(place, 5)
    viewers = [place.viewer("adviser"), place.viewer("leader"), place.viewer("second leader")]
    found = at_once(AFTER, *(partial(start_run, month="2026-11", by=viewer) for viewer in viewers))
    assert outcome(found) == ["done"] * 3
    run = BenefitRun.objects.get()
    assert run.attempt == 1
    assert at_once(AFTER, *(lambda: work(run.pk) for _worker in range(3))) == [None] * 3
    with at(AFTER):
        work(run.pk)
    run.refresh_from_db()
    assert (run.status, run.done, Draft.objects.count()) == ("ready", 6, 6)


def test_two_who_approve_at_once_pay_once(place: House) -> None:
    more(place, 5)
    run = prepared(place)
    leaders = [place.viewer("leader"), place.viewer("second leader")]
    found = at_once(
        AFTER,
        *(partial(approve_run, month="2026-11", attempt=run.attempt, by=viewer) for viewer in leaders),
    )
    assert outcome(found) == ["already_approved", "done"]
    assert (Statement.objects.count(), PayrollFile.objects.count()) == (6, 2)


def test_an_approval_and_a_new_calculation_at_once_leave_one_of_them(place: House) -> None:
    run = prepared(place)
    found = at_once(
        AFTER,
        lambda: approve_run(month="2026-11", attempt=run.attempt, by=place.viewer("leader")),
        lambda: start_run(month="2026-11", by=place.viewer("adviser")),
    )
    run.refresh_from_db()
    if run.is_approved:
        assert outcome(found) == ["already_approved", "done"]
        assert Statement.objects.count() == 1
    else:
        assert outcome(found) == ["done", "not_ready"]
        assert (run.attempt, Statement.objects.count()) == (2, 0)
