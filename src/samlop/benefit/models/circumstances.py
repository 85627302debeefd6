"""What about a participant's life changes the benefit, with days and where it is known from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.benefit.vocabulary import BenefitKind, CircumstanceKind, Source
from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.periods import no_overlap, period_in_order
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class Told(CaseOwned):
    """Who wrote a fact down and from where; a wrong one is withdrawn with a reason, never removed."""

    source = models.CharField(max_length=12, choices=Source.choices)
    note = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Circumstance(Told):
    """A circumstance in a period; first and last day count. ``monthly_ore`` is another benefit before tax, a month.

    ``other_case`` is the spouse's or cohabitant's case, where it is known: the rate for couples holds only while both
    are in a programme (integreringsloven § 20 fourth paragraph).
    """

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public="id case municipality source told_at told_by withdrawn_at",
        personal="kind benefit valid_from valid_to other_case withdrawn_why",
        sensitive="monthly_ore note",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="circumstances")
    kind = models.CharField(max_length=16, choices=CircumstanceKind.choices)
    benefit = models.CharField(max_length=16, choices=BenefitKind.choices, blank=True)
    monthly_ore = models.BigIntegerField(null=True, blank=True)
    other_case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("valid_from", "pk")
        constraints = [
            period_in_order("circumstance_in_order"),
            no_overlap("circumstance_once", "case", "kind", "benefit", condition=Q(withdrawn_at__isnull=True)),
            models.CheckConstraint(
                name="other_benefit_has_amount",
                condition=(Q(kind="other_benefit", monthly_ore__gt=0) & ~Q(benefit=""))
                | (~Q(kind="other_benefit") & Q(monthly_ore__isnull=True, benefit="")),
            ),
            models.CheckConstraint(
                name="other_case_of_a_couple", condition=Q(other_case__isnull=True) | Q(kind="couple")
            ),
            models.CheckConstraint(
                name="not_a_couple_with_oneself", condition=Q(other_case__isnull=True) | ~Q(other_case=F("case"))
            ),
            models.CheckConstraint(
                name="circumstance_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
            ),
        ]
        indexes = [models.Index(fields=("case", "valid_from")), models.Index(fields=("other_case",))]


class PaidWork(Told):
    """Paid work inside the programme in a month: clock hours, and the wage before tax in øre where it is known."""

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public="id case municipality source told_at told_by withdrawn_at",
        personal="month hours withdrawn_why",
        sensitive="wage_ore note",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="paid_work")
    month = models.DateField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    wage_ore = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-month", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "month"), condition=Q(withdrawn_at__isnull=True), name="paid_work_once_a_month"
            ),
            models.CheckConstraint(name="paid_work_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(name="paid_work_some_hours", condition=Q(hours__gt=0, hours__lte=744)),
            models.CheckConstraint(name="paid_work_wage", condition=Q(wage_ore__isnull=True) | Q(wage_ore__gte=0)),
            models.CheckConstraint(
                name="paid_work_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
            ),
        ]


class Payee(CaseOwned):
    """The reference a participant is paid under: it stands in the payroll file instead of a national number."""

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(public="id case municipality", personal="reference")

    case = models.OneToOneField(Case, models.CASCADE, related_name="payee")
    reference = models.CharField(max_length=12, unique=True)
