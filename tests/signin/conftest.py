"""People who can sign in."""

from __future__ import annotations

import pytest

from samlop.core.writing import writing
from samlop.people.models import User
from tests.house import House
from tests.oidc.way import configure as configure
from tests.oidc.way import issuer as issuer

PASSWORD = "fire hester i regn"


@pytest.fixture
def adviser(house: House) -> User:
    """The programme adviser of Elvestad, with a password."""
    user = house.users["adviser"]
    user.set_password(PASSWORD)
    with writing("test"):
        user.save()
    return user
