"""Fixtures of the room's tests."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from tests.exchange.importing import QUEUED


@pytest.fixture
def jobs_noted() -> Iterator[None]:
    """Jobs are noted instead of queued; ``importing.run_all`` does them."""
    with patch("samlop.exchange.imports.commands.queue", QUEUED.append):
        yield
    QUEUED.clear()
