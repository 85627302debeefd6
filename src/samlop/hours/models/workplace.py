"""What a work place says about hours, by a personal link without sign-in."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.periods import period_in_order
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class WorkPlaceLink(CaseOwned):
    """A link for one work place to the practice hours of one participant, for a period, revocable.

    Only the hash of the link's secret is kept. It shows the first name and those hours, nothing else.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality made_at revoked_at last_used_at",
        personal="work_place contact valid_from valid_to made_by revoked_by",
        secret="token_hash",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="work_place_links")
    token_hash = models.CharField(max_length=64, unique=True)
    work_place = models.CharField(max_length=120)
    contact = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = [period_in_order("work_place_link_in_order")]


class WorkPlaceDay(CaseOwned):
    """What the work place said of one day: the hours that were planned, and the hours the participant was there."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(public="id case municipality link said_at", personal="day planned present said_by")

    case = models.ForeignKey(Case, models.CASCADE, related_name="work_place_days")
    link = models.ForeignKey(WorkPlaceLink, models.CASCADE, related_name="days")
    day = models.DateField()
    planned = models.DecimalField(max_digits=4, decimal_places=2)
    present = models.DecimalField(max_digits=4, decimal_places=2)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=260)

    class Meta:
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(fields=("link", "day"), name="work_place_says_a_day_once"),
            models.CheckConstraint(
                name="work_place_hours_within_plan", condition=Q(present__gte=0, present__lte=F("planned"))
            ),
        ]
