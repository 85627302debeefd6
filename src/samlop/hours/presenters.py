"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping

from samlop.cases.journal import Sentence

SENTENCES: Mapping[str, Sentence] = {}
