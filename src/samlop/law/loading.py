"""Reads the rule book from YAML and refuses it where it does not hold water.

A missing reference, an unknown unit, two values for the same day or a misspelt key must stop the program at once:
a rule that is silently wrong pays out wrong amounts.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

try:
    # The same safe loader over the C library, about ten times as fast.
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

from samlop.law.parameters import Act, Book, Parameter, Reference, Text, Value, Version

DATA = Path(__file__).parent / "data"
ACTS_FILE = "acts.yaml"
# Files in the folder that hold something else than parameters.
NOT_PARAMETERS = frozenset({ACTS_FILE, "questions.yaml", "absence_codes.yaml", "rulebook.yaml", "decisions.yaml"})

UNITS = frozenset(
    [
        "krone_per_year",
        "share",
        "factor",
        "divisor",
        "year",
        "month",
        "week",
        "day",
        "working_day",
        "hour",
        "hour_per_week",
        "hour_per_day",
        "minute",
        "meeting",
        "date",
        "code",
        "times",
    ]
)
EVIDENCE = frozenset({"verified", "own_knowledge", "uncertain"})
_PARAMETER_KEYS = frozenset({"id", "label", "unit", "reference", "evidence", "renewed", "values"})
_VALUE_KEYS = frozenset({"valid_from", "valid_to", "known_from", "value", "reference", "evidence", "not_in_force"})


class BadRuleBook(ValueError):
    """The rule book cannot be used; the message names the parameter and what is wrong with it."""


def load_yaml(path: Path) -> Any:
    """The content of a YAML file."""
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=SafeLoader)


def text_from(where: str, raw: Any) -> Text:
    """A text in three languages; one that is missing is an error, not an empty string on a page."""
    if not isinstance(raw, Mapping) or set(raw) != {"nb", "nn", "en"} or not all(raw.values()):
        raise BadRuleBook(f"{where}: text in nb, nn and en is needed")
    return Text(nb=str(raw["nb"]), nn=str(raw["nn"]), en=str(raw["en"]))


def _day(where: str, raw: Any) -> date:
    if type(raw) is not date:
        raise BadRuleBook(f"{where}: {raw!r} is not a date")
    return raw


def _act(raw: Mapping[str, Any]) -> Act:
    name = str(raw.get("id"))
    address = str(raw.get("address", ""))
    if not address.startswith("https://"):
        raise BadRuleBook(f"{name}: an address is needed")
    in_force, repealed = raw.get("in_force"), raw.get("repealed")
    return Act(
        id=name,
        name=text_from(name, raw.get("name")),
        title=str(raw["title"]),
        address=address,
        in_force=None if in_force is None else _day(name, in_force),
        repealed=None if repealed is None else _day(name, repealed),
    )


def reference_from(where: str, raw: Any, acts: Mapping[str, Act]) -> Reference:
    """A reference such as `integreringsloven § 20`; the act must be one of the book's."""
    act_id, _, paragraph = str(raw or "").partition(" ")
    act = acts.get(act_id)
    if act is None or not paragraph.strip():
        raise BadRuleBook(f"{where}: a reference to a known act and paragraph is needed, not {raw!r}")
    anchor = paragraph.replace(" ", "") if paragraph.startswith("§ ") else ""
    return Reference(act_id, paragraph, f"{act.address}/{anchor}" if anchor else act.address)


