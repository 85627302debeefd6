"""What was paid too much is paid back little by little: agreed or decided, two confirm, never above the sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from samlop.benefit.commands.corrections import (
    confirm_corrections,
    look_for_differences,
    propose_corrections,
    settle_elsewhere,
)
from samlop.benefit.commands.instalments import (
    Terms,
    confirm_instalments,
    propose_instalments,
    stop_instalments,
    withdraw_instalments,
)
from samlop.benefit.instalments import schedule
from samlop.benefit.models import Correction, Draft, Instalment, RepaymentPlan
from samlop.benefit.queries.payment import my_payments
from samlop.core.errors import Refused
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.identifiers import synthetic_birth_number
from samlop.law.dates import Month
from samlop.programme.models import Decision
from tests.benefit.setting import AFTER, approved, away, give_programme, prepared, statement
from tests.benefit.test_due import codes, due
from tests.house import House

JANUARY, FEBRUARY, MARCH = date(2027, 1, 4), date(2027, 2, 3), date(2027, 3, 3)
AGREED = Terms("agreed", 400_000, "2026-12", agreed_on=date(2026, 12, 2))
TOO_MUCH = 1_062_048
"""Fourteen days of absence in November that were told after the month was paid: 14 × 758.61 kroner, one rounding."""


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with at(AFTER):
        yield


@pytest.fixture
def row(house: House) -> Correction:
    """Paid 10 620.48 kroner too much for November 2026."""
    give_programme(house.case)
    approved(house)
    away(house.case, date(2026, 11, 2), date(2026, 11, 19))
    look_for_differences(by=house.viewer("adviser"))
    found: Correction = Correction.objects.get()
    assert found.difference_ore == -TOO_MUCH
    return found


def propose(house: House, row: Correction, terms: Terms = AGREED, who: str = "adviser") -> RepaymentPlan:
    return propose_instalments(case=house.case, correction=row.pk, terms=terms, by=house.viewer(who))


def confirmed(house: House, row: Correction, terms: Terms = AGREED) -> RepaymentPlan:
    plan = propose(house, row, terms)
    return confirm_instalments(case=house.case, plan=plan.pk, by=house.viewer("leader"))


def refused(code: str, house: House, row: Correction, terms: Terms) -> None:
    with pytest.raises(Refused) as refusal:
        propose(house, row, terms)
    assert refusal.value.code == code


def signed_repayment(house: House, ore: int) -> Decision:
    with writing("test"):
        made: Decision = Decision.objects.create(
            case=house.case, municipality=house.municipality, kind="repayment", section="economy", status="signed",
            data={"amount_ore": ore, "first_day": "2026-11-01", "last_day": "2026-11-30", "about": "For mye"},
            reasons="For mye", prepared_by_name="A", prepared_at=now(), signed_by_name="L", signed_at=now(),
            decided_on=AFTER,
        )  # fmt: skip
    return made


@pytest.mark.parametrize(("ore", "monthly"), [(1, 1), (999, 1000), (1000, 1000), (1001, 1000), (250_001, 10_000)])
def test_the_parts_sum_to_the_amount_and_none_is_above_what_was_agreed(ore: int, monthly: int) -> None:
    parts = schedule(ore, monthly, Month(2026, 12))
    assert sum(taken for _month, taken in parts) == ore
    assert all(0 < taken <= monthly for _month, taken in parts)
    assert len({month for month, _taken in parts}) == len(parts)


def test_each_run_takes_its_instalment_until_all_is_paid_back(house: House, row: Correction) -> None:
    plan = confirmed(house, row)
    assert [(f"{one.month:%Y-%m}", one.ore) for one in plan.instalments.all()] == [
        ("2026-12", 400_000), ("2027-01", 400_000), ("2027-02", 262_048),
    ]  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.proposed_by, row.confirmed_by) == (
        "instalment", house.users["adviser"], house.users["leader"],
    )  # fmt: skip
    for month, day, taken in (
        ("2026-12", JANUARY, 400_000),
        ("2027-01", FEBRUARY, 400_000),
        ("2027-02", MARCH, 262_048),
    ):
        approved(house, month, on=day)
        paid = statement(house.case, date.fromisoformat(f"{month}-01"))
        assert (paid.correction_ore, paid.pay_ore) == (-taken, 2_275_817 - taken)
        with at(day):
            look_for_differences(by=house.viewer("adviser"))
        assert Correction.objects.count() == 1, "it is accounted for"
    assert "Avdrag 3 av 3" in paid.lines[-1]["text"]["nb"]
    assert paid.lines[-1]["references"] == ["integreringsloven § 25"]
    approved(house, "2027-03", on=date(2027, 4, 5))
    assert statement(house.case, date(2027, 3, 1)).correction_ore == 0


def test_nothing_is_taken_before_two_have_seen_it(house: House, row: Correction) -> None:
    plan = propose(house, row)
    assert codes(due(house, "adviser", AFTER)) == ["benefit.difference", "benefit.instalments"]
    assert prepared(house, "2026-12", on=JANUARY).correction_ore == 0
    with pytest.raises(Refused) as own:
        confirm_instalments(case=house.case, plan=propose(house, row, who="leader").pk, by=house.viewer("leader"))
    assert own.value.code == "own_proposal"
    with pytest.raises(Refused) as gone:
        confirm_instalments(case=house.case, plan=plan.pk, by=house.viewer("leader"))
    assert gone.value.code == "changed_meanwhile", "a new proposal takes the place of the old"
    with pytest.raises(Refused) as no_right:
        confirm_instalments(case=house.case, plan=RepaymentPlan.objects.get().pk, by=house.viewer("adviser"))
    assert no_right.value.code == "no_permission"


def test_what_is_confirmed_whole_waits_while_somebody_proposes_to_split_it(house: House, row: Correction) -> None:
    propose_corrections(corrections=[row.pk], by=house.viewer("adviser"))
    confirm_corrections(corrections=[row.pk], by=house.viewer("leader"))
    plan = propose(house, row)
    run = prepared(house, "2026-12", on=JANUARY)
    assert Draft.objects.get(run=run).asks == [["instalments_proposed", "2026-11"]]
    assert run.correction_ore == 0
    with at(JANUARY):
        withdraw_instalments(case=house.case, plan=plan.pk, by=house.viewer("adviser"))
    assert prepared(house, "2026-12", on=JANUARY).correction_ore == -TOO_MUCH


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("unknown_basis", {"basis": "x"}),
        ("missing_day", {"agreed_on": None}),
        ("day_in_future", {"agreed_on": date(2026, 12, 4)}),
        ("missing_amount", {"monthly_ore": 0}),
        ("too_many_months", {"monthly_ore": 20_000}),
        ("too_much_a_month", {"monthly_ore": TOO_MUCH, "first_month": "2026-12", "basis": "agreed"}),
        ("unknown_month", {"first_month": "2026-13"}),
        ("month_closed", {"first_month": "2026-11"}),
        ("too_late", {"first_month": "2028-06"}),
        ("missing_decision", {"basis": "decided"}),
        ("number_in_text", {"note": f"Gjelder {synthetic_birth_number(date(1990, 4, 2), 0)}"}),
    ],
)
def test_what_cannot_be_agreed_is_refused_by_name(
    house: House, row: Correction, code: str, change: dict[str, object]
) -> None:
    if code == "too_much_a_month":
        with writing("test"):
            house.case.person.birth_date = date(2005, 1, 1)  # two thirds: 15 172,11 a month
            house.case.person.save()
        look_for_differences(by=house.viewer("adviser"))
        row = Correction.objects.get()
        change = {"monthly_ore": 758_606}
    refused(code, house, row, replace(AGREED, **change))  # type: ignore[arg-type]


def test_without_benefit_there_is_nothing_to_take_instalments_from(house: House, row: Correction) -> None:
    give_programme(house.case, ended=date(2026, 11, 30))
    look_for_differences(by=house.viewer("adviser"))
    refused("without_benefit", house, Correction.objects.get(), AGREED)


def test_a_decision_lets_more_than_half_be_taken_but_never_more_than_it_says(house: House, row: Correction) -> None:
    signed_repayment(house, TOO_MUCH - 1)
    decided = Terms("decided", TOO_MUCH, "2026-12")
    refused("missing_decision", house, row, decided)
    refused("repayment_decided", house, row, AGREED)
    bigger = signed_repayment(house, TOO_MUCH)
    plan = confirmed(house, row, replace(decided, monthly_ore=1_000_000))
    assert (plan.decision, plan.agreed_on) == (bigger, None)
    give_programme(house.case, born=date(2005, 1, 1))  # two thirds from now on: 10 000 of 15 172,11 is more than half
    run = prepared(house, "2026-12", on=JANUARY)
    assert run.correction_ore == -1_000_000
    assert Draft.objects.get(run=run).asks == [], "a decision says so already"


def test_the_database_refuses_more_than_the_sum_and_any_change_of_what_is_taken(house: House, row: Correction) -> None:
    plan = confirmed(house, row)
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        Instalment.objects.create(
            case=house.case, municipality=house.municipality, plan=plan, number=4, month=date(2027, 5, 1), ore=1
        )
    approved(house, "2026-12", on=JANUARY)
    taken = Instalment.objects.filter(number=1)
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        taken.update(ore=1)
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        taken.delete()


def test_a_month_without_room_moves_the_rest_and_never_takes_two(house: House, row: Correction) -> None:
    confirmed(house, row)
    with writing("test"):
        house.case.course.ended_on, house.case.course.end_reason = date(2026, 12, 2), "work"
        house.case.course.save()
    run = prepared(house, "2026-12", on=JANUARY)
    assert ["instalment_waits", "2026-11"] in Draft.objects.get(run=run).asks
    assert run.correction_ore == 0
    with writing("test"):
        house.case.course.ended_on, house.case.course.end_reason = None, ""
        house.case.course.save()
    run = prepared(house, "2027-01", on=FEBRUARY)
    assert run.correction_ore == -400_000, "one instalment, not the one that waited as well"
    assert "benefit.instalment_late" in codes(due(house, "adviser", date(2027, 2, 3)))


def test_a_plan_can_be_changed_for_what_is_left(house: House, row: Correction) -> None:
    first = confirmed(house, row)
    approved(house, "2026-12", on=JANUARY)
    with at(JANUARY):
        again = confirmed(house, row, replace(AGREED, monthly_ore=100_000, first_month="2027-01"))
        assert again.ore == TOO_MUCH - 400_000
        first.refresh_from_db()
        assert (first.state, first.instalments.count()) == ("ended", 1)
    approved(house, "2027-01", on=FEBRUARY)
    assert statement(house.case, date(2027, 1, 1)).correction_ore == -100_000


def test_a_plan_is_stopped_by_another_with_a_reason_and_what_is_taken_stands(house: House, row: Correction) -> None:
    plan = confirmed(house, row)
    approved(house, "2026-12", on=JANUARY)
    with at(JANUARY):
        with pytest.raises(Refused) as refusal:
            stop_instalments(case=house.case, plan=plan.pk, why=" ", by=house.viewer("leader"))
        assert refusal.value.code == "missing_reason"
        stop_instalments(case=house.case, plan=plan.pk, why="Ettergitt", by=house.viewer("leader"))
    approved(house, "2027-01", on=FEBRUARY)
    assert statement(house.case, date(2027, 1, 1)).correction_ore == 0
    with at(FEBRUARY):
        look_for_differences(by=house.viewer("adviser"))
        with pytest.raises(Refused):
            settle_elsewhere(case=house.case, correction=row.pk, why="Igjen", by=house.viewer("leader"))
    assert Correction.objects.count() == 1


def test_a_change_of_the_month_afterwards_is_a_difference_of_its_own(house: House, row: Correction) -> None:
    confirmed(house, row)
    away(house.case, date(2026, 11, 24))
    look_for_differences(by=house.viewer("adviser"))
    assert sorted(Correction.objects.values_list("state", "before_ore")) == [
        ("found", 2_275_817 - TOO_MUCH), ("instalment", 2_275_817),
    ]  # fmt: skip


def test_a_proposal_goes_with_the_difference_it_is_about(house: House, row: Correction) -> None:
    propose(house, row)
    away(house.case, date(2026, 11, 24), hours="2")
    look_for_differences(by=house.viewer("adviser"))
    assert not RepaymentPlan.objects.exists(), "the difference is another now, and starts again"
    (again,) = Correction.objects.all()
    propose_corrections(corrections=[again.pk], by=house.viewer("adviser"))
    propose(house, again)
    settle_elsewhere(case=house.case, correction=again.pk, why="Ettergitt", by=house.viewer("leader"))
    assert not RepaymentPlan.objects.exists()


def test_a_run_worked_out_before_the_plan_was_stopped_is_not_approved(house: House, row: Correction) -> None:
    plan = confirmed(house, row)
    run = prepared(house, "2026-12", on=JANUARY)
    from samlop.benefit.commands.run import approve_run

    with at(JANUARY):
        stop_instalments(case=house.case, plan=plan.pk, why="Ettergitt", by=house.viewer("leader"))
        with pytest.raises(Refused) as refusal:
            approve_run(month="2026-12", attempt=run.attempt, by=house.viewer("leader"))
    assert refusal.value.code == "stale"


def test_on_the_pages(house: House, row: Correction) -> None:
    def client(who: str) -> Client:
        made = Client()
        made.force_login(house.users[who])
        return made

    adviser, leader, participant = client("adviser"), client("leader"), client("participant")
    here = reverse("benefit:case", args=[house.case.pk])
    assert "Betales tilbake i avdrag" in adviser.get(here).content.decode()
    prefix = f"plan-{row.pk.hex}"
    typed = {
        f"{prefix}-monthly": "12 000", f"{prefix}-first_month": "2026-12", f"{prefix}-basis": "agreed",
        f"{prefix}-agreed_on": "2.12.2026", f"{prefix}-note": "Avtalt på kontoret",
    }  # fmt: skip
    where = reverse("benefit:propose_instalments", args=[house.case.pk, row.pk])
    typed[f"{prefix}-basis"] = "decided"
    answer = adviser.post(where, typed)
    assert answer.status_code == 422
    assert "Avtalt på kontoret" in answer.content.decode(), "nothing typed is lost"
    typed |= {f"{prefix}-basis": "agreed", f"{prefix}-monthly": "4 000"}
    assert adviser.post(where, typed).status_code == 302
    plan = RepaymentPlan.objects.get()
    page = adviser.get(here).content.decode()
    assert "En annen må bekrefte før noe trekkes" in page
    assert "Bekreft avdragene" in leader.get(here).content.decode()
    confirm = reverse("benefit:confirm_instalments", args=[house.case.pk, plan.pk])
    assert adviser.post(confirm).status_code == 403
    assert leader.post(confirm).status_code == 302
    page = adviser.get(here).content.decode().replace("\u00a0", " ")
    assert "Avdrag, 10 620,48 kr igjen" in page
    assert "Februar 2027" in page
    mine = participant.get(reverse("portal:payments")).content.decode().replace("\u00a0", " ")
    assert "4 000,00 kr i stønaden for desember 2026" in mine
    stop = reverse("benefit:stop_instalments", args=[house.case.pk, plan.pk])
    assert leader.post(stop, {"stop-why": "Ettergitt"}).status_code == 302
    assert "Avdrag som er stoppet" in adviser.get(here).content.decode()
    found = my_payments(house.viewer("participant"), "nb")
    assert found is not None
    assert found.plans == []
