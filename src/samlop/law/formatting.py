"""Numbers, amounts and dates as people read them, in the three languages of the room."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from samlop.law.money import ORE
from samlop.law.texts import say

MONTH_NAMES = {
    "nb": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "nn": [
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
NO_BREAK = "\u00a0"


def _grouped(digits: str, separator: str) -> str:
    groups = []
    while digits:
        digits, group = digits[:-3], digits[-3:]
        groups.append(group)
    return separator.join(reversed(groups))


def _signed(negative: bool, text: str) -> str:
    return f"−{text}" if negative else text


def amount(ore: int, language: str) -> str:
    """Kroner and øre: `20 724,29 kr`, in English `NOK 20,724.29`."""
    whole, part = divmod(abs(ore), ORE)
    if language == "en":
        return _signed(ore < 0, f"NOK{NO_BREAK}{_grouped(str(whole), ',')}.{part:02d}")
    return _signed(ore < 0, f"{_grouped(str(whole), NO_BREAK)},{part:02d}{NO_BREAK}kr")


def number(value: Fraction | int, language: str) -> str:
    """A number with at most four decimals; the shares that the acts write as fractions stay fractions (2/3)."""
    value = Fraction(value)
    if value.denominator in (2, 3, 5, 6, 12) and abs(value) < 1:
        return f"{value.numerator}/{value.denominator}"
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    whole, _, part = f"{abs(rounded):f}".partition(".")
    part = part.rstrip("0")
    english = language == "en"
    text = _grouped(whole, "," if english else NO_BREAK) + (("." if english else ",") + part if part else "")
    return _signed(rounded < 0, text)


def day(value: date, language: str) -> str:
    """A date in words: `2. februar 2026`, in English `2 February 2026`."""
    dot = "" if language == "en" else "."
    return f"{value.day}{dot}{NO_BREAK}{MONTH_NAMES[language][value.month - 1]}{NO_BREAK}{value.year}"


def month(value: date, language: str) -> str:
    """The month and year of a date in words."""
    return f"{MONTH_NAMES[language][value.month - 1]}{NO_BREAK}{value.year}"


def count(value: Fraction | int, unit: str, language: str) -> str:
    """A number with its unit in singular or plural: `1 dag`, `3,5 timer`."""
    form = "one" if value == 1 else "many"
    return f"{number(value, language)}{NO_BREAK}{say(f'unit.{unit}.{form}', language)}"
