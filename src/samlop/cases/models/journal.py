"""The journal (tidslinje): append-only record of what was done, by whom, for which unit."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any

from django.db import models
from django.db.models import Q

from samlop.cases.models.case import Case, CaseOwned
from samlop.cases.vocabulary import EffortKind
from samlop.core.classification import classify
from samlop.core.reach import ByCase, System


class JournalEntry(CaseOwned):
    """One thing done. Entries are never changed (the database refuses); a correction is a new one that points back.

    ``seq`` counts within the case; ``hash`` covers the entry and the hash before it, so that a changed, removed or
    inserted entry is found. Who acted is kept as text and keys without links, so that history survives. ``effort``
    makes the entry count as the unit's contribution; ``minutes`` is optional. An entry of the section ``restricted``
    has the keys of those it is for in ``data["readers"]``: that there is a note is not told to others.
    """

    reach = ByCase(section_field="section", named_in="data__readers")
    classified = classify(
        public="id case municipality seq code section at unit_id unit_name unit_kind role effort minutes corrects"
        " previous_hash hash",
        personal="happened_on user_id user_name on_behalf_of",
        sensitive="data",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="journal", db_index=False)
    seq = models.PositiveIntegerField()
    code = models.CharField(max_length=80)
    section = models.CharField(max_length=12)
    at = models.DateTimeField()
    happened_on = models.DateField()
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=160, blank=True)
    unit_kind = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=24, blank=True)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    effort = models.CharField(max_length=20, choices=EffortKind.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    corrects = models.PositiveIntegerField(null=True, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-seq",)
        constraints = [
            models.UniqueConstraint(fields=("case", "seq"), name="journal_counts_within_case"),
            models.CheckConstraint(
                name="journal_corrects_earlier", condition=Q(corrects__isnull=True) | Q(corrects__lt=models.F("seq"))
            ),
        ]
        indexes = [
            models.Index(
                fields=("municipality", "happened_on"), condition=~Q(effort=""), name="efforts_by_municipality"
            ),
            models.Index(fields=("case", "unit_kind", "happened_on"), condition=~Q(effort=""), name="efforts_by_case"),
            models.Index(fields=("case", "corrects"), condition=Q(corrects__isnull=False), name="corrections_by_case"),
        ]

    def fingerprint(self) -> str:
        """SHA-256 of the entry and of the hash before it, over a fixed written form."""
        return fingerprint(self.written(), self.previous_hash)

    def written(self) -> list[Any]:
        """The entry's content in a fixed order, as it is hashed."""
        return [
            str(self.case_id), self.seq, self.code, self.section,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.happened_on.isoformat(),
            str(self.user_id or ""), self.user_name, str(self.unit_id or ""), self.unit_name,
            self.unit_kind, self.role, self.on_behalf_of, self.data, self.effort, self.minutes, self.corrects,
        ]  # fmt: skip


def fingerprint(written: list[Any], previous_hash: str) -> str:
    """The hash of an entry's written form together with the hash before it."""
    text = json.dumps([previous_hash, *written], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class JournalHead(CaseOwned):
    """How long a case's journal is and its last hash. The database itself keeps it in step with the entries
    (``cases/migrations/0004``), so that entries cut off at the end are found by ``samlop check journal``."""

    reach = System("bookkeeping of the journal, compared by samlop check journal")
    classified = classify(public="id case municipality length hash")

    case = models.OneToOneField(Case, models.CASCADE, related_name="journal_head")
    length = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
