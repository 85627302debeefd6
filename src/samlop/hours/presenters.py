"""Journal codes of the room → readable sentences."""

from __future__ import annotations

from collections.abc import Mapping

from samlop.cases.journal import Sentence
from samlop.hours.attendance_sentences import ATTENDANCE_SENTENCES
from samlop.hours.week_sentences import ORGANISATION_SENTENCES, WEEK_SENTENCES

SENTENCES: Mapping[str, Sentence] = {**WEEK_SENTENCES, **ATTENDANCE_SENTENCES}

__all__ = ["ORGANISATION_SENTENCES", "SENTENCES"]
