"""The demo filled once for all tests here: it takes seconds, and no test changes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from samlop.site.demo import fill


class Undo(Exception):
    """Raised to take the filled demo away again."""


@pytest.fixture(scope="package")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The number of rows of the small demo."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield fill.small()
                raise Undo
        except Undo:
            pass


@pytest.fixture
def demo(filled: int, django_db_blocker: Any) -> Iterator[int]:
    """The filled demo, for one test; what the test changes is undone."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                yield filled
                raise Undo
        except Undo:
            pass
