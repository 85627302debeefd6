"""What every test may use."""

from __future__ import annotations

import pytest

from tests.house import House, build


@pytest.fixture
def house(db: None) -> House:
    """Two municipalities with units, people in every role, and a case; see ``tests.house``."""
    return build()
