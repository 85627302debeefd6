"""Worked examples: what is given, what follows, and the paragraph that is protected.

They stand beside the rules because they are two things at once: the tests of the formulas and the examples that the
rule book shows, so that what a reader sees is what holds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samlop.law.loading import DATA, load_yaml, text_from
from samlop.law.parameters import Text

FOLDER = DATA / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """An example for one subcommand, or one of the smaller rules (`small_rules.py`).

    `changes` are what it changes on the base case of its file.
    """

    command: str
    name: Text
    protects: str
    changes: Mapping[str, Any]
    given: Mapping[str, Any]
    then: Any


def _as_json(value: Any) -> Any:
    """YAML reads dates; the command line writes them as text."""
    if isinstance(value, dict):
        return {key: _as_json(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def _examples_of(raw: Mapping[str, Any]) -> Iterator[Example]:
    base = _as_json(raw["base"])
    for example in raw["examples"]:
        changes = _as_json(example["given"])
        yield Example(
            command=raw["command"],
            name=text_from(f"example of {raw['command']}", example["name"]),
            protects=example["protects"],
            changes=changes,
            given={**base, **changes},
            then=_as_json(example["then"]),
        )


@lru_cache(maxsize=1)
def all_examples() -> tuple[Example, ...]:
    """Every worked example, file by file."""
    return tuple(example for path in sorted(FOLDER.glob("*.yaml")) for example in _examples_of(load_yaml(path)))


def base_case(command: str) -> dict[str, Any]:
    """The base case that the examples of a subcommand change."""
    base: dict[str, Any] = _as_json(load_yaml(FOLDER / f"{command}.yaml")["base"])
    return base
