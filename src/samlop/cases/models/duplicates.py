"""Registrations that may be about somebody who already has a case here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.cases.models.case import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class DuplicateSuspicion(CaseOwned):
    """Somebody registered ``newer``, perhaps the same person as ``case``, which they could not know of.

    They were not told: the answer would have given the first case away (protected address). Those who may change the
    first case see it and settle it. ``same_person`` is empty until then.
    """

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality noted_at settled_at", personal="newer by_number same_person settled_by"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="suspicions")
    newer = models.ForeignKey(Case, models.CASCADE, related_name="+")
    by_number = models.BooleanField()
    noted_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    same_person = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "newer"), name="suspicion_once"),
            models.CheckConstraint(
                name="suspicion_settled_together",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, same_person__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False, same_person__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("case",), condition=Q(settled_at__isnull=True), name="open_suspicions")]
