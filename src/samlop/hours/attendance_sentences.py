"""Sentences of the journal about attendance and leave."""

from __future__ import annotations

from collections.abc import Mapping

from samlop.cases.journal import Sentence

ATTENDANCE_SENTENCES: Mapping[str, Sentence] = {}
