"""Numbers that say who someone is: vectors, the official rules as a second opinion, and made-up numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.no import fodselsnummer, orgnr

from samlop.identifiers import (
    birth_date,
    check,
    synthetic_birth_number,
    synthetic_d_number,
    synthetic_duf,
    synthetic_orgnr,
)

NOW = date(2026, 11, 20)
LATER = date(2032, 1, 1)


@pytest.mark.parametrize(
    ("value", "now", "later"),
    [
        ("15839010009", True, True),
        ("15839010017", False, True),
        ("15839010025", False, True),
        ("15839010033", False, True),
        ("15839010018", False, False),
        ("55839010183", True, True),
        ("31129956715", True, True),
    ],
)
def test_published_national_numbers(value: str, now: bool, later: bool) -> None:
    assert check("fnr", value, on=NOW, allow_synthetic=True).valid is now
    assert check("fnr", value, on=LATER, allow_synthetic=True).valid is later


@pytest.mark.parametrize("value", ["202212345606", "201610000110", "202465432103"])
def test_duf_numbers(value: str) -> None:
    assert check("duf", value, on=NOW).valid
    assert not check("duf", value[:-1] + str((int(value[-1]) + 1) % 10), on=NOW).valid


@pytest.mark.parametrize("value", ["974760673", "889640782", "987879696", "971526920", "958935420"])
def test_organisation_numbers(value: str) -> None:
    assert check("orgnr", value, on=NOW).valid
    assert not check("orgnr", value[:-1] + str((int(value[-1]) + 1) % 10), on=NOW).valid


@pytest.mark.parametrize(
    ("kind", "value", "reason"),
    [
        ("fnr", "1583901000", "format"),
        ("fnr", "1583901000٩", "format"),
        ("fnr", "00000000000", "date"),
        ("fnr", "32019010009", "date"),
        ("duf", "000000000000", "date"),
        ("duf", "20221234560", "format"),
        ("orgnr", "000000000", "format"),
        ("orgnr", "97476067x", "format"),
    ],
)
def test_what_no_number_is(kind: str, value: str, reason: str) -> None:
    assert check(kind, value, on=NOW).reason == reason  # type: ignore[arg-type]


@pytest.mark.parametrize("month_added", [80, 65, 40])
def test_synthetic_months_are_told_also_where_they_are_refused(month_added: int) -> None:
    start = f"15{3 + month_added}90"
    number = next(
        f"{start}{rest:05d}" for rest in range(10_000, 100_000)
        if check("fnr", f"{start}{rest:05d}", on=NOW, allow_synthetic=True).valid
    )  # fmt: skip
    refused = check("fnr", number, on=NOW)
    assert (refused.valid, refused.synthetic, refused.reason) == (False, True, "synthetic_not_allowed")


@pytest.mark.parametrize("gap", [" ", "\u00a0", ".", "-", "\u202f"])
def test_separators_do_not_count(gap: str) -> None:
    assert check("fnr", gap.join(["158390", "10009"]), on=NOW, allow_synthetic=True).valid


BIRTHS = st.dates(date(1900, 1, 1), date(2039, 12, 31))


@given(BIRTHS, st.integers(0, 50))
def test_made_up_numbers_are_valid_and_tell_the_birth_date(born: date, serial: int) -> None:
    for number in (synthetic_birth_number(born, serial), synthetic_d_number(born, serial)):
        assert check("fnr", number, on=NOW, allow_synthetic=True).valid
        assert not check("fnr", number, on=NOW).valid
        assert birth_date(number) == born


def test_made_up_numbers_differ() -> None:
    born = date(1990, 3, 15)
    assert len({synthetic_birth_number(born, serial) for serial in range(300)}) == 300
    assert len({synthetic_orgnr(serial) for serial in range(1000)}) == 1000


@given(st.integers(0, 99_999), st.integers(1990, 2050))
def test_made_up_duf_numbers(serial: int, year: int) -> None:
    assert check("duf", synthetic_duf(year, serial), on=NOW).valid


@given(st.integers(0, 900_000))
def test_made_up_organisation_numbers(serial: int) -> None:
    assert check("orgnr", synthetic_orgnr(serial), on=NOW).valid


@given(BIRTHS, st.integers(0, 999))
def test_second_opinion_on_national_numbers(born: date, individual: int) -> None:
    """The other opinion also asks the century; where it is content, so are we, and the birth date is the same."""
    start = f"{born:%d%m%y}{individual:03d}"
    for controls in range(100):
        value = f"{start}{controls:02d}"
        if fodselsnummer.is_valid(value):
            assert check("fnr", value, on=NOW).valid
            assert birth_date(value) == fodselsnummer.get_birth_date(value)


@given(st.integers(100_000_000, 999_999_999))
def test_second_opinion_on_organisation_numbers(value: int) -> None:
    assert check("orgnr", str(value), on=NOW).valid == orgnr.is_valid(str(value))
