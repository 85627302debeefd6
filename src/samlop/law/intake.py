"""Reads JSON strictly: what is not understood is refused with its path, and nothing is guessed.

Numbers are read as exact decimals, repeated keys are found, and neither huge numbers nor deep nesting reach Python's
own conversions, which would be slow or fail in their own words.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from samlop.law.dates import Month
from samlop.law.refused import Refused
from samlop.law.texts import sentence

MAX_BYTES = 1_000_000
MAX_LIST = 1_000
# Years that a case, a birth or a deadline can fall in. Others are typing errors.
FIRST_YEAR, LAST_YEAR = 1900, 2100
_LONGEST_NUMBER = 18
_MOST_DECIMALS = 4
_SHOWN = 60

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_AMOUNT = re.compile(r"[0-9]{1,12}\.[0-9]{2}")

Choice = TypeVar("Choice", bound=str)


def shown(name: str) -> str:
    """A name from outside as it may stand in an error: short, on one line and printable."""
    printable = "".join(sign if sign.isprintable() else "?" for sign in name[:_SHOWN])
    return printable + ("…" if len(name) > _SHOWN else "")


class _Object(dict[str, Any]):
    """A JSON object that remembers the first key that was written twice."""

    repeated: str | None = None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    result = _Object(pairs)
    if len(result) < len(pairs):
        result.repeated = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
    return result


def _whole(text: str) -> int | Decimal:
    return int(text) if len(text) <= _LONGEST_NUMBER else Decimal(text)


class _NotFinite:
    """NaN and infinity, which JSON does not have but many programs write; refused where the field is read."""


def _not_finite(text: str) -> _NotFinite:
    return _NotFinite()


def _refuse_repeated(value: Any, path: str) -> None:
    if isinstance(value, _Object):
        if value.repeated is not None:
            raise Refused("duplicate_field", join(path, value.repeated), sentence("error.duplicate_field"))
        for key, part in value.items():
            _refuse_repeated(part, join(path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            _refuse_repeated(part, f"{path}[{index}]")


def join(path: str, name: str) -> str:
    """The path of a field inside another; `$` is the whole document."""
    return shown(name) if path == "$" else f"{path}.{shown(name)}"


def parse(content: bytes) -> "Fields":
    """The fields of a JSON object. A byte order mark, as some editors write it, is skipped."""
    if len(content) > MAX_BYTES:
        raise Refused("too_large", "$", sentence("error.too_large"))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("invalid_encoding", "$", sentence("error.invalid_encoding")) from None
    if not text.strip():
        raise Refused("empty_input", "$", sentence("error.empty_input"))
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_whole, parse_float=Decimal, parse_constant=_not_finite
        )
        _refuse_repeated(value, "$")
    except (ValueError, ArithmeticError, RecursionError):
        raise Refused("invalid_json", "$", sentence("error.invalid_json")) from None
    return Fields.of(value, "$")


class Fields:
    """The fields of one JSON object. Each is asked for once; `done` refuses what nobody asked for."""

    def __init__(self, values: Mapping[str, Any], path: str) -> None:
        self._values = values
        self._path = path
        self._asked: set[str] = set()

    @classmethod
    def of(cls, value: Any, path: str) -> "Fields":
        """The fields of a value that must be an object."""
        if not isinstance(value, dict):
            raise Refused("not_an_object", path, sentence("error.not_an_object"))
        return cls(value, path)

    def path(self, name: str) -> str:
        """The path of a field, for errors."""
        return join(self._path, name)

    def _take(self, name: str) -> Any:
        self._asked.add(name)
        return self._values.get(name)

    def has(self, name: str) -> bool:
        """Whether a field is given and not null."""
        return self._values.get(name) is not None

    def _required(self, name: str) -> Any:
        value = self._take(name)
        if value is None:
            raise Refused("missing_field", self.path(name), sentence("error.missing_field"))
        return value

    def knows_only(self, names: Iterable[str]) -> None:
        """Refuse a field that is not among the names."""
        known = set(names)
        for name in self._values:
            if name not in known:
                raise Refused("unknown_field", self.path(name), sentence("error.unknown_field"))

    def day(self, name: str) -> date:
        """A required date."""
        return self._as_day(name, self._required(name))

    def day_or_none(self, name: str) -> date | None:
        """An optional date."""
        value = self._take(name)
        return None if value is None else self._as_day(name, value)

    def _as_day(self, name: str, value: Any) -> date:
        if isinstance(value, str) and _DATE.fullmatch(value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                raise Refused("impossible_date", self.path(name), sentence("error.impossible_date")) from None
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            raise Refused("impossible_date", self.path(name), sentence("error.year_out_of_range"))
        raise Refused("invalid_date", self.path(name), sentence("error.invalid_date"))

    def month(self, name: str) -> Month:
        """A required month, YYYY-MM."""
        value = self._required(name)
        if not isinstance(value, str) or not _MONTH.fullmatch(value):
            raise Refused("invalid_month", self.path(name), sentence("error.invalid_month"))
        month = Month(int(value[:4]), int(value[5:]))
        if not 1 <= month.month <= 12 or not FIRST_YEAR <= month.year <= LAST_YEAR:
            raise Refused("invalid_month", self.path(name), sentence("error.invalid_month"))
        return month

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """True or false; required where there is no default."""
        value = self._required(name) if default is None else self._take(name)
        if value is None:
            return bool(default)
        if not isinstance(value, bool):
            raise Refused("wrong_type", self.path(name), sentence("error.not_a_flag"))
        return value

    def choice(self, name: str, choices: tuple[Choice, ...]) -> Choice:
        """One of a few words, required."""
        value = self._required(name)
        for choice in choices:
            if isinstance(value, str) and value == choice:
                return choice
        raise Refused("invalid_choice", self.path(name), sentence("error.invalid_choice", choices=", ".join(choices)))

    def text(self, name: str) -> str:
        """A text, required."""
        value = self._required(name)
        if not isinstance(value, str):
            raise Refused("wrong_type", self.path(name), sentence("error.not_a_text"))
        return value

    def whole(self, name: str, *, most: int) -> int:
        """A whole number from 0, optional."""
        value = self._take(name)
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise Refused("wrong_type", self.path(name), sentence("error.not_whole"))
        if not 0 <= value <= most:
            raise Refused("absurd_amount", self.path(name), sentence("error.out_of_range", most=most))
        if not isinstance(value, int):
            raise Refused("wrong_type", self.path(name), sentence("error.not_whole"))
        return value

    def number(self, name: str, *, most: int) -> Fraction:
        """A number from 0 with at most four decimals, optional. Hours are such numbers."""
        value = self._take(name)
        if value is None:
            return Fraction(0)
        if isinstance(value, _NotFinite):
            raise Refused("invalid_number", self.path(name), sentence("error.not_a_number"))
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise Refused("wrong_type", self.path(name), sentence("error.not_number"))
        if not 0 <= value <= most:
            raise Refused("absurd_amount", self.path(name), sentence("error.out_of_range", most=most))
        if isinstance(value, Decimal) and value.adjusted() < -_MOST_DECIMALS - 1 and value:
            raise Refused("invalid_number", self.path(name), sentence("error.too_many_decimals"))
        exact = Fraction(value)
        if 10**_MOST_DECIMALS % exact.denominator:
            raise Refused("invalid_number", self.path(name), sentence("error.too_many_decimals"))
        return exact

    def amount(self, name: str, *, most: int) -> Fraction:
        """A required amount in kroner: text with two decimals, never negative."""
        return self._as_amount(name, self._required(name), most)

    def amount_or_none(self, name: str, *, most: int) -> Fraction | None:
        """An optional amount in kroner."""
        value = self._take(name)
        return None if value is None else self._as_amount(name, value, most)

    def _as_amount(self, name: str, value: Any, most: int) -> Fraction:
        if not isinstance(value, str) or len(value) > _SHOWN or not _AMOUNT.fullmatch(value):
            raise Refused("invalid_amount", self.path(name), sentence("error.invalid_amount"))
        exact = Fraction(value)
        if exact >= most:
            raise Refused("absurd_amount", self.path(name), sentence("error.amount_too_large"))
        return exact

    def inner(self, name: str) -> "Fields":
        """The fields of an object inside, empty where it is left out."""
        value = self._take(name)
        return Fields({} if value is None else Fields.of(value, self.path(name))._values, self.path(name))

    def rows(self, name: str) -> "list[Fields]":
        """The objects of a list inside, none where it is left out."""
        value = self._take(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise Refused("wrong_type", self.path(name), sentence("error.not_a_list"))
        if len(value) > MAX_LIST:
            raise Refused("too_large", self.path(name), sentence("error.too_many_rows", most=MAX_LIST))
        return [Fields.of(row, f"{self.path(name)}[{index}]") for index, row in enumerate(value)]
