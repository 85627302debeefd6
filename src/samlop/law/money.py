"""Kroner and øre. Amounts are exact fractions of a krone until they stand on a line of a payslip."""

from fractions import Fraction

ORE = 100


def half_up(value: Fraction) -> int:
    """The nearest whole number, halves away from zero (the ministry's letters round to the øre like this)."""
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value.numerator) + value.denominator) // (2 * value.denominator))


def to_ore(kroner: Fraction) -> int:
    """Whole øre of an exact amount in kroner, half-up."""
    return half_up(kroner * ORE)


def kroner_text(ore: int) -> str:
    """An amount in øre as kroner with two decimals, for machines: 2072429 → `20724.29`."""
    sign = "-" if ore < 0 else ""
    return f"{sign}{abs(ore) // ORE}.{abs(ore) % ORE:02d}"


def exact_text(value: Fraction) -> str:
    """An exact number as text: a decimal where it ends within four decimals, otherwise a fraction."""
    scaled = value * 10_000
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(abs(scaled.numerator), 10_000)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}" + (f".{part:04d}".rstrip("0") if part else "")
