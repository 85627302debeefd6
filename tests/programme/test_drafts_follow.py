"""Drafts of decisions follow when somebody leaves or the participant moves: nothing that was prepared is orphaned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samlop.cases.commands.leaving import end_membership
from samlop.cases.journal import sentence
from samlop.cases.leaving import Leaver
from samlop.cases.models import Case, JournalEntry
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.leaving import DRAFTS
from samlop.programme.models import Decision
from tests.cases.test_moving import move
from tests.house import House

LEAVE: dict[str, Any] = {
    "reason": "VELFERD", "first_day": today() - timedelta(days=3), "last_day": today(), "granted": True, "paid": True,
}  # fmt: skip
STOP: dict[str, Any] = {"mode": "permanent", "first_day": today()}


def draft(house: House, kind: str = "leave", data: dict[str, Any] | None = None) -> Decision:
    return commands.propose_decision(
        case=house.case, kind=kind, data=data or LEAVE, reasons="Grunn.", by=house.viewer("adviser")
    )


def leaver(house: House, name: str = "adviser") -> Leaver:
    return Leaver(house.users[name], house.users[name].memberships.get().unit, today())


def test_who_takes_over_has_prepared_the_draft(house: House) -> None:
    row = draft(house)
    assert list(DRAFTS.cases(leaver(house))) == [house.case.pk]
    with writing("test"):
        [entry] = DRAFTS.pass_on(house.case, leaver(house), house.users["colleague"])
    row = row.refreshed()
    assert (row.prepared_by, row.prepared_by_name) == (house.users["colleague"], "Colleague")
    assert entry.code == "programme.decision_passed_on"
    assert list(DRAFTS.cases(leaver(house))) == []


def test_a_signed_decision_keeps_who_prepared_it(house: House) -> None:
    row = draft(house)
    commands.sign_decision(case=house.case, decision=row.pk, by=house.viewer("leader"))
    assert list(DRAFTS.cases(leaver(house))) == []


def test_with_the_unit_alone_whoever_writes_on_has_prepared_it(house: House) -> None:
    row = draft(house)
    with writing("test"):
        list(DRAFTS.pass_on(house.case, leaver(house), None))
    commands.change_draft(
        case=house.case, decision=row.pk, data=LEAVE, reasons="Ny grunn.", language="nb", by=house.viewer("colleague")
    )
    assert row.refreshed().prepared_by_name == "Colleague"


def test_the_page_of_leaving_counts_them_and_gives_them_on(house: House) -> None:
    row = draft(house)
    membership = house.users["adviser"].memberships.get()
    end_membership(membership=membership.pk, last_day=today() - timedelta(days=1), by=house.viewer("leader"))
    assert row.refreshed().prepared_by_name != "Adviser"
    told = [sentence(one) for one in JournalEntry.objects.filter(code="programme.decision_passed_on")]
    assert len(told) == 1
    assert "etter Adviser: permisjon eller fravær" in told[0]


def test_on_a_move_what_the_new_municipality_decides_follows_and_the_rest_stays(house: House) -> None:
    leave, stop = draft(house), draft(house, "stop", STOP)
    assert move(house, receiver="stranger").status_code == 302
    new = Case.objects.get(continues=house.case)
    assert list(Decision.objects.filter(case=house.case)) == [leave]
    came = Decision.objects.get(case=new)
    assert (came.kind, came.prepared_by, came.prepared_by_name) == ("stop", None, "Adviser, Elvestad")
    assert came.data == stop.data
    told = [sentence(one) for one in JournalEntry.objects.filter(case=new, code="programme.decision_came_along")]
    assert told == ["tok med utkast til vedtak fra Elvestad: stans av programmet"]
    commands.sign_decision(case=new, decision=came.pk, by=house.viewer("other_leader"))
    assert came.refreshed().prepared_by_name == "Other leader"
