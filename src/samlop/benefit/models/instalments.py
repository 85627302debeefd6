"""Paying back little by little: what was paid too much for a month, taken in the runs of several later months."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.benefit.models.correction import Correction
from samlop.benefit.models.run import Statement
from samlop.benefit.vocabulary import PlanBasis, PlanState
from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User
from samlop.programme.models import Decision


class RepaymentPlan(CaseOwned):
    """How a difference is paid back in instalments (integreringsloven § 25). ``ore`` is what the plan takes in all.

    Agreed with the participant on a day, or resting on a signed decision. One person proposes it and another confirms.
    The instalments never sum to more than ``ore`` (``migrations/0004``).
    """

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public="id case municipality correction basis decision state proposed_by proposed_at confirmed_by confirmed_at"
        " ended_at",
        personal="ore agreed_on ended_why",
        sensitive="note",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="repayment_plans")
    correction = models.ForeignKey(Correction, models.CASCADE, related_name="plans")
    ore = models.BigIntegerField()
    basis = models.CharField(max_length=8, choices=PlanBasis.choices)
    agreed_on = models.DateField(null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("proposed_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("correction",), condition=Q(state="proposed"), name="one_proposed_plan_of_a_correction"
            ),
            models.UniqueConstraint(
                fields=("correction",), condition=Q(state="confirmed"), name="one_running_plan_of_a_correction"
            ),
            models.CheckConstraint(name="plan_takes_something", condition=Q(ore__gt=0)),
            models.CheckConstraint(
                name="plan_agreed_or_decided",
                condition=Q(basis="agreed", agreed_on__isnull=False, decision__isnull=True)
                | Q(basis="decided", decision__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_confirmed_by_another",
                condition=Q(state="proposed", confirmed_by__isnull=True)
                | (Q(state__in=["confirmed", "ended"], confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="plan_ended_with_reason",
                condition=(Q(state="ended", ended_at__isnull=False) & ~Q(ended_why=""))
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
            ),
        ]


class Instalment(CaseOwned):
    """What is taken in the run of a month. One that is taken is never changed; at most one of a plan in a run."""

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(public="id case municipality plan number month statement", personal="ore")

    case = models.ForeignKey(Case, models.PROTECT, related_name="instalments")
    plan = models.ForeignKey(RepaymentPlan, models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField()
    month = models.DateField()
    ore = models.BigIntegerField()
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="instalments")

    class Meta:
        ordering = ("plan", "number")
        constraints = [
            models.UniqueConstraint(fields=("plan", "number"), name="instalment_numbered_once"),
            models.UniqueConstraint(fields=("plan", "month"), name="one_instalment_a_month"),
            models.UniqueConstraint(fields=("plan", "statement"), name="one_instalment_in_a_statement"),
            models.CheckConstraint(name="instalment_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="instalment_takes_something", condition=Q(ore__gt=0)),
        ]
        indexes = [
            models.Index(fields=("municipality", "month"), condition=Q(statement__isnull=True), name="open_instalments")
        ]