def _value(where: str, unit: str, raw: Any) -> Value:
    if unit == "date":
        return _day(where, raw)
    if unit == "code":
        return str(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise BadRuleBook(f"{where}: {raw!r} must be a whole number or an exact fraction in quotes")
    try:
        return Fraction(raw)
    except (ValueError, ZeroDivisionError) as error:
        raise BadRuleBook(f"{where}: {raw!r} is not a number") from error


def _version(where: str, raw: Mapping[str, Any], parameter: Mapping[str, Any], acts: Mapping[str, Act]) -> Version:
    unknown = set(raw) - _VALUE_KEYS
    if unknown or "value" not in raw:
        raise BadRuleBook(f"{where}: unknown or missing key in a value: {sorted(unknown) or 'value'}")
    valid_from = None if raw.get("not_in_force") else _day(where, raw.get("valid_from"))
    valid_to = None if raw.get("valid_to") is None else _day(where, raw["valid_to"])
    if valid_from and valid_to and valid_to < valid_from:
        raise BadRuleBook(f"{where}: valid_to comes before valid_from")
    known_from = raw.get("known_from") or valid_from or date.min
    evidence = str(raw.get("evidence", parameter.get("evidence")))
    if evidence not in EVIDENCE:
        raise BadRuleBook(f"{where}: unknown evidence mark {evidence!r}")
    return Version(
        value=_value(where, str(parameter["unit"]), raw["value"]),
        valid_from=valid_from,
        valid_to=valid_to,
        known_from=_day(where, known_from),
        reference=reference_from(where, raw.get("reference", parameter.get("reference")), acts),
        evidence=evidence,
    )


def _no_overlap(where: str, versions: tuple[Version, ...]) -> None:
    """Two values must not claim the same day as known on the same day."""
    seen: set[tuple[date, date]] = set()
    for version in versions:
        if version.valid_from is None:
            continue
        key = (version.valid_from, version.known_from)
        if key in seen:
            raise BadRuleBook(f"{where}: two values from {version.valid_from}, known from {version.known_from}")
        seen.add(key)
    starts = sorted({start for start, _ in seen})
    for version in versions:
        start, end = version.valid_from, version.valid_to
        if start and end and any(start < other <= end for other in starts):
            raise BadRuleBook(f"{where}: the value from {start} overlaps the next")


def _parameter(raw: Mapping[str, Any], acts: Mapping[str, Act]) -> Parameter:
    where = str(raw.get("id"))
    unknown = set(raw) - _PARAMETER_KEYS
    if unknown:
        raise BadRuleBook(f"{where}: unknown key {sorted(unknown)}")
    if raw.get("unit") not in UNITS:
        raise BadRuleBook(f"{where}: unknown unit {raw.get('unit')!r}")
    if not raw.get("values"):
        raise BadRuleBook(f"{where}: at least one value is needed")
    reference_from(where, raw.get("reference"), acts)
    versions = tuple(_version(where, value, raw, acts) for value in raw["values"])
    _no_overlap(where, versions)
    renewed = raw.get("renewed")
    return Parameter(
        id=where,
        label=text_from(where, raw.get("label")),
        unit=str(raw["unit"]),
        versions=versions,
        renewed=None if renewed is None else (int(renewed[:2]), int(renewed[3:])),
    )


def _per_act(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """One entry as it stands, or one per act where the same rule stands in both with its own paragraph and values."""
    if "per_act" not in raw:
        yield raw
        return
    shared = {key: value for key, value in raw.items() if key != "per_act"}
    for act, part in raw["per_act"].items():
        if set(part) != {"paragraph", "values"}:
            raise BadRuleBook(f"{raw.get('id')}: paragraph and values are needed for {act}")
        identity = {"id": f"{raw['id']}.{act}", "reference": f"{act} {part['paragraph']}", "values": part["values"]}
        yield {**shared, **identity}


def _fingerprint(folder: Path) -> str:
    """A short name of the exact content of a folder's rules."""
    digest = sha256()
    for path in sorted(folder.glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def load_book(folder: Path) -> Book:
    """The rule book of a folder: the acts and every parameter file."""
    acts = {act.id: act for act in map(_act, load_yaml(folder / ACTS_FILE))}
    parameters: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name in NOT_PARAMETERS:
            continue
        for parameter in (_parameter(raw, acts) for entry in load_yaml(path) for raw in _per_act(entry)):
            if parameter.id in parameters:
                raise BadRuleBook(f"{parameter.id}: defined twice")
            parameters[parameter.id] = parameter
    return Book(acts, parameters, _fingerprint(folder))
