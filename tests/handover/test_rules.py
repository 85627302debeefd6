"""When the handover opens and what completing demands: research/002 § 14 item 3."""

from __future__ import annotations

from datetime import date

import pytest

from samlop.handover.checklist import PointCode
from samlop.handover.models import Handover, HandoverNeed
from samlop.handover.rules import is_open, lacking, opens_on

END = date(2018, 6, 30)
ALL = set(PointCode.values)


def test_planned_end_30_june_opens_30_december() -> None:
    assert opens_on(END) == date(2017, 12, 30)
    assert not is_open(date(2017, 12, 29), END, None)
    assert is_open(date(2017, 12, 30), END, None)


def test_the_number_of_months_is_a_setting() -> None:
    assert opens_on(END, 9) == date(2017, 9, 30)


def test_an_end_that_came_early_opens_it_too() -> None:
    assert is_open(date(2017, 3, 1), END, date(2017, 2, 28))


def test_without_an_end_nothing_opens() -> None:
    assert not is_open(date(2017, 12, 30), None, None)


def test_need_yes_demands_talk_receiver_and_checklist() -> None:
    handover = Handover(need=HandoverNeed.YES)
    assert [code for code, _field in lacking(handover, ALL)] == ["missing_talk", "missing_receiver"]
    handover.talk_on = date(2018, 6, 1)
    assert [code for code, _field in lacking(handover, ALL)] == ["missing_receiver"]
    handover.receiver_name = "NAV"
    assert lacking(handover, ALL) == []
    assert lacking(handover, ALL - {"income"}) == [("checklist_open", "checklist")]


@pytest.mark.parametrize(("need", "expected"), [("unclarified", ["need_unclarified"]), ("no", [])])
def test_the_other_needs(need: str, expected: list[str]) -> None:
    assert [code for code, _field in lacking(Handover(need=need), set())] == expected
