"""The living plan: goals and steps as they stand now."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import Unit, User
from samlop.plan.vocabulary import NorwegianGoal, StepKind, StepStatus
from samlop.programme.models import EndGoal


class Plan(CaseOwned):
    """The plan that is being worked on: individuell plan under the old Act, integreringsplan under the new.

    ``long_term_goal_own`` is the participant's own goal in own words in ``own_language``; ``long_term_goal`` says the
    same in Norwegian. One current plan per case. Each of the three goals has its own revision, so that two who write
    about different goals do not stop each other; ``revision`` grows with every change to any part of the plan.
    A material change (vesentlig endring) makes a review due at once; the next version clears it.
    """

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality is_current revision opened_at changed_at long_term_goal_revision end_goal_revision"
        " norwegian_goal_revision material_change_on",
        personal="long_term_goal long_term_goal_own own_language end_goal end_goal_why norwegian_goal"
        " norwegian_goal_why material_change_why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="plans")
    is_current = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    own_language = models.CharField(max_length=8, blank=True)
    long_term_goal = models.TextField(blank=True)
    long_term_goal_own = models.TextField(blank=True)
    long_term_goal_revision = models.PositiveIntegerField(default=0)
    end_goal = models.CharField(max_length=24, choices=EndGoal.choices, blank=True)
    end_goal_why = models.TextField(blank=True)
    end_goal_revision = models.PositiveIntegerField(default=0)
    norwegian_goal = models.CharField(max_length=2, choices=NorwegianGoal.choices, blank=True)
    norwegian_goal_why = models.TextField(blank=True)
    norwegian_goal_revision = models.PositiveIntegerField(default=0)
    material_change_on = models.DateField(null=True, blank=True)
    material_change_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case",), condition=Q(is_current=True), name="one_current_plan_per_case"),
            models.CheckConstraint(
                name="material_change_has_words",
                condition=Q(material_change_on__isnull=True, material_change_why="")
                | (Q(material_change_on__isnull=False) & ~Q(material_change_why="")),
            ),
        ]


class PartialGoal(CaseOwned):
    """A partial goal (delmål) on the way. A removed one is kept, so that it can be put back."""

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality plan order reached_on revision removed_at", personal="text text_own"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="partial_goals")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="partial_goals")
    order = models.PositiveSmallIntegerField(default=1)
    text = models.CharField(max_length=300)
    text_own = models.CharField(max_length=300, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")
        constraints = [models.CheckConstraint(name="partial_goal_has_text", condition=~Q(text=""))]


class Step(CaseOwned):
    """A step (tiltak, aktivitet): kind, period (both days included), who answers, why it helps, and how it went.

    A unit answers for it, or the participant (``by_participant``). A removed step is kept, so that it can be put back.
    """

    reach = ByCase(section=Section.PLAN)
    classified = classify(
        public="id case municipality plan partial_goal kind start_on end_on unit by_participant status revision"
        " removed_at",
        personal="title title_own user why result",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    partial_goal = models.ForeignKey(PartialGoal, models.SET_NULL, null=True, blank=True, related_name="steps")
    kind = models.CharField(max_length=20, choices=StepKind.choices)
    title = models.CharField(max_length=200)
    title_own = models.CharField(max_length=200, blank=True)
    start_on = models.DateField(null=True, blank=True)
    end_on = models.DateField(null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by_participant = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=StepStatus.choices, default=StepStatus.PLANNED)
    result = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = (F("start_on").asc(nulls_last=True), "pk")
        constraints = [
            models.CheckConstraint(
                name="step_in_order",
                condition=Q(start_on__isnull=True) | Q(end_on__isnull=True) | Q(end_on__gte=F("start_on")),
            ),
            models.CheckConstraint(name="step_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="step_one_answers",
                condition=Q(by_participant=False) | Q(unit__isnull=True, user__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=("plan", "start_on"))]
