"""Whether NAV has come in early enough: the example of research/002 § 14 item 5, and its edges."""

from __future__ import annotations

from datetime import date

import pytest

from samlop.programme.contact import nav_contact_missing
from samlop.programme.models import NavNeed

START = date(2017, 1, 10)


def missing(on: date, contact: date | None = None, need: NavNeed = NavNeed.UNCLARIFIED, months: int = 3) -> bool:
    return nav_contact_missing(on, START, need, contact, months)


def test_nothing_three_months_after_start() -> None:
    assert missing(date(2017, 4, 10))
    assert missing(date(2018, 1, 1))


def test_the_day_before_it_is_not_yet_due() -> None:
    assert not missing(date(2017, 4, 9))


def test_one_triangular_talk_is_enough() -> None:
    assert not missing(date(2017, 4, 10), contact=date(2017, 3, 1))


@pytest.mark.parametrize("need", [NavNeed.YES, NavNeed.NO])
def test_a_clarified_need_is_enough(need: NavNeed) -> None:
    assert not missing(date(2017, 4, 10), need=need)


def test_the_period_is_the_municipalitys() -> None:
    assert missing(date(2017, 2, 10), months=1)


def test_nobody_is_late_before_the_start_is_known() -> None:
    assert not nav_contact_missing(date(2017, 4, 10), None, NavNeed.UNCLARIFIED, None)
