"""What every test may use."""

from __future__ import annotations

from typing import Any

import pytest

from tests.house import House, build


@pytest.fixture(autouse=True)
def lines_derived_anew(settings: Any) -> None:
    """Most tests write facts past the commands, where no mark is raised; ``overview/test_kept.py`` goes by commands."""
    settings.KEEP_LINES = False


@pytest.fixture
def house(db: None) -> House:
    """Two municipalities with units, people in every role, and a case; see ``tests.house``."""
    return build()
