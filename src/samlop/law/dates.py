"""The calendar that the acts count in: months, ages, public holidays and working days. No clock is read here."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Period:
    """A period of whole days; the first and the last day count."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Every day of the period."""
        for ordinal in range(self.first.toordinal(), self.last.toordinal() + 1):
            yield date.fromordinal(ordinal)


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later; a day that month lacks is its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(start: date, months: int) -> date:
    """The last day of a period of whole months that begins on `start`: the day before the same day of the month."""
    return add_months(start, months) - ONE_DAY


def birthday(birth_date: date, age: int) -> date:
    """The day a person turns `age`; someone born on 29 February turns on the 28th where there is no 29th."""
    return add_months(birth_date, age * 12)


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived on a day."""
    years = day.year - birth_date.year
    return years if day >= birthday(birth_date, years) else years - 1


def easter_sunday(year: int) -> date:
    """First day of Easter, by the Gregorian reckoning of Butcher and Meeus."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


# Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension, Whit Sunday and Monday.
_MOVABLE = (-3, -2, 0, 1, 39, 49, 50)
_FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year, 1 and 17 May among them.

    The Integration Regulations § 17 name the same days; Easter Sunday and Whit Sunday are there as Sundays.
    """
    easter = easter_sunday(year)
    return frozenset(
        [easter + timedelta(days=days) for days in _MOVABLE] + [date(year, month, day) for month, day in _FIXED]
    )


def is_working_day(day: date) -> bool:
    """Whether a day is neither Saturday, Sunday nor a public holiday (virkedag as the acts here use it)."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself or the first working day after it (the Public Administration Act § 30)."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days(period: Period) -> int:
    """How many working days a period has, first and last day included."""
    return sum(1 for day in period.days() if is_working_day(day))
