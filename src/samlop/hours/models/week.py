"""The week: groups taught together, their hours and the participant's own hours."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.periods import no_overlap, period_in_order
from samlop.core.reach import ByCase, ByMunicipality
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.hours.vocabulary import Provider, Theme, WeekPattern
from samlop.people.models import Municipality, Unit, User
from samlop.plan.models import Step
from samlop.plan.vocabulary import StepKind


class Group(Table):
    """A class or course group (klasse, gruppe) that a unit teaches.

    ``teacher`` answers for it by name: its hours and its roll. Where that person leaves the unit, ``teacher_until`` is
    the last day and ``next_teacher`` who takes over, or nobody by name: then the unit answers.
    """

    reach = ByMunicipality()
    classified = classify(public="id municipality unit name valid_from valid_to teacher teacher_until next_teacher")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="groups")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    teacher = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    teacher_until = models.DateField(null=True, blank=True)
    next_teacher = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("name",)
        constraints = [
            period_in_order("group_in_order"),
            models.CheckConstraint(
                name="next_teacher_after_the_first",
                condition=Q(next_teacher__isnull=True) | Q(teacher__isnull=False, teacher_until__isnull=False),
            ),
        ]

    def teacher_on(self, day: date) -> User | None:
        """Who answers for the group by name on a day; none where the unit does."""
        return self.teacher if self.teacher_until is None or day <= self.teacher_until else self.next_teacher

    @property
    def teacher_now(self) -> User | None:
        """Who answers for the group by name today."""
        return self.teacher_on(today())

    def __str__(self) -> str:
        return self.name


class ClassMember(CaseOwned):
    """A participant in a group, for a period; both days included."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(public="id case municipality group", personal="valid_from valid_to")

    case = models.ForeignKey(Case, models.CASCADE, related_name="classes")
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_in_order("class_member_in_order"),
            no_overlap("once_in_a_group", "case", "group"),
        ]
        indexes = [models.Index(fields=("group", "valid_from"))]


class Hour(models.Model):
    """What an hour of the week holds, for a group and for one participant alike.

    ``weekday`` is 1 for Monday to 7. ``lessons`` counts 45-minute lessons where teaching is counted so; otherwise the
    clock hours from ``starts`` to ``ends`` count. ``theme`` is told of life skills only. Both days of the period are
    included.
    """

    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    pattern = models.CharField(max_length=5, choices=WeekPattern.choices, default=WeekPattern.EVERY)
    provider = models.CharField(max_length=16, choices=Provider.choices)
    content = models.CharField(max_length=20, choices=StepKind.choices)
    lessons = models.PositiveSmallIntegerField(null=True, blank=True)
    theme = models.CharField(max_length=8, choices=Theme.choices, blank=True)
    place = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True


def _hour_rules(name: str) -> list[Any]:
    return [
        models.CheckConstraint(name=f"{name}_weekday", condition=Q(weekday__range=(1, 7))),
        models.CheckConstraint(name=f"{name}_ends_after_start", condition=Q(ends__gt=F("starts"))),
        models.CheckConstraint(
            name=f"{name}_theme_of_life_skills", condition=Q(theme="") | Q(content=StepKind.LIFE_SKILLS)
        ),
        models.CheckConstraint(name=f"{name}_some_lessons", condition=Q(lessons__isnull=True) | Q(lessons__gte=1)),
        period_in_order(f"{name}_in_order"),
    ]


class ClassSlot(Hour, Table):
    """A weekly hour of a group."""

    reach = ByMunicipality("group__municipality")
    classified = classify(
        public="id group weekday starts ends pattern provider content lessons theme place valid_from valid_to"
    )

    group = models.ForeignKey(Group, models.CASCADE, related_name="slots")

    class Meta:
        ordering = ("weekday", "starts")
        constraints = _hour_rules("class_slot")


class OwnSlot(Hour, CaseOwned):
    """A weekly hour of one participant: practice, NAV, own activity; often from a step of the plan."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality step unit weekday starts ends pattern provider content lessons theme"
        " valid_from valid_to",
        personal="place",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="slots")
    step = models.ForeignKey(Step, models.SET_NULL, null=True, blank=True, related_name="slots")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("weekday", "starts")
        constraints = _hour_rules("own_slot")
        indexes = [models.Index(fields=("case", "valid_from"))]


class SlotException(Table):
    """A group's hour that does not come on one day, or comes at another time that day."""

    reach = ByMunicipality("slot__group__municipality")
    classified = classify(public="id slot day starts ends note")

    slot = models.ForeignKey(ClassSlot, models.CASCADE, related_name="exceptions")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("slot", "day"), name="one_exception_a_day"),
            models.CheckConstraint(
                name="exception_moved_or_cancelled",
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(starts__isnull=False, ends__gt=F("starts")),
            ),
        ]


class OwnException(CaseOwned):
    """A participant's own hour that does not come on one day, or comes at another time that day."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(public="id case municipality slot day starts ends", personal="note")

    slot = models.ForeignKey(OwnSlot, models.CASCADE, related_name="exceptions")
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("slot", "day"), name="one_own_exception_a_day"),
            models.CheckConstraint(
                name="own_exception_moved_or_cancelled",
                condition=Q(starts__isnull=True, ends__isnull=True) | Q(starts__isnull=False, ends__gt=F("starts")),
            ),
        ]


class WeekChoice(CaseOwned):
    """What is decided about a participant's weeks as a whole.

    ``own_activity``: the programme asks so much of the participant outside the hours that 30 hours a week are full
    time, from ``own_activity_from``; a judgement, with its reason.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality", personal="own_activity_from own_activity_why decided_by decided_on"
    )

    case = models.OneToOneField(Case, models.CASCADE, related_name="week_choice")
    own_activity_from = models.DateField(null=True, blank=True)
    own_activity_why = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="own_activity_with_reason", condition=Q(own_activity_from__isnull=True) | ~Q(own_activity_why="")
            ),
        ]


class CalendarLink(CaseOwned):
    """A personal, secret address where a calendar program fetches the hours; one in force per person and case.

    Only a fingerprint of the secret is kept: nobody can read the address out of the database or a backup. It is shown
    once, when it is made.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality made_at revoked_at fetched_at", personal="user", secret="fingerprint"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="calendar_links")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("case", "user"), condition=Q(revoked_at__isnull=True), name="one_calendar_link_in_force"
            ),
        ]
