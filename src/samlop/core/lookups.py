"""A lookup for many keys at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import CharField, ForeignKey, Lookup, UUIDField


class Among(Lookup):
    """``case_id__among=keys``: like ``__in`` for a list of keys or codes, sent as one array.

    A page about two hundred participants asks twenty times with the same two hundred keys; as parameters of their own
    they took longer to write than the answers to read.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> Any:
        return self.rhs if hasattr(self.rhs, "resolve_expression") else list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        if not self.rhs:
            raise EmptyResultSet  # nothing to ask, as with ``__in``
        column, values = self.process_lhs(compiler, connection)
        if hasattr(self.rhs, "resolve_expression"):  # the place of keys that come later (``core.prepared``)
            text, keys = compiler.compile(self.rhs)
            return f"{column} = ANY({text}::{self._kind(connection)}[])", [*values, *keys]
        return f"{column} = ANY(%s::{self._kind(connection)}[])", [*values, self.rhs]

    def _kind(self, connection: Any) -> str:
        return "uuid" if self.lhs.output_field.db_type(connection) == "uuid" else "text"


def register() -> None:
    """Make ``__among`` known for keys, what points at them, and codes."""
    for field in (UUIDField, ForeignKey, CharField):
        field.register_lookup(Among)
