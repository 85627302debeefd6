"""Base classes of every table: a time-ordered key, the writing guard, and the two declarations each table owes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, ClassVar, Self, cast

from django.db import models
from django.utils.encoding import force_str

from samlop.core.classification import Level
from samlop.core.ids import uuid7
from samlop.core.reach import Reach
from samlop.core.writing import assert_writing

MOST_VALUES = 65_535
"""PostgreSQL takes no more values in one statement; a list of five thousand participants has more."""


class GuardedQuerySet(models.QuerySet[Any]):
    """A query set whose writes need a command under way."""

    def update(self, **kwargs: Any) -> int:
        assert_writing(self.model._meta.label)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        assert_writing(self.model._meta.label)
        return super().delete()

    def bulk_create(self, objs: Iterable[Any], batch_size: int | None = None, *args: Any, **kwargs: Any) -> list[Any]:
        assert_writing(self.model._meta.label)
        rows = batch_size or _rows_at_once(len(self.model._meta.concrete_fields))
        return super().bulk_create(objs, rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        assert_writing(self.model._meta.label)
        names = list(fields)
        return super().bulk_update(objs, names, batch_size or _rows_at_once(2 * len(names) + 1))


def _rows_at_once(values: int) -> int:
    """How many rows of so many values one statement can carry."""
    return MOST_VALUES // values


GuardedManager = models.Manager.from_queryset(GuardedQuerySet)


class Guarded(models.Model):
    """Mixin: ``save`` and ``delete`` refuse outside a command; ``reach`` and ``classified`` must be declared."""

    reach: ClassVar[Reach]
    classified: ClassVar[Mapping[str, Level]]

    objects = GuardedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        assert_writing(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        assert_writing(self._meta.label)
        return super().delete(*args, **kwargs)

    def _get_FIELD_display(self, field: models.Field[Any, Any]) -> str:
        """The label of a choice, as Django's own, which makes a table of all labels for every value shown."""
        value = getattr(self, field.attname)
        return cast(str, force_str(_labels(field).get(value, value), strings_only=True))


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, Any]:
    return dict(field.flatchoices)


class Table(Guarded):
    """A table of the domain: UUIDv7 key, guarded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True

    def refreshed(self) -> Self:
        """The row as it stands in the database now."""
        return type(self)._base_manager.get(pk=self.pk)
