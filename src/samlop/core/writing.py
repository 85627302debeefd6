"""The guard that makes commands the only way in.

Tables refuse to be written unless a command (or, in tests and the demo, a named exception) is under way. The reason is
kept so that a breach says who opened the door.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_writing: ContextVar[str | None] = ContextVar("samlop_writing", default=None)


class WrittenOutsideCommand(RuntimeError):
    """A table was written without a command: a programming error, never shown to a user."""


@contextmanager
def writing(reason: str) -> Iterator[None]:
    """Allow writes inside the block. Used by ``command``; elsewhere only by factories and bulk loading."""
    token = _writing.set(reason)
    try:
        yield
    finally:
        _writing.reset(token)


def assert_writing(table: str) -> None:
    """Raise ``WrittenOutsideCommand`` unless a command is under way."""
    if _writing.get() is None:
        raise WrittenOutsideCommand(f"{table} was written outside a command")
