"""Attendance: who was away, for how long and why. Whoever is not away was there, once the roll is taken."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from samlop.cases.models import Case, CaseOwned
from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase, ByMunicipality
from samlop.core.rights import Section
from samlop.hours.models.week import Group
from samlop.hours.vocabulary import Reporter
from samlop.people.models import User


class Roll(Table):
    """The roll of a group on a day is taken: all were there, but for those with an absence. Two may take it."""

    reach = ByMunicipality("group__municipality")
    classified = classify(public="id group day taken_at taken_by")

    group = models.ForeignKey(Group, models.CASCADE, related_name="rolls")
    day = models.DateField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("group", "day"), name="one_roll_a_day")]


class Absence(CaseOwned):
    """A participant is away: whole programme days, first and last included, or some hours of one day.

    ``hours`` (clock hours) is given for a part of a day only. ``code`` is a reason of ``samlop.law.absence`` or empty
    while nobody has settled it, or while those who told of it disagree. ``documented`` says that what the reason asks
    for has been shown; what it says is not kept. ``withdrawn_at`` keeps what was wrong instead of removing it;
    ``merged_into`` is the absence that a withdrawn one turned out to be the same as.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality revision told_at withdrawn_at merged_into",
        personal="first_day last_day hours",
        sensitive="code documented settled_by withdrawn_why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="absences")
    first_day = models.DateField()
    last_day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    code = models.CharField(max_length=24, blank=True)
    documented = models.BooleanField(default=False)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("first_day",)
        constraints = [
            models.CheckConstraint(name="absence_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="absence_hours_of_one_day",
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=24, last_day=F("first_day")),
            ),
            models.CheckConstraint(
                name="absence_withdrawn_with_reason", condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why="")
            ),
        ]
        indexes = [
            models.Index(fields=("case", "first_day")),
            models.Index(fields=("municipality", "last_day"), name="absences_by_municipality"),
        ]


class AbsenceReport(CaseOwned):
    """Who told of an absence, when, of which days and with which reason; several reports stand side by side.

    ``withdrawn_at`` is when the one who told took it back.
    """

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality absence reporter told_at withdrawn_at",
        personal="told_by told_by_name first_day last_day hours",
        sensitive="code",
    )

    absence = models.ForeignKey(Absence, models.CASCADE, related_name="reports")
    reporter = models.CharField(max_length=12, choices=Reporter.choices)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_by_name = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    code = models.CharField(max_length=24, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("told_at",)
        constraints = [models.CheckConstraint(name="report_in_order", condition=Q(last_day__gte=F("first_day")))]


class AbsenceChange(CaseOwned):
    """How an absence stood before it was changed, who changed it and why: the old stays visible."""

    reach = ByCase(section=Section.HOURS)
    classified = classify(
        public="id case municipality absence at",
        personal="by by_name first_day last_day hours",
        sensitive="why code documented",
    )

    absence = models.ForeignKey(Absence, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200)
    why = models.CharField(max_length=200)
    first_day = models.DateField()
    last_day = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    code = models.CharField(max_length=24, blank=True)
    documented = models.BooleanField()

    class Meta:
        ordering = ("at",)
        indexes = [models.Index(fields=("municipality", "at"), name="absence_changes_by_time")]
