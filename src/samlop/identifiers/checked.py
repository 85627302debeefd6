"""What a check answers, and the two things every number has in common: its cleaning and its weighted sum."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["fnr", "duf", "orgnr"]
NumberType = Literal["birth_number", "d_number", "duf", "organisation"]
Reason = Literal["format", "date", "checksum", "synthetic_not_allowed"]

# Signs people write between the groups of a number. All space characters that print as a gap are included,
# since numbers are pasted from letters and spreadsheets.
_SEPARATORS = str.maketrans("", "", " \u00a0\u2007\u2009\u202f.-\u2010\u2011")


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer about one number. `reason` is empty when the number is valid."""

    valid: bool
    type: NumberType
    synthetic: bool = False
    reason: Reason | None = None


def digits_of(value: str, length: int) -> tuple[int, ...] | None:
    """The digits of a number written with or without separators, or None where it is not `length` digits.

    Only the ASCII digits count: other scripts' digits would pass `str.isdigit` and surprise every register.
    """
    cleaned = value.translate(_SEPARATORS)
    if len(cleaned) != length or not (cleaned.isascii() and cleaned.isdigit()):
        return None
    return tuple(int(sign) for sign in cleaned)


def weighted_sum(digits: Sequence[int], weights: Sequence[int]) -> int:
    """The sum of digits times weights that the modulus 11 controls are built on; extra digits do not count."""
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False))
