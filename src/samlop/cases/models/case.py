"""The case: one participant in one municipality's introduction programme, shared by several units."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from samlop.cases.vocabulary import CaseStatus, Permit
from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Right, Section
from samlop.people.models import Municipality, Person, Unit


class Case(Table):
    """One participant in one municipality (sak).

    ``owner_unit`` answers for the programme; ``settled_on`` starts the deadlines; ``continues`` is the case in the
    municipality the person moved from. A person has one open case at a time.
    """

    reach = ByCase("pk", section=Section.IDENTITY)
    classified = classify(
        public="id municipality owner_unit status registered_at closed_at continues imported_as",
        personal="person settled_on settled_by_agreement arrived_on",
        sensitive="permit permit_granted_on",
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="owned_cases")
    status = models.CharField(max_length=8, choices=CaseStatus.choices, default=CaseStatus.ACTIVE)
    settled_on = models.DateField(null=True, blank=True)
    settled_by_agreement = models.BooleanField(default=True)
    arrived_on = models.DateField(null=True, blank=True)
    permit = models.CharField(max_length=5, choices=Permit.choices, blank=True)
    permit_granted_on = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    continues = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    imported_as = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("person",), condition=Q(status="active"), name="one_open_case_per_person"),
            models.CheckConstraint(
                name="case_closed_at_matches_status",
                condition=Q(status="active", closed_at__isnull=True)
                | (~Q(status="active") & Q(closed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=("municipality", "status"))]

    # What the gate leaves on an opened case: the viewer's right on each section, and the relations it comes from.
    viewer_rights: dict[Section, Right]
    viewer_relations: dict[Section, frozenset[Any]]

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.ACTIVE


class CaseOwned(Table):
    """A row that belongs to a case; carries the municipality too, so that tables can be divided by it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.municipality_id is None:
            self.municipality_id = self.case.municipality_id
        super().save(*args, **kwargs)
