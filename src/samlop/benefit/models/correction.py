"""Differences in months that are closed: found, confirmed by two people, and paid or taken once."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.benefit.models.run import Statement
from samlop.benefit.vocabulary import CorrectionState
from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class Correction(CaseOwned):
    """What a closed month comes out as now, against what has been paid for it. Amounts are øre.

    ``before_ore`` is what is accounted for: the month's statement and the corrections already made. ``why`` lists what
    is new (``absence``, ``circumstances``, ``period``, a parameter of the law …). One open difference per case and
    month; one that is paid, settled elsewhere or paid back in instalments can never change again (``migrations/0002``,
    ``0004``).
    """

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public="id case municipality month state rules_before rules_known_on found_at proposed_by proposed_at"
        " confirmed_by confirmed_at statement",
        personal="before_ore after_ore fingerprint settled_why",
        sensitive="lines why facts",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="benefit_corrections")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=CorrectionState.choices, default=CorrectionState.FOUND)
    before_ore = models.BigIntegerField()
    after_ore = models.BigIntegerField()
    lines = models.JSONField(default=list)
    why = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    rules_before = models.DateField(null=True, blank=True)
    rules_known_on = models.DateField()
    found_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, blank=True, related_name="corrections")
    settled_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("month", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "month"),
                condition=Q(state__in=["found", "proposed", "confirmed"]),
                name="one_open_correction_of_a_month",
            ),
            models.CheckConstraint(name="correction_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="correction_changes_something", condition=~Q(before_ore=F("after_ore"))),
            models.CheckConstraint(
                name="correction_confirmed_by_two",
                condition=Q(state="found", proposed_by__isnull=True, confirmed_by__isnull=True)
                | Q(state="proposed", proposed_by__isnull=False, confirmed_by__isnull=True)
                | (
                    Q(state__in=["confirmed", "paid", "elsewhere", "instalment"])
                    & Q(proposed_by__isnull=False, confirmed_by__isnull=False)
                    & ~Q(proposed_by=F("confirmed_by"))
                ),
            ),
            models.CheckConstraint(
                name="correction_paid_in_a_statement",
                condition=Q(state="paid", statement__isnull=False) | (~Q(state="paid") & Q(statement__isnull=True)),
            ),
            models.CheckConstraint(
                name="correction_settled_elsewhere_with_reason", condition=~Q(state="elsewhere") | ~Q(settled_why="")
            ),
        ]
        indexes = [models.Index(fields=("municipality", "state"))]

    @property
    def difference_ore(self) -> int:
        """To be paid (positive) or taken (negative)."""
        return self.after_ore - self.before_ore
