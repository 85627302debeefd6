"""The journal of what is not about a case: settings, units and memberships."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from samlop.core.gate import Acting
from samlop.core.models import OrganisationEntry
from samlop.core.time import now

Sentence = Callable[[Mapping[str, Any]], str]
"""Turns the data of an entry into a readable sentence in the active language, without the actor's name."""

_sentences: dict[str, Sentence] = {}


class UnknownCode(KeyError):
    """A code without a sentence: a programming error."""


def tell(sentences: Mapping[str, Sentence]) -> None:
    """Register a room's sentences by dotted code; called when the program starts."""
    _sentences.update(sentences)


def codes() -> frozenset[str]:
    """Every code the program knows."""
    return frozenset(_sentences)


def sentence(entry: OrganisationEntry) -> str:
    """What was done, in the active language."""
    try:
        return _sentences[entry.code](entry.data)
    except KeyError as missing:
        raise UnknownCode(entry.code) from missing


def note(
    by: Acting, code: str, data: Mapping[str, Any] | None = None, *, municipality_id: UUID | None = None
) -> OrganisationEntry:
    """Write an entry; the municipality is the actor's own unless another is named. Raises ``UnknownCode``."""
    if code not in _sentences:
        raise UnknownCode(code)
    entry: OrganisationEntry = OrganisationEntry.objects.create(
        code=code,
        municipality_id=municipality_id or by.municipality_id,
        unit_id=by.unit_id,
        user_id=by.user_id,
        user_name=getattr(by, "name", ""),
        data=dict(data or {}),
        at=now(),
    )
    return entry
