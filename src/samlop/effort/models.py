"""Counts of effort that leave the municipality: no persons, read by the county only after suppression."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, TextChoices

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import System
from samlop.people.models import Municipality


class Counted(TextChoices):
    """What a row of the extract counts: persons, except for EFFORTS."""

    PARTICIPANTS = "participants"
    IN_NEED = "in_need"
    HELPED = "helped"
    EFFORTS = "efforts"


class EffortExtract(Table):
    """One count of one municipality in one period (first and last day included).

    ``phase`` is empty for the whole course; ``unit_kind`` and ``kind`` are set for EFFORTS only. Persons with a
    protected address are not in any count.
    """

    reach = System("counts before suppression; only the county report reads them, and suppresses")
    classified = classify(public="id municipality first_day last_day what phase unit_kind kind count taken_at")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="effort_extracts")
    first_day = models.DateField()
    last_day = models.DateField()
    what = models.CharField(max_length=12, choices=Counted.choices)
    phase = models.CharField(max_length=8, blank=True)
    unit_kind = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "first_day", "what", "phase", "unit_kind", "kind"), name="effort_extract_once"
            ),
            models.CheckConstraint(name="effort_extract_period", condition=Q(last_day__gte=F("first_day"))),
        ]
        indexes = [models.Index(fields=("first_day", "municipality"))]
