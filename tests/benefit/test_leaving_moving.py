"""Somebody leaves the unit, or the participant the municipality: nothing about the money is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from samlop.benefit.commands.corrections import look_for_differences, propose_corrections
from samlop.benefit.commands.instalments import Terms, confirm_instalments, propose_instalments, stop_instalments
from samlop.benefit.models import Circumstance, Correction, RepaymentPlan
from samlop.cases.commands.leaving import end_membership
from samlop.cases.commands.moving import move_case
from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.time import at
from samlop.people.models import Membership
from tests.benefit.setting import AFTER, approved, away, give_programme
from tests.house import House

AGREED = Terms("agreed", 400_000, "2026-12", agreed_on=date(2026, 12, 2))


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with at(AFTER):
        yield


@pytest.fixture
def row(house: House) -> Correction:
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 2), date(2026, 11, 19))
    look_for_differences(by=house.viewer("adviser"))
    return Correction.objects.get()


def test_who_takes_over_answers_for_what_waits_for_the_second_person(house: House, row: Correction) -> None:
    propose_corrections(corrections=[row.pk], by=house.viewer("adviser"))
    propose_instalments(case=house.case, correction=row.pk, terms=AGREED, by=house.viewer("adviser"))
    membership = Membership.objects.get(user=house.users["adviser"])
    holders = {house.case.pk: house.users["colleague"].pk}
    end_membership(membership=membership.pk, last_day=AFTER, holders=holders, by=house.viewer("leader"))
    entry = JournalEntry.objects.get(code="benefit.proposals_passed_on")
    assert entry.section == "economy"
    assert "Colleague svarer for det Adviser har foreslått om stønaden, fra 04.12.2026 (2 venter" in sentence(entry)
    with at(AFTER + timedelta(days=2)):
        plan = RepaymentPlan.objects.get()
        confirm_instalments(case=house.case, plan=plan.pk, by=house.viewer("leader"))
    assert RepaymentPlan.objects.get().proposed_by == house.users["adviser"], "who proposed is not rewritten"


def test_who_has_proposed_nothing_leaves_no_trace_in_the_economy(house: House, row: Correction) -> None:
    membership = Membership.objects.get(user=house.users["adviser"])
    end_membership(membership=membership.pk, last_day=AFTER, by=house.viewer("leader"))
    assert not JournalEntry.objects.filter(code="benefit.proposals_passed_on").exists()


def test_at_a_move_the_old_municipality_keeps_what_is_open_and_settles_it(house: House, row: Correction) -> None:
    plan = propose_instalments(case=house.case, correction=row.pk, terms=AGREED, by=house.viewer("adviser"))
    confirm_instalments(case=house.case, plan=plan.pk, by=house.viewer("leader"))
    new = move_case(case=house.case, to_unit=house.units["other_refugee"], reason="Familie", by=house.viewer("adviser"))
    entry = JournalEntry.objects.get(code="benefit.open_at_move")
    assert entry.case_id == house.case.pk
    assert "0 avvik, og 10\u00a0620,48\u00a0kr igjen av avdrag" in sentence(entry)
    assert not Circumstance.objects.filter(case=new).exists()
    assert not Correction.objects.filter(case=new).exists()
    client = Client()
    client.force_login(house.users["leader"])
    page = client.get("/stonad/avvik/").content.decode()
    assert "kan ikke trekkes mer her" in page
    stop_instalments(case=house.case, plan=plan.pk, why="Krevd inn", by=house.viewer("leader"))
    assert RepaymentPlan.objects.get().state == "ended"


def test_at_a_move_without_anything_open_nothing_is_told(house: House) -> None:
    give_programme(house.case)
    move_case(case=house.case, to_unit=house.units["other_refugee"], reason="Familie", by=house.viewer("adviser"))
    assert not JournalEntry.objects.filter(code="benefit.open_at_move").exists()
