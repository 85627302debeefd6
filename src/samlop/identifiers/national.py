"""Birth numbers and D-numbers (fødselsnummer, D-nummer): eleven digits, ddmmyy + individual number + two controls.

Source: the Tax Administration's description of the number and of the numbers that come in 2032.
A D-number has 40 added to the day. Synthetic numbers have 80, 65 or 40 added to the month.
"""

from dataclasses import dataclass
from datetime import date

from samlop.identifiers.checked import Checked, NumberType, Reason, digits_of, weighted_sum

FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)

# From this day the first control digit may leave a remainder of 1, 2 or 3, so that the numbers last longer.
NEW_NUMBERS_FROM = date(2032, 1, 1)

D_NUMBER_DAY = 40
SYNTHETIC_MONTHS = (80, 65, 40)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A number taken apart; `month` and `day` are the calendar's, without what was added to them."""

    day: int
    month: int
    year: int  # two digits
    individual: int
    type: NumberType
    synthetic: bool


def _parts(digits: tuple[int, ...]) -> _Parts:
    day, month, year = (digits[i] * 10 + digits[i + 1] for i in (0, 2, 4))
    is_d_number = D_NUMBER_DAY < day <= D_NUMBER_DAY + 31
    added = next((extra for extra in SYNTHETIC_MONTHS if extra < month <= extra + 12), 0)
    return _Parts(
        day=day - D_NUMBER_DAY if is_d_number else day,
        month=month - added,
        year=year,
        individual=digits[6] * 100 + digits[7] * 10 + digits[8],
        # The first digit 4–7 marks a D-number even when the day behind it is impossible.
        type="d_number" if 4 <= digits[0] <= 7 else "birth_number",
        synthetic=added > 0,
    )


def _century(year: int, individual: int) -> int | None:
    """The century that the individual number stands for in numbers given out before 2032, or None."""
    if individual <= 499:
        return 1900
    if individual <= 749 and year >= 54:
        return 1800
    if year <= 39:
        return 2000
    if individual >= 900:
        return 1900
    return None


def _calendar_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _could_be_a_date(parts: _Parts) -> bool:
    """Whether the six first digits are a day of the calendar in some century.

    The century is not asked: from 2032 the number no longer tells it, and the official control does not use it.
    """
    return _calendar_date(2000 + parts.year, parts.month, parts.day) is not None


def _remainders(digits: tuple[int, ...]) -> tuple[int, int]:
    """What is left of the two controls modulo 11; a number of today's type has (0, 0)."""
    return (
        (weighted_sum(digits, FIRST_WEIGHTS) + digits[9]) % 11,
        (weighted_sum(digits, SECOND_WEIGHTS) + digits[10]) % 11,
    )


def _controls_hold(digits: tuple[int, ...], on: date) -> bool:
    first, second = _remainders(digits)
    highest = 3 if on >= NEW_NUMBERS_FROM else 0
    return first <= highest and second == 0


def check_national(value: str, *, on: date, allow_synthetic: bool) -> Checked:
    """Check a birth number or D-number by the rule that holds on the day `on`.

    A synthetic number is said to be synthetic also where it is refused, so that a page can explain why.
    """
    digits = digits_of(value, 11)
    if digits is None:
        return Checked(valid=False, type="birth_number", reason="format")
    parts = _parts(digits)
    reason: Reason | None = None
    if not _could_be_a_date(parts):
        reason = "date"
    elif not _controls_hold(digits, on):
        reason = "checksum"
    elif parts.synthetic and not allow_synthetic:
        reason = "synthetic_not_allowed"
    return Checked(valid=reason is None, type=parts.type, synthetic=parts.synthetic, reason=reason)


def birth_date(value: str) -> date | None:
    """The birth date that a birth number or D-number tells, or None where it does not tell one.

    Only numbers of the type given out before 2032 carry their century, in the individual number; a number whose
    first control leaves a remainder is of the new type and gives None.
    """
    digits = digits_of(value, 11)
    if digits is None or _remainders(digits) != (0, 0):
        return None
    parts = _parts(digits)
    century = _century(parts.year, parts.individual)
    return None if century is None else _calendar_date(century + parts.year, parts.month, parts.day)
