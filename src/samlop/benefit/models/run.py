"""The run of a municipality and a month: its drafts, what was settled, and what was locked."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from samlop.benefit.vocabulary import Answer, RunStatus
from samlop.cases.models import Case, CaseOwned
from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase, ByMunicipality
from samlop.core.rights import Section
from samlop.people.models import Municipality, User


class PaymentDay(Table):
    """The day of the month the municipality pays the benefit of the month before (integreringsloven § 24)."""

    reach = ByMunicipality()
    classified = classify(public="id municipality day")

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="payment_day")
    day = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="payment_day_in_every_month", condition=Q(day__range=(1, 28)))]


class BenefitRun(Table):
    """The payment of a month in a municipality: once, prepared by one person and approved by another.

    ``rules_known_on`` is the day the rules were known as; ``book`` the fingerprint of the rule book. ``attempt`` counts
    the calculations, ``done`` and ``alive_at`` tell how far this one has come. Sums are øre and stand when it is ready.
    Once approved the database refuses every change (``migrations/0002``).
    """

    reach = ByMunicipality()
    classified = classify(
        public="id municipality month status attempt rules_known_on book people done trouble prepared_by prepared_at"
        " alive_at approved_by approved_at pay_on",
        personal="gross_ore net_ore correction_ore",
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="benefit_runs")
    month = models.DateField()
    status = models.CharField(max_length=12, choices=RunStatus.choices)
    attempt = models.PositiveIntegerField(default=1)
    rules_known_on = models.DateField()
    book = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    gross_ore = models.BigIntegerField(default=0)
    net_ore = models.BigIntegerField(default=0)
    correction_ore = models.BigIntegerField(default=0)
    pay_on = models.DateField()
    trouble = models.CharField(max_length=300, blank=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint(fields=("municipality", "month"), name="one_benefit_run_a_month"),
            models.CheckConstraint(name="benefit_run_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="benefit_run_approved_by_another",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True, status__in=["calculating", "ready"])
                | (Q(approved_by__isnull=False, approved_at__isnull=False, status="approved")
                   & ~Q(approved_by=F("prepared_by"))),
            ),
        ]  # fmt: skip

    @property
    def pay_ore(self) -> int:
        """What is paid in all, corrections too."""
        return self.net_ore + self.correction_ore

    @property
    def is_approved(self) -> bool:
        return self.status == RunStatus.APPROVED


class Sheet(CaseOwned):
    """One participant's month as it was worked out. Amounts are øre.

    ``lines`` are payslip lines with their sentence in three languages; ``uncertain`` codes of open questions of the
    law; ``facts`` what it was worked out from, so that the working can be told again; ``fingerprint`` of the facts.
    """

    run = models.ForeignKey(BenefitRun, models.PROTECT, related_name="%(class)ss")
    month = models.DateField()
    reference = models.CharField(max_length=12)
    act = models.CharField(max_length=20, blank=True)
    gross_ore = models.BigIntegerField(default=0)
    net_ore = models.BigIntegerField(default=0)
    correction_ore = models.BigIntegerField(default=0)
    not_taken_ore = models.BigIntegerField(default=0)
    requires_decision = models.BooleanField(default=False)
    lines = models.JSONField(default=list)
    uncertain = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        abstract = True

    @property
    def pay_ore(self) -> int:
        """What is paid for the month, corrections of earlier months included."""
        return self.net_ore + self.correction_ore

    @property
    def deducted_ore(self) -> int:
        """What is taken from the gross of the month."""
        return self.net_ore - self.gross_ore


SHEET_PUBLIC = "id case municipality run month act"
SHEET_PERSONAL = "reference gross_ore net_ore correction_ore not_taken_ore requires_decision uncertain fingerprint"
SHEET_SENSITIVE = "lines changes facts"


class Draft(Sheet):
    """A line of a run that is not approved. ``asks`` are questions to settle, ``answers`` those already settled."""

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public=f"{SHEET_PUBLIC} attempt", personal=SHEET_PERSONAL, sensitive=f"{SHEET_SENSITIVE} asks"
    )

    run = models.ForeignKey(BenefitRun, models.CASCADE, related_name="drafts")
    case = models.ForeignKey(Case, models.CASCADE, related_name="benefit_drafts")
    attempt = models.PositiveIntegerField()
    asks = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("run", "case"), name="one_draft_of_a_case")]


class Statement(Sheet):
    """A locked line: what was paid, and why. Rows are added once and never changed (``migrations/0002``)."""

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public=f"{SHEET_PUBLIC} pay_on locked_at rules_known_on", personal=SHEET_PERSONAL, sensitive=SHEET_SENSITIVE
    )

    run = models.ForeignKey(BenefitRun, models.PROTECT, related_name="statements")
    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    rules_known_on = models.DateField()
    pay_on = models.DateField()
    locked_at = models.DateTimeField()

    class Meta:
        ordering = ("-month",)
        constraints = [
            models.UniqueConstraint(fields=("run", "case"), name="one_statement_in_a_run"),
            models.CheckConstraint(
                name="statement_never_below_zero", condition=Q(net_ore__gte=0) & Q(net_ore__gte=-F("correction_ore"))
            ),
        ]
        indexes = [models.Index(fields=("case", "-month")), models.Index(fields=("municipality", "month"))]


class Settled(CaseOwned):
    """A question about one participant that somebody has answered for this run, by name. ``about`` is what was asked:
    another count or amount is another question.

    An accepted answer about the family, or about a stop, holds in the months after too: while ``basis`` (the facts
    behind the question) stands, and at the longest to and including ``holds_until``.
    """

    reach = ByCase(section=Section.ECONOMY)
    classified = classify(
        public="id case municipality run code answer holds_until by at", personal="by_name basis", sensitive="about why"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    run = models.ForeignKey(BenefitRun, models.CASCADE, related_name="settled")
    code = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    basis = models.CharField(max_length=16, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    holds_until = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("run", "case", "code", "about"), name="question_settled_once"),
            models.CheckConstraint(
                name="accepted_answer_holds", condition=Q(holds_until__isnull=True) | Q(answer="accepted")
            ),
        ]

    def holds_through(self, last_day: date) -> bool:
        """Whether the answer also counts in a later month that ends on ``last_day``."""
        return self.answer == Answer.ACCEPTED and (self.holds_until is None or self.holds_until >= last_day)


class Acknowledged(Table):
    """An open question of the law that a run rests on, acknowledged by name for the whole run."""

    reach = ByMunicipality("run__municipality")
    classified = classify(public="id run code by by_name at")

    run = models.ForeignKey(BenefitRun, models.CASCADE, related_name="acknowledged")
    code = models.CharField(max_length=40)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("run", "code"), name="rule_acknowledged_once")]


class PayrollFile(Table):
    """The payroll file as it was made when the run was approved, so that every download is the same bytes."""

    reach = ByMunicipality("run__municipality")
    classified = classify(public="id run kind digest made_at", sensitive="content")

    run = models.ForeignKey(BenefitRun, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("run", "kind"), name="one_payroll_file_of_a_kind")]
