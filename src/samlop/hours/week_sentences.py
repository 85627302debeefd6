"""Sentences of the journal about the week."""

from __future__ import annotations

from collections.abc import Mapping

from samlop.cases.journal import Sentence

WEEK_SENTENCES: Mapping[str, Sentence] = {}
