"""Many rows at once: PostgreSQL takes 65,535 values in a statement, and a long list has more."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samlop.core import base
from samlop.core.models import Mark, OnceKey
from samlop.core.time import now
from samlop.core.writing import WrittenOutsideCommand, writing

pytestmark = pytest.mark.django_db


def test_more_rows_than_one_statement_can_carry() -> None:
    keys = [OnceKey(key=uuid4(), command="test", at=now()) for _ in range(11_000)]
    with writing("test"):
        assert len(OnceKey.objects.bulk_create(keys)) == OnceKey.objects.count() == len(keys)


def test_changes_go_in_as_many_statements_as_they_need(monkeypatch: Any) -> None:
    marks = [Mark(key=uuid4(), number=1) for _ in range(30)]
    monkeypatch.setattr(base, "MOST_VALUES", 30)
    with writing("test"):
        Mark.objects.bulk_create(marks)
        for mark in marks:
            mark.number = 2
        with CaptureQueriesContext(connection) as asked:
            assert Mark.objects.bulk_update(marks, ["number"]) == len(marks)
    assert len([one for one in asked if one["sql"].startswith("UPDATE")]) == 3
    assert Mark.objects.filter(number=2).count() == len(marks)


def test_no_rows_outside_a_command() -> None:
    with pytest.raises(WrittenOutsideCommand):
        Mark.objects.bulk_create([Mark(key=uuid4(), number=1)])
