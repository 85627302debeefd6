"""Times as people write them, also on the nights when the clock is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from samlop.core.errors import Refused
from samlop.meetings.clock import moment, parse_clock


@pytest.mark.parametrize("text", ["10.30", "10:30", "1030", " kl. 10.30 ", "10 30"])
def test_half_past_ten(text: str) -> None:
    assert parse_clock(text) == time(10, 30)


def test_an_hour_alone() -> None:
    assert parse_clock("9") == time(9)


@pytest.mark.parametrize("text", ["25.00", "10.61", "halv elleve", "", "10.3"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 – whatever it says, it is no time
        parse_clock(text)


def test_winter_and_summer() -> None:
    assert moment(date(2026, 1, 15), time(10, 30)).astimezone(UTC) == datetime(2026, 1, 15, 9, 30, tzinfo=UTC)
    assert moment(date(2026, 7, 15), time(10, 30)).astimezone(UTC) == datetime(2026, 7, 15, 8, 30, tzinfo=UTC)


def test_half_past_two_that_comes_twice_is_the_first() -> None:
    assert moment(date(2026, 10, 25), time(2, 30)).astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_half_past_two_that_never_comes_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        moment(date(2026, 3, 29), time(2, 30))
    assert (refusal.value.code, refusal.value.field) == ("time_missing", "clock")
    assert "02.30 finnes ikke" in refusal.value.text
