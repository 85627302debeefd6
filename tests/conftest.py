"""What every test may use."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.base import Template
from django.test.utils import _TestState, instrumented_test_render

from tests.databases import Emptier, copied
from tests.house import House, build


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end; the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """In the place of pytest-django's: see ``tests.databases``. ``--create-db`` migrates anew."""
    making = copied(verbosity=request.config.option.verbose, anew=django_db_createdb)
    with pytest.MonkeyPatch.context() as patch:
        with django_db_blocker.unblock():
            next(making)
            Emptier().take_over(patch)
        yield
    with django_db_blocker.unblock():
        next(making, None)


@pytest.fixture(scope="session", autouse=True)
def _templates_drawn_plainly(django_test_environment: None) -> None:
    """Django copies the whole context of every template drawn in a test, for the few tests that look at it."""
    Template._render = _TestState.saved_data.template_render


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that reads ``answer.context`` or ``answer.templates``."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(autouse=True)
def lines_derived_anew(settings: Any) -> None:
    """Most tests write facts past the commands, where no mark is raised; ``overview/test_kept.py`` goes by commands."""
    settings.KEEP_LINES = False


@pytest.fixture
def house(db: None) -> House:
    """Two municipalities with units, people in every role, and a case; see ``tests.house``."""
    return build()
