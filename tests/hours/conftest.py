"""What tests of the week may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from samlop.core.time import at
from samlop.hours.models import Group
from tests.hours.lists import MONDAY
from tests.hours.weeks import course, group, hour, join
from tests.house import House


@pytest.fixture
def that_monday() -> Iterator[None]:
    """Today is the Monday of the class list."""
    with at(MONDAY):
        yield


@pytest.fixture
def spor(house: House) -> Group:
    """The class «Spor 1» with the house's participant, and an hour on Mondays."""
    course(house.case)
    made = group(house)
    join(house.case, made)
    hour(made, 1, "09.00-14.00")
    return made
