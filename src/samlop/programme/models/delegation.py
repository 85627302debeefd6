"""Who may sign decisions in the municipality's name besides the leader."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByMunicipality
from samlop.people.models import Municipality, Unit, User


class SigningDelegation(Table):
    """The right to sign named kinds of decisions, delegated to a named adviser at a unit (delegert myndighet).

    ``kinds`` are ``kinds.DecisionKind``; ``basis`` is what the delegation rests on (the municipality's delegation
    rules, a decision). It holds from ``valid_from`` to ``valid_to``, both included, or until it is withdrawn, and while
    the person works at the unit. A row is never deleted: what a decision was signed under can always be read.
    """

    reach = ByMunicipality()
    classified = classify(
        public="id municipality unit user kinds basis valid_from valid_to given_by_name given_at withdrawn_at"
        " withdrawn_by_name"
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kinds = models.JSONField(default=list)
    basis = models.CharField(max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_in_order", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="delegation_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by_name="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by_name="")),
            ),
        ]
        indexes = [models.Index(fields=("municipality", "user"))]
