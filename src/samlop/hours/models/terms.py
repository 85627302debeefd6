"""What absence is judged by: the municipality's own days, and what is known of one participant."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase, ByMunicipality
from samlop.core.rights import Section
from samlop.people.models import Municipality, User

CUTOFF_DAY, REASON_DAYS = 5, 7
"""Until a municipality has chosen its own."""


class AttendanceRules(Table):
    """A municipality's own days.

    ``cutoff_day`` is the day of the following month after which a change of a month is a correction of it.
    ``reason_days`` is how many days an absence may stand without a reason, or without what must be shown.
    """

    reach = ByMunicipality()
    classified = classify(public="id municipality cutoff_day reason_days")

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="attendance_rules")
    cutoff_day = models.PositiveSmallIntegerField(default=CUTOFF_DAY)
    reason_days = models.PositiveSmallIntegerField(default=REASON_DAYS)

    class Meta:
        constraints = [
            models.CheckConstraint(name="cutoff_day_of_month", condition=Q(cutoff_day__range=(1, 28))),
            models.CheckConstraint(name="reason_days_sensible", condition=Q(reason_days__range=(1, 60))),
        ]


class CareFacts(CaseOwned):
    """What the days with an ill child depend on besides the children themselves (integreringsforskriften § 7).

    ``chronic`` says only that a child is chronically ill or disabled, so that more days hold.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(public="id case municipality noted_at", sensitive="alone chronic")

    case = models.OneToOneField(Case, models.CASCADE, related_name="care_facts")
    alone = models.BooleanField(default=False)
    chronic = models.BooleanField(default=False)
    noted_at = models.DateTimeField()


class SelfCertificateLoss(CaseOwned):
    """The right to self-certificates is lost from a day, and shall be looked at again within six months (§ 9)."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality decided_at decided_by",
        personal="valid_from review_by ended_on",
        sensitive="why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="self_certificate_losses")
    valid_from = models.DateField()
    review_by = models.DateField()
    why = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(ended_on__isnull=True), name="one_self_certificate_loss"
            ),
        ]
