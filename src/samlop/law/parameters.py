"""The acts' numbers as dated parameters, on two time axes.

*Valid from* is the day a value begins to hold; *known from* the day a calculation could know it. G is set in May and
holds from 1 May, so a run in the middle of May is right when it uses the old G – and gives other lines when it is
made again in June. A value that was wrong is not overwritten: the right one is added with a later `known_from`.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache

Value = Fraction | date | str


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the three languages of the room."""

    nb: str
    nn: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `nb`, `nn` or `en`."""
        return {"nb": self.nb, "nn": self.nn, "en": self.en}[language]


@dataclass(frozen=True, slots=True)
class Act:
    """An act or regulation; `repealed` is None while it holds for new matters, `in_force` until it has a day."""

    id: str
    name: Text
    title: str
    address: str
    in_force: date | None
    repealed: date | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A paragraph of an act and where to read it."""

    act: str
    paragraph: str
    address: str

    def __str__(self) -> str:
        return f"{self.act} {self.paragraph}"


@dataclass(frozen=True, slots=True)
class Version:
    """One value of a parameter. `valid_from` is None for a rule that is enacted but not in force."""

    value: Value
    valid_from: date | None
    valid_to: date | None
    known_from: date
    reference: Reference
    evidence: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or date that an act gives, with all its versions."""

    id: str
    label: Text
    unit: str
    versions: tuple[Version, ...]
    # Month and day when a new value is expected every year, or None. After it an old value is a guess.
    renewed: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A value as it held on a day, with all that is needed to tell where it comes from."""

    parameter: Parameter
    version: Version

    @property
    def number(self) -> Fraction:
        """The value where it is a number."""
        assert isinstance(self.version.value, Fraction), self.parameter.id
        return self.version.value

    @property
    def whole(self) -> int:
        """The value where it is a whole number."""
        assert self.number.denominator == 1, self.parameter.id
        return self.number.numerator

    @property
    def day(self) -> date:
        """The value where it is a date."""
        assert isinstance(self.version.value, date), self.parameter.id
        return self.version.value

    @property
    def code(self) -> str:
        """The value where it is a code, such as a level."""
        assert isinstance(self.version.value, str), self.parameter.id
        return self.version.value

    @property
    def valid_from(self) -> date:
        """The day the value begins to hold."""
        assert self.version.valid_from is not None, self.parameter.id
        return self.version.valid_from

    @property
    def reference(self) -> str:
        """The paragraph the value comes from."""
        return str(self.version.reference)


class NotHeld(LookupError):
    """No value of the parameter holds on the day, as far as was known."""


@dataclass(frozen=True, slots=True)
class _Line:
    """The versions of one parameter that count, in order of the day they begin to hold."""

    parameter: Parameter
    starts: tuple[date, ...]
    held: tuple[Held, ...]


def _line(parameter: Parameter, known_on: date | None) -> _Line:
    latest: dict[date, Version] = {}
    for version in sorted(parameter.versions, key=lambda v: v.known_from):
        if version.valid_from is not None and (known_on is None or version.known_from <= known_on):
            latest[version.valid_from] = version
    starts = tuple(sorted(latest))
    return _Line(parameter, starts, tuple(Held(parameter, latest[start]) for start in starts))


@dataclass(frozen=True, slots=True)
class Rules:
    """All parameters as they were known on one day. What every formula reads."""

    lines: Mapping[str, _Line]
    known_on: date | None = None

    def find(self, parameter_id: str, day: date) -> Held | None:
        """The value that held on a day, or None."""
        line = self.lines[parameter_id]
        index = bisect_right(line.starts, day) - 1
        if index < 0:
            return None
        held = line.held[index]
        ended = held.version.valid_to is not None and day > held.version.valid_to
        return None if ended else held

    def at(self, parameter_id: str, day: date) -> Held:
        """The value that held on a day; an error in our data, not the user's, where there is none."""
        held = self.find(parameter_id, day)
        if held is None:
            raise NotHeld(f"{parameter_id} has no value on {day}, known on {self.known_on or 'any day'}")
        return held

    def changes(self, parameter_ids: Iterable[str], first: date, last: date) -> set[date]:
        """The days after `first` and up to `last` when one of the parameters gets a new value."""
        found: set[date] = set()
        for parameter_id in parameter_ids:
            starts = self.lines[parameter_id].starts
            found.update(starts[bisect_right(starts, first) : bisect_right(starts, last)])
        return found

    def is_overdue(self, held: Held, day: date) -> bool:
        """Whether a new value should have come between the day the held one began and `day`."""
        if held.parameter.renewed is None:
            return False
        month, on_day = held.parameter.renewed
        start = held.valid_from
        expected = date(start.year, month, on_day)
        return day >= (expected if expected > start else expected.replace(year=start.year + 1))


@dataclass(frozen=True, slots=True)
class Book:
    """Every act and parameter of the rule book, with all that was ever known.

    `fingerprint` changes with any change of the data; a stored decision keeps it, so that it can be told later which
    book it was made by.
    """

    acts: Mapping[str, Act]
    parameters: Mapping[str, Parameter]
    fingerprint: str = ""
    _known: dict[date | None, Rules] = field(default_factory=dict, compare=False, repr=False)

    def as_known(self, known_on: date | None = None) -> Rules:
        """The rules as they were known on a day; None is everything the book knows."""
        if known_on not in self._known:
            lines = {parameter.id: _line(parameter, known_on) for parameter in self.parameters.values()}
            self._known[known_on] = Rules(lines, known_on)
        return self._known[known_on]


@lru_cache(maxsize=1)
def current_book() -> Book:
    """The rule book that ships with the program."""
    from samlop.law.loading import DATA, load_book

    return load_book(DATA)


def rules_known(known_on: date | None = None) -> Rules:
    """The shipped rules as they were known on a day; None is everything."""
    return current_book().as_known(known_on)
