"""Leave (permisjon): asked for by the participant or written down for them; the answer is a decision."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User
from samlop.programme.models import Decision


class Leave(CaseOwned):
    """A leave that is asked for, first and last day included. ``code`` is a reason of ``samlop.law.absence``.

    ``words`` are the applicant's own, without medical detail; ``documented`` says only that a paper has been shown.
    ``decision`` is the draft made from it and, once signed, the answer: which days, granted or not, with benefit or
    without stand there and nowhere else (``hours.leaves``).
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality asked_at withdrawn_at decision",
        personal="first_day last_day asked_by asked_by_name child_born",
        sensitive="code words documented withdrawn_why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="leaves")
    code = models.CharField(max_length=24)
    first_day = models.DateField()
    last_day = models.DateField()
    child_born = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    documented = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by_name = models.CharField(max_length=200)
    decision = models.OneToOneField(Decision, models.SET_NULL, null=True, blank=True, related_name="leave")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("first_day",)
        constraints = [
            models.CheckConstraint(name="leave_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="leave_withdrawn_with_reason", condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why="")
            ),
        ]
        indexes = [models.Index(fields=("case", "first_day"))]
