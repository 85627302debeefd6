"""The demo filled once for all tests here: it takes seconds, and no test changes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from samlop.site.demo import fill


class Undo(Exception):
    """Raised to take the filled demo away again."""


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The number of rows of the small demo. Tests that use it are marked ``django_db``: what they change is undone."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield fill.small()
                raise Undo
        except Undo:
            pass
