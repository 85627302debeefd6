"""The ready-made arrangements of ``arrangement.yaml``, read once and checked."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samlop.cooperation.models import OrganisationModel, TalkKind, Task, Which
from samlop.cooperation.rules import Rule
from samlop.people.vocabulary import UnitKind


class PresetError(ValueError):
    """The file lacks a task, or says something the program does not know."""


@dataclass(frozen=True)
class ModelPreset:
    """Who owns each task in an organisation model: kinds of unit, the preferred one first."""

    model: OrganisationModel
    like: str
    owners: Mapping[Task, tuple[UnitKind, ...]]


@dataclass(frozen=True)
class TalkPreset:
    """A known way of inviting to the plan talks."""

    code: str
    name: str
    rules: tuple[Rule, ...]


@functools.cache
def presets() -> tuple[Mapping[OrganisationModel, ModelPreset], Mapping[str, TalkPreset]]:
    """The models and the talk rules of the file."""
    return parse(yaml.safe_load(Path(__file__).with_name("arrangement.yaml").read_text(encoding="utf-8")))


def model_presets() -> Mapping[OrganisationModel, ModelPreset]:
    return presets()[0]


def talk_presets() -> Mapping[str, TalkPreset]:
    return presets()[1]


def parse(document: Mapping[str, Any]) -> tuple[Mapping[OrganisationModel, ModelPreset], Mapping[str, TalkPreset]]:
    """Turn the file into presets. Raises ``PresetError`` unless each model names every task exactly once."""
    try:
        models = {OrganisationModel(name): _model(name, body) for name, body in document["models"].items()}
        talks = {code: _talks(code, body) for code, body in document["talks"].items()}
    except (KeyError, ValueError) as problem:
        raise PresetError(str(problem)) from problem
    return models, talks


def _model(name: str, body: Mapping[str, Any]) -> ModelPreset:
    owners = {Task(task): tuple(UnitKind(kind) for kind in kinds) for task, kinds in body["owners"].items()}
    missing = sorted(set(Task) - set(owners))
    empty = sorted(task for task, kinds in owners.items() if not kinds)
    if missing or empty:
        raise PresetError(f"{name}: tasks without an owner: {missing + empty}")
    return ModelPreset(OrganisationModel(name), body["like"], owners)


def _talks(code: str, body: Mapping[str, Any]) -> TalkPreset:
    rules = tuple(
        Rule(TalkKind(rule["talk"]), UnitKind(rule["unit_kind"]), Which(rule["which"]), int(rule["count"]))
        for rule in body["rules"]
    )
    return TalkPreset(code, body["name"], rules)
