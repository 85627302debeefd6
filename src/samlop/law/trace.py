"""How an answer came about: a tree of steps, each with what went in, which parameters held and what came out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from samlop.law.dates import Month, Period
from samlop.law.money import exact_text
from samlop.law.parameters import Held

Plain = str | int | bool | None | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation or an assessment."""

    name: str
    result: Any
    inputs: Mapping[str, Any] = field(default_factory=dict)
    parameters: tuple[Held, ...] = ()
    references: tuple[str, ...] = ()
    steps: tuple["Step", ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The step and all under it, ready to be stored or printed."""
        return {
            "name": self.name,
            "inputs": {key: plain(value) for key, value in self.inputs.items()},
            "parameters": [held_as_json(held) for held in self.parameters],
            "reference": "; ".join(self.references or dict.fromkeys(held.reference for held in self.parameters)),
            "result": plain(self.result),
            "steps": [step.as_json() for step in self.steps],
        }


def held_as_json(held: Held) -> dict[str, Any]:
    """A parameter as it held, with the day it holds from and the paragraph."""
    return {
        "id": held.parameter.id,
        "label": held.parameter.label.nb,
        "value": plain(held.version.value),
        "unit": held.parameter.unit,
        "valid_from": held.valid_from.isoformat(),
        "known_from": held.version.known_from.isoformat(),
        "reference": held.reference,
        "evidence": held.version.evidence,
    }


def plain(value: Any) -> Plain:
    """A value of a trace as JSON knows it; exact numbers become text so that nothing is lost."""
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Month):
        return str(value)
    if isinstance(value, Period):
        return {"from": value.first.isoformat(), "to": value.last.isoformat()}
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    if value is None or isinstance(value, str | int | bool):
        return value
    raise TypeError(f"a trace cannot hold {type(value).__name__}")
