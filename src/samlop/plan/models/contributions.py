"""What each unit and the participant write into the plan, side by side, and what contradicts what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase, ByUser
from samlop.core.rights import Section
from samlop.people.models import Unit, User
from samlop.plan.models.plan import PartialGoal, Plan, Step


class Contribution(CaseOwned):
    """A contribution (bidrag) with author, unit and date, seen by all who see the plan.

    It is not rewritten: the author withdraws it or writes a new one. It may be about a step or a partial goal.
    """

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality plan step partial_goal unit role by_participant written_at withdrawn_at",
        personal="author author_name text",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="contributions")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="contributions")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="contributions")
    partial_goal = models.ForeignKey(PartialGoal, models.SET_NULL, null=True, blank=True, related_name="contributions")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24)
    by_participant = models.BooleanField(default=False)
    text = models.TextField()
    written_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [models.CheckConstraint(name="contribution_has_text", condition=~Q(text=""))]
        indexes = [models.Index(fields=("plan", "written_at"))]


class ContributionDraft(CaseOwned):
    """A contribution that is not shared yet: the author's own, reached by nobody else, gone when it is shared.

    A table of its own, so that no list, count or export of contributions can give away another person's draft.
    """

    reach = ByUser("author")
    classified = classify(
        public="id case municipality step partial_goal saved_at revision", personal="author", secret="text"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="contribution_drafts")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="+")
    partial_goal = models.ForeignKey(PartialGoal, models.SET_NULL, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.CASCADE, related_name="+")
    text = models.TextField()
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-saved_at", "-pk")
        constraints = [models.CheckConstraint(name="draft_has_text", condition=~Q(text=""))]
        indexes = [models.Index(fields=("author", "case"))]


class Contradiction(CaseOwned):
    """Contributions that say different things, marked by the editor and settled with a reason."""

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality plan contributions marked_at settled_at",
        personal="text marked_by settled_by resolution",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="contradictions")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="contradictions")
    contributions = models.ManyToManyField(Contribution, related_name="contradictions")
    text = models.TextField()
    marked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    resolution = models.TextField(blank=True)

    class Meta:
        ordering = ("-marked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="contradiction_settled_with_reason",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(resolution="")),
            )
        ]
        indexes = [
            models.Index(fields=("case",), condition=Q(settled_at__isnull=True), name="open_contradictions"),
        ]
