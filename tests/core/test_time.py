"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from samlop.core.time import parse_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.3.2027", date(2027, 3, 15)),
        ("15/3-27", date(2027, 3, 15)),
        ("2027-03-15", date(2027, 3, 15)),
        ("15.3.", date(2027, 3, 15)),
        ("1.12.", date(2026, 12, 1)),
        ("3.4.91", date(1991, 4, 3)),
        ("3.4.46", date(2046, 4, 3)),
        ("3.4.47", date(1947, 4, 3)),
    ],
)
def test_a_date_as_it_is_written(written: str, meant: date) -> None:
    assert parse_date(written, near=date(2026, 11, 20)) == meant


@pytest.mark.parametrize("written", ["", "31.2.2027", "31.2.", "15.13.26", "i morgen", "15.3.2027 kl. 10"])
def test_what_is_no_date(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 – the form says it in its own words
        parse_date(written, near=date(2026, 11, 20))
