"""Decisions (vedtak, enkeltvedtak): reasoned, appealable, and unchangeable once signed."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.people.models import User
from samlop.programme.kinds import DecisionKind
from samlop.programme.models.delegation import SigningDelegation


class DecisionStatus(TextChoices):
    DRAFT = "draft", _("utkast")
    SIGNED = "signed", _("undertegnet")


class HandedOver(TextChoices):
    """How the participant got the decision (forvaltningsloven § 27)."""

    IN_PERSON = "in_person", _("overlevert i samtale")
    DIGITAL_POST = "digital_post", _("digital post")
    POST = "post", _("vanlig post")
    OTHER = "other", _("på annen måte")


class LetterLanguage(TextChoices):
    NB = "nb", _("bokmål")
    NN = "nn", _("nynorsk")


class Decision(CaseOwned):
    """One decision: what is decided (``data``, typed by kind), why, by which paragraphs, who prepared and who signed.

    A draft can be changed or thrown away by those who prepare decisions, and nobody else sees it. Once signed, what was
    decided can never change (the database refuses, see ``migrations/0003``): a change is a new decision that
    ``replaces`` it. What happens afterwards is noted: sent, received (starts the time to appeal, forvaltningsloven
    § 29), registered in the national register. ``section`` is economy for what is about money, else programme.
    ``source`` names what another room made the draft from («hours.leave/<key>»), so that the room finds it again.
    ``before_samlop`` is a decision made on paper before the case came here (fattet før Samløp): ``data`` is what it
    decided, who signed stands as text alone, ``signed_at`` is when it was written in, and no letter is made of it.
    ``delegation`` is the delegation it was signed under, where no leader signed.
    Names are kept as text too, so that a letter says the same for ever.
    """

    reach = ByCase(section_field="section")
    classified = classify(
        public="id case municipality kind section status references language replaces source"
        " prepared_by prepared_by_name prepared_at signed_by signed_by_name signed_by_title signed_at decided_on"
        " sent_how registered_on before_samlop delegation",
        personal="sent_on received_on",
        sensitive="data reasons",
    )

    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    section = models.CharField(max_length=12)
    status = models.CharField(max_length=8, choices=DecisionStatus.choices, default=DecisionStatus.DRAFT)
    data = models.JSONField(default=dict)
    reasons = models.TextField(blank=True)
    references = models.JSONField(default=list)
    language = models.CharField(max_length=2, choices=LetterLanguage.choices, default=LetterLanguage.NB)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    source = models.CharField(max_length=80, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    prepared_by_name = models.CharField(max_length=200)
    prepared_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    signed_by_name = models.CharField(max_length=200, blank=True)
    signed_by_title = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_how = models.CharField(max_length=12, choices=HandedOver.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    registered_on = models.DateField(null=True, blank=True)
    before_samlop = models.BooleanField(default=False)
    delegation = models.ForeignKey(SigningDelegation, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_signed_has_day_and_reasons",
                condition=Q(status="draft", signed_at__isnull=True, decided_on__isnull=True, signed_by_name="")
                | (
                    Q(status="signed", signed_at__isnull=False, decided_on__isnull=False)
                    & ~Q(signed_by_name="")
                    & (~Q(reasons="") | Q(before_samlop=True))
                ),
            ),
            models.CheckConstraint(
                name="decision_before_samlop_signed_elsewhere",
                condition=Q(before_samlop=False)
                | Q(status="signed", signed_by__isnull=True, delegation__isnull=True, source=""),
            ),
            models.CheckConstraint(
                name="decision_noted_when_signed",
                condition=Q(status="signed") | Q(sent_on__isnull=True, received_on__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_sent_how",
                condition=Q(sent_on__isnull=True, sent_how="") | (Q(sent_on__isnull=False) & ~Q(sent_how="")),
            ),
            models.CheckConstraint(
                name="decision_received_after_sent",
                condition=Q(received_on__isnull=True) | (Q(sent_on__isnull=False) & Q(received_on__gte=F("sent_on"))),
            ),
        ]
        indexes = [models.Index(fields=("case", "kind"))]

    @property
    def content(self) -> str:
        """A short mark of what the decision says now: it changes with every change of the draft."""
        said = json.dumps([self.data, self.reasons, self.language], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def is_draft(self) -> bool:
        return self.status == DecisionStatus.DRAFT
