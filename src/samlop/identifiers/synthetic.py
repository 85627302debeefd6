"""Numbers for demonstrations and tests: well formed, and never a real person's.

Birth and D-numbers have 80 added to the month, as in the Tax Administration's own test population. DUF numbers
have no synthetic form; ours have a serial number far above those in use. Organisation numbers start with 3, the
series that the registers use for made-up organisations.
"""

from collections.abc import Iterator
from datetime import date

from samlop.identifiers.checked import weighted_sum
from samlop.identifiers.national import D_NUMBER_DAY, FIRST_WEIGHTS, SECOND_WEIGHTS, SYNTHETIC_MONTHS
from samlop.identifiers.other import duf_control, organisation_control


def _individual_numbers(year: int) -> Iterator[int]:
    """The individual numbers of a birth year, in order (numbers of the type given out before 2032)."""
    if 1900 <= year <= 1999:
        yield from range(500)
    if 1940 <= year <= 1999:
        yield from range(900, 1000)
    if 2000 <= year <= 2039:
        yield from range(500, 1000)
    if 1854 <= year <= 1899:
        yield from range(500, 750)


def _with_controls(nine: str) -> str | None:
    """The eleven digits that begin with these nine, or None where a control would need two digits."""
    digits = tuple(map(int, nine))
    first = -weighted_sum(digits, FIRST_WEIGHTS) % 11
    if first == 10:
        return None
    second = -weighted_sum((*digits, first), SECOND_WEIGHTS) % 11
    return None if second == 10 else f"{nine}{first}{second}"


def _national(birth_date: date, serial: int, day_added: int) -> str:
    if serial < 0:
        raise ValueError("serial must not be negative")
    month = birth_date.month + SYNTHETIC_MONTHS[0]
    start = f"{birth_date.day + day_added:02d}{month:02d}{birth_date.year % 100:02d}"
    usable = (
        number
        for individual in _individual_numbers(birth_date.year)
        if (number := _with_controls(f"{start}{individual:03d}"))
    )
    for index, number in enumerate(usable):
        if index == serial:
            return number
    raise ValueError(f"no synthetic number left for serial {serial} of this birth date")


def synthetic_birth_number(birth_date: date, serial: int) -> str:
    """The synthetic birth number no. `serial` (from 0) of people born on a day; the same question, the same answer."""
    return _national(birth_date, serial, 0)


def synthetic_d_number(birth_date: date, serial: int) -> str:
    """The synthetic D-number no. `serial` (from 0) of people born on a day."""
    return _national(birth_date, serial, D_NUMBER_DAY)


def synthetic_duf(year: int, serial: int) -> str:
    """A well-formed DUF number of a year; `serial` 0–99 999 gives the series 900000–999999."""
    if not 0 <= serial <= 99_999:
        raise ValueError("serial must be between 0 and 99999")
    ten = f"{year:04d}{900_000 + serial:06d}"
    return f"{ten}{duf_control(tuple(map(int, ten))):02d}"


def synthetic_orgnr(serial: int) -> str:
    """The well-formed organisation number no. `serial` (from 0) of the series that starts with 3."""
    if not 0 <= serial <= 900_000:
        raise ValueError("serial must be between 0 and 900000")
    # About one in eleven numbers has no control digit, so the serial is stretched and the gap stepped over.
    for candidate in range(31_000_000 + serial * 2, 31_000_000 + serial * 2 + 2):
        eight = f"{candidate}"
        control = organisation_control(tuple(map(int, eight)))
        if control != 10:
            return f"{eight}{control}"
    raise ValueError(f"no number for serial {serial}")
