"""A signed stop of the programme stops the benefit too; where the law says nothing, a person decides."""

from __future__ import annotations

import pytest
from django.test import Client

from samlop.benefit.bulk import month_of_all
from samlop.benefit.commands.questions import settle_question
from samlop.benefit.commands.run import acknowledge_rule, approve_run
from samlop.benefit.models import Draft, Statement
from samlop.core.errors import Refused
from samlop.core.time import at
from samlop.law.dates import Month
from samlop.law.parameters import rules_known
from tests.benefit.setting import AFTER, give_programme, more, prepared, signed_stop, statement
from tests.house import House


def test_a_permanent_stop_ends_the_benefit_the_day_before(house: House) -> None:
    give_programme(house.case)
    (gone,) = more(house, 1)
    signed_stop(house.case, "permanent", "2026-11-11")
    signed_stop(gone, "permanent", "2026-10-15")
    run = prepared(house)
    with at(AFTER):
        acknowledge_rule(month="2026-11", code="part_of_month", by=house.viewer("adviser"))
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
        fast = month_of_all(Month(2026, 11), rules_known(AFTER))
    assert statement(house.case).net_ore == 758606, "ten days of thirty"
    assert not Statement.objects.filter(case=gone).exists()
    assert dict(zip(fast.case_ids, fast.net.tolist(), strict=True)) == {house.case.pk: 758606, gone.pk: 0}


def test_a_stop_that_another_decision_replaced_stops_nothing(house: House) -> None:
    give_programme(house.case)
    first = signed_stop(house.case, "permanent", "2026-11-11")
    signed_stop(house.case, "permanent", "2026-12-14", replaces=first)
    prepared(house)
    assert Draft.objects.get().net_ore == 2275817


@pytest.mark.parametrize(("answer", "paid"), [("accepted", [2275817]), ("left_out", [])])
def test_a_temporary_stop_is_a_question_that_a_person_settles(house: House, answer: str, paid: list[int]) -> None:
    give_programme(house.case)
    signed_stop(house.case, "temporary", "2026-11-09", "2026-11-20")
    run = prepared(house)
    assert Draft.objects.get().asks == [["stopped", "2026-11-09:2026-11-20"]]
    with at(AFTER):
        with pytest.raises(Refused) as refusal:
            approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
        assert refusal.value.code == "open_questions"
        settle_question(
            case=house.case, month="2026-11", code="stopped", about="2026-11-09:2026-11-20", answer=answer,
            why="Vurdert", by=house.viewer("adviser"),
        )  # fmt: skip
        approve_run(month="2026-11", attempt=run.attempt, by=house.viewer("leader"))
    assert [one.net_ore for one in Statement.objects.all()] == paid


def test_the_question_about_a_stop_is_told_on_the_page(house: House) -> None:
    give_programme(house.case)
    signed_stop(house.case, "temporary", "2026-11-09", "2026-11-20")
    prepared(house)
    client = Client()
    with at(AFTER):
        client.force_login(house.users["adviser"])
        page = client.get("/stonad/2026-11/").content.decode().replace("\u00a0", " ")
    assert "stanset midlertidig" in page


def test_a_temporary_stop_in_another_month_asks_nothing(house: House) -> None:
    give_programme(house.case)
    signed_stop(house.case, "temporary", "2026-10-09", "2026-10-31")
    prepared(house)
    assert Draft.objects.get().asks == []
