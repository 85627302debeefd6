"""Meetings about a participant: who must come, what is taken up, what was said, and who does what by when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.cooperation.models import TalkKind
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.people.models import Unit, User


class MeetingStatus(TextChoices):
    PLANNED = "planned", _("planlagt")
    CLOSED = "closed", _("avholdt og lukket")
    CANCELLED = "cancelled", _("avlyst")


class Meeting(CaseOwned):
    """A plan talk, triangular talk, team meeting or handover talk.

    ``number`` counts plan talks of the case; it decides who must come. The meeting and its minutes are seen by those
    whose ``section`` it is. ``sequence`` grows with each change of time or place, for calendars; ``revision`` counts
    the versions of the minutes, so that two who write at once see each other.
    """

    reach = ByCase(section_field="section")
    classified = classify(
        public="id case municipality kind status section"
        " starts_at length_minutes number sequence revision minutes_at closed_at called_by",
        personal="place interpreter_language minutes minutes_by_name cancelled_why",
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
    minutes_by_name = models.CharField(max_length=200, blank=True)
    minutes_at = models.DateTimeField(null=True, blank=True)
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
            models.CheckConstraint(
                name="meeting_cancelled_with_reason", condition=~Q(status="cancelled") | ~Q(cancelled_why="")
            ),
        ]
        indexes = [
            models.Index(fields=("case", "starts_at")),
            models.Index(fields=("starts_at",), condition=Q(status="planned"), name="planned_meetings"),
        ]

    @property
    def ends_at(self) -> datetime:
        """When it is over; minutes are real minutes also on the night the clock is changed."""
        return self.starts_at.astimezone(UTC) + timedelta(minutes=self.length_minutes)

    @property
    def is_planned(self) -> bool:
        return self.status == MeetingStatus.PLANNED

    @property
    def is_closed(self) -> bool:
        return self.status == MeetingStatus.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED


class Attendee(CaseOwned):
    """Somebody who is invited: a unit with its person, or the participant. ``required_by`` tells which rule demands
    it.
    """

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

    class Meta:
        ordering = ("-is_participant", "is_interpreter", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "user"), condition=Q(user__isnull=False), name="attendee_person_once"
            ),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(is_participant=True), name="attendee_participant_once"
            ),
            models.UniqueConstraint(
                fields=("meeting",), condition=Q(is_interpreter=True), name="attendee_interpreter_once"
            ),
        ]


class AgendaItem(CaseOwned):
    """A point on the agenda; ``source`` tells what it was proposed from (an open action, a contradiction, a step …)."""

    reach = ByCase("meeting__case", section_field="meeting__section")
    classified = classify(public="id case municipality meeting order source source_id", personal="text")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    source = models.CharField(max_length=40, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("order", "pk")


class Action(CaseOwned):
    """Something to be done, from a meeting: what, who answers, by when. Open ones come first in the next meeting.

    The responsible is a person in a unit, a unit, or the participant; an action may lack it (and its date) while people
    are still talking, but the meeting is not closed before it has both.
    """

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
            models.CheckConstraint(
                name="action_one_responsible",
                condition=Q(by_participant=False) | Q(unit__isnull=True, user__isnull=True),
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

    @property
    def is_late(self) -> bool:
        """Whether the last day has passed and it is still open."""
        return self.is_open and self.due_on is not None and self.due_on < today()

    @property
    def has_responsible(self) -> bool:
        return self.by_participant or self.user_id is not None or self.unit_id is not None

    @property
    def is_complete(self) -> bool:
        """Whether it has what a meeting needs to be closed: somebody who answers, and a date."""
        return self.has_responsible and self.due_on is not None
