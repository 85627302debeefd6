"""Nothing is left undeclared: every table, page, operation, command and query says who it is for.

Forgetting must not open a door, so each list is made from the program itself and not by hand.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from samlop.core.commands import COMMANDS, Policy
from samlop.core.queries import QUERIES
from samlop.core.reach import ByCase, ByMunicipality, ByUser, Public, System
from samlop.exchange.api.routes import api

FOREIGN = yaml.safe_load(Path(__file__).with_name("foreign.yaml").read_text(encoding="utf-8"))
ROOMS = Path(__file__).parents[2] / "src" / "samlop"


def ours(model: type[Model]) -> bool:
    return model.__module__.startswith("samlop.")


def all_models() -> list[type[Model]]:
    return list(apps.get_models(include_auto_created=True))


OURS = [model for model in all_models() if ours(model) and not model._meta.auto_created]


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_table_says_how_it_is_reached(model: Any) -> None:
    assert isinstance(model.reach, ByCase | ByMunicipality | ByUser | Public | System)
    if isinstance(model.reach, ByCase):
        assert model.reach.section or model.reach.section_field
        for path in filter(None, (model.reach.path, model.reach.section_field, model.reach.named)):
            model._default_manager.filter(**{f"{path}__isnull": False})
    if isinstance(model.reach, Public | System):
        assert model.reach.why


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_is_classified_and_nothing_else(model: Any) -> None:
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)}
    assert set(model.classified) == fields


def test_every_foreign_table_is_known_with_a_reason() -> None:
    foreign = {m._meta.label for m in all_models() if not ours(m) and not m._meta.auto_created}
    unknown = {label for label in foreign if label not in FOREIGN["tables"]}
    assert unknown == set()


def addresses(patterns: list[Any], prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*names, pattern.namespace) if pattern.namespace else names
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern), inner)
        else:
            yield ":".join((*names, pattern.name or prefix + str(pattern.pattern))), pattern


ALL_ADDRESSES = list(addresses(get_resolver().url_patterns))


@pytest.mark.parametrize(("name", "pattern"), ALL_ADDRESSES, ids=[name for name, _ in ALL_ADDRESSES])
def test_every_address_declares_who_may_open_it(name: str, pattern: URLPattern) -> None:
    declared = getattr(pattern.callback, "policy", None)
    if name.startswith("api:"):
        return  # one address serves several operations; each is tested below
    if declared is None:
        assert any(
            name == known or (known.endswith("*") and name.startswith(known[:-1])) for known in FOREIGN["addresses"]
        )
        return
    assert isinstance(declared, Policy)


def operations() -> Iterator[tuple[str, Any]]:
    for _prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield f"{operation.methods[0]} {path.replace('uuidstr:', 'uuid:')}", operation.view_func


@pytest.mark.parametrize(("name", "function"), list(operations()), ids=[name for name, _ in operations()])
def test_every_operation_of_the_api_declares_who_may_call_it(name: str, function: Any) -> None:
    assert isinstance(function.policy, Policy)


def rooms(module: str) -> list[ModuleType]:
    found = [*sorted(ROOMS.rglob(f"{module}.py")), *sorted(ROOMS.rglob(f"{module}/*.py"))]
    found = [path for path in found if path.relative_to(ROOMS).parts[0] != "core"]  # the makers of commands and queries
    dotted = [".".join(("samlop", *path.relative_to(ROOMS).with_suffix("").parts)) for path in found]
    return [importlib.import_module(name.removesuffix(".__init__")) for name in dotted]


def public_functions(module: ModuleType) -> Iterator[tuple[str, Any]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        defined_here = inspect.unwrap(function).__module__ == module.__name__
        if defined_here and not name.startswith("_"):
            yield f"{module.__name__.removeprefix('samlop.')}.{name}", function


def test_every_function_of_a_commands_file_is_a_command() -> None:
    functions = {name for module in rooms("commands") for name, _ in public_functions(module)}
    assert functions - set(COMMANDS) - set(FOREIGN["not_commands"]) == set()


def test_every_function_of_a_queries_file_is_a_query() -> None:
    functions = {name for module in rooms("queries") for name, _ in public_functions(module)}
    assert functions - set(QUERIES) - set(FOREIGN["not_queries"]) == set()


def test_commands_take_keywords_and_end_with_by() -> None:
    for module in rooms("commands"):
        for name, function in public_functions(module):
            if name not in COMMANDS:
                continue
            parameters = list(inspect.signature(inspect.unwrap(function)).parameters.values())
            assert parameters[-1].name == "by", name
            assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters), name


def test_every_journal_code_a_command_writes_has_a_sentence() -> None:
    from samlop.cases.journal import codes

    written: set[str] = set()
    for path in ROOMS.rglob("*.py"):
        if "demo" not in path.parts:
            written |= set(
                re.findall(r'Entry\(\s*(?:case=\w+,\s*)?code="([a-z_.]+)"', path.read_text(encoding="utf-8"))
            )
    assert written - codes() == set()
