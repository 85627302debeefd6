"""Complaints (klager) on decisions: from receipt to the answer of statsforvalteren."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.programme.models.decision import Decision


class Reconsideration(TextChoices):
    """What the municipality itself came to (forvaltningsloven § 33 annet ledd)."""

    UPHELD = "upheld", _("opprettholder vedtaket")
    CHANGED = "changed", _("endrer vedtaket")
    DISMISSED = "dismissed", _("avviser klagen")


class Outcome(TextChoices):
    """What statsforvalteren came to (forvaltningsloven § 34)."""

    UPHELD = "upheld", _("vedtaket står")
    CHANGED = "changed", _("vedtaket er endret")
    REPEALED = "repealed", _("vedtaket er opphevet, og kommunen må avgjøre saken på nytt")
    DISMISSED = "dismissed", _("klagen er avvist")


class Complaint(CaseOwned):
    """A complaint on one decision. ``late_accepted`` is why a late one is treated all the same (fvl § 31).

    The steps come in order: received, reconsidered, sent, answered; each with its day.
    """

    reach = ByCase(section_field="decision__section")
    classified = classify(
        public="id case municipality decision reconsidered_on reconsideration sent_on outcome outcome_on"
        " registered_by_name",
        personal="received_on complainant",
        sensitive="about late_accepted reconsideration_reasons outcome_note",
    )

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="complaints")
    received_on = models.DateField()
    complainant = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    late_accepted = models.TextField(blank=True)
    registered_by_name = models.CharField(max_length=200)
    reconsidered_on = models.DateField(null=True, blank=True)
    reconsideration = models.CharField(max_length=12, choices=Reconsideration.choices, blank=True)
    reconsideration_reasons = models.TextField(blank=True)
    sent_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    outcome_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="complaint_reconsidered_with_reasons",
                condition=Q(reconsidered_on__isnull=True, reconsideration="")
                | (Q(reconsidered_on__gte=F("received_on")) & ~Q(reconsideration="") & ~Q(reconsideration_reasons="")),
            ),
            models.CheckConstraint(
                name="complaint_sent_after_reconsideration",
                condition=Q(sent_on__isnull=True)
                | (Q(reconsidered_on__isnull=False) & Q(sent_on__gte=F("reconsidered_on"))),
            ),
            models.CheckConstraint(
                name="complaint_answered_after_sent",
                condition=Q(outcome_on__isnull=True, outcome="")
                | (Q(sent_on__isnull=False) & Q(outcome_on__gte=F("sent_on")) & ~Q(outcome="")),
            ),
        ]
        indexes = [models.Index(fields=("case",))]
