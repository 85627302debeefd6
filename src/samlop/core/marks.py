"""Marks: a number for each case and municipality that grows with every command that changes something there.

Who keeps what was derived from facts compares the marks before using it again (``overview.kept``). The command raises
the mark in its own transaction, so that nobody sees a new mark with old facts; whoever reads the mark before the facts
never keeps old facts under a new mark.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from samlop.core.models import Mark
from samlop.core.prepared import prepared
from samlop.core.writing import assert_writing

NOWHERE = UUID(int=0)
"""The mark of what the program itself and those who run it change, in no municipality."""


def raise_marks(keys: Iterable[UUID]) -> None:
    """Raise the marks of cases and municipalities; at the end of a command, since their rows stay locked until then."""
    assert_writing(Mark._meta.label)
    ordered = sorted(set(keys))  # the same order for all, so that two commands never wait for each other
    if not ordered:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_mark AS mark (key, number) SELECT key, 1 FROM unnest(%s::uuid[]) WITH ORDINALITY "
            "AS given (key, place) ORDER BY place ON CONFLICT (key) DO UPDATE SET number = mark.number + 1",
            [ordered],
        )


def marks_of(keys: Collection[UUID]) -> dict[UUID, int]:
    """The marks; a key that has none yet is left out. One query."""
    return dict(_marks(keys))


@prepared
def _marks(keys: Collection[UUID]) -> QuerySet[Mark, tuple[UUID, int]]:
    return Mark.objects.filter(pk__among=keys).values_list("key", "number")
