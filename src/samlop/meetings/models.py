"""Meetings about a participant: who must come, what is taken up, what was said, and who does what by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.cooperation.models import TalkKind
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import Unit, User


class MeetingStatus(TextChoices):
    PLANNED = "planned", _("planlagt")
    CLOSED = "closed", _("avholdt og lukket")
    CANCELLED = "cancelled", _("avlyst")


class Meeting(CaseOwned):
    """A plan talk, triangular talk, team meeting or handover talk.

    ``number`` counts plan talks of the case; it decides who must come. Minutes are seen by those whose ``section`` it
    is. ``sequence`` grows with each change of time or place, for calendars.
    """

    reach = ByCase(section_field="section")
    classified = classify(
        public="id case municipality kind status section"
        " starts_at length_minutes number sequence revision closed_at called_by",
        personal="place interpreter_language minutes cancelled_why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=20, choices=TalkKind.choices)
    status = models.CharField(max_length=9, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED)
    section = models.CharField(max_length=12, default=Section.PLAN)
    starts_at = models.DateTimeField()
    length_minutes = models.PositiveSmallIntegerField(default=45)
    place = models.CharField(max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    interpreter_language = models.CharField(max_length=8, blank=True)
    minutes = models.TextField(blank=True)
    called_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    cancelled_why = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-starts_at",)
        constraints = [
            models.CheckConstraint(
                name="meeting_closed_when_closed",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=("case", "starts_at")),
            models.Index(fields=("starts_at",), condition=Q(status="planned"), name="planned_meetings"),
        ]


class Attendee(CaseOwned):
    """Somebody who is invited: a unit with its person, or the participant. ``required_by`` tells what demands it."""

    reach = ByCase("meeting__case", section_field="meeting__section")
    classified = classify(
        public="id case municipality meeting unit is_participant is_interpreter required_by attended",
        personal="user name",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    is_participant = models.BooleanField(default=False)
    is_interpreter = models.BooleanField(default=False)
    required_by = models.CharField(max_length=200, blank=True)
    attended = models.BooleanField(null=True, blank=True)


class AgendaItem(CaseOwned):
    """A point on the agenda; ``source`` tells what it was proposed from (an open action, a contradiction, a step …)."""

    reach = ByCase("meeting__case", section_field="meeting__section")
    classified = classify(public="id case municipality meeting order source source_id", personal="text note")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("order", "pk")


class Action(CaseOwned):
    """Something to be done, from a meeting: what, who answers, by when. Open ones come first in the next meeting."""

    reach = ByCase("meeting__case", section_field="meeting__section")
    classified = classify(
        public="id case municipality meeting unit by_participant due_on done_at dropped_at made_at",
        personal="text user done_by dropped_why",
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="actions")
    text = models.CharField(max_length=400)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    by_participant = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="action_done_by_someone",
                condition=Q(done_at__isnull=True, done_by__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="action_dropped_with_reason", condition=Q(dropped_at__isnull=True) | ~Q(dropped_why="")
            ),
        ]
        indexes = [
            models.Index(
                fields=("case",),
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="open_actions_by_case",
            ),
            models.Index(
                fields=("user", "due_on"),
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="open_actions_by_user",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.dropped_at is None
