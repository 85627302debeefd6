"""Versions of the plan, as they were agreed in a plan talk. They never change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.plan.models.plan import Plan
from samlop.plan.vocabulary import ParticipantView


class PlanVersion(CaseOwned):
    """Version n of the plan: everything it said, who took part, and what the participant says.

    On disagreement the municipality decides, with a reason that is kept here (integreringsloven § 15). ``content`` is
    the whole plan as plain values (see ``plan.content``), ``content_hash`` its SHA-256; ``meeting_id`` is the key of
    the talk, without a link so that it outlives it. Where an interpreter was needed, the language stands here with
    whether one was there. The database refuses change.
    """

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality plan number meeting_id talk_on made_at content_hash",
        personal="content took_part interpreter_language interpreter_present participant_view"
        " participant_words decision_reason decided_by_name made_by_name",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="plan_versions")
    plan = models.ForeignKey(Plan, models.RESTRICT, related_name="versions")
    number = models.PositiveIntegerField()
    meeting_id = models.UUIDField(null=True, blank=True)
    talk_on = models.DateField()
    took_part = models.JSONField(default=list)
    interpreter_language = models.CharField(max_length=8, blank=True)
    interpreter_present = models.BooleanField(null=True, blank=True)
    participant_view = models.CharField(max_length=9, choices=ParticipantView.choices)
    participant_words = models.TextField(blank=True)
    decision_reason = models.TextField(blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="plan_versions_count_within_case"),
            models.CheckConstraint(
                name="disagreement_has_words_and_reason",
                condition=Q(participant_view="agrees") | (~Q(participant_words="") & ~Q(decision_reason="")),
            ),
            models.CheckConstraint(
                name="interpreter_language_with_presence",
                condition=Q(interpreter_language="", interpreter_present__isnull=True)
                | (~Q(interpreter_language="") & Q(interpreter_present__isnull=False)),
            ),
        ]
