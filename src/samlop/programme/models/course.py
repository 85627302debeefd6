"""The course through the programme: when it runs, what it shall lead to, and what has been clarified on the way."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class NavNeed(TextChoices):
    """Whether the participant needs help from NAV (research/002 § 3.1)."""

    UNCLARIFIED = "unclarified", _("ikke avklart")
    YES = "yes", _("trenger bistand fra NAV")
    NO = "no", _("trenger ikke bistand fra NAV")


class EndGoal(TextChoices):
    """What the programme shall lead to (sluttmål, integreringsloven §§ 13–14); names as in ``samlop law duration``."""

    WORK = "work", _("arbeid")
    HIGHER_EDUCATION = "higher_education", _("høyere utdanning")
    UPPER_SECONDARY = "upper_secondary", _("fullført videregående opplæring")
    UPPER_SECONDARY_PARTS = "upper_secondary_parts", _("deler av videregående opplæring")
    PRIMARY = "primary", _("grunnskole eller deler av grunnskole")
    VOCATIONAL = "vocational", _("fag- og yrkesopplæring")


class EndReason(TextChoices):
    """Main activity at the end of the programme (avslutningsårsak)."""

    WORK = "work", _("arbeid")
    WORK_AND_EDUCATION = "work_and_education", _("arbeid og utdanning")
    EDUCATION = "education", _("utdanning")
    NAV_MEASURE = "nav_measure", _("tiltak i NAV")
    JOB_SEEKER = "job_seeker", _("arbeidssøker")
    SOCIAL_ASSISTANCE = "social_assistance", _("økonomisk sosialhjelp")
    HEALTH = "health", _("helse eller omsorg")
    MOVED = "moved", _("flyttet")
    STOPPED = "stopped", _("stanset eller avbrutt")
    OTHER = "other", _("annet")


class Course(CaseOwned):
    """The participant's course (løp). Dates are first and last day of the programme, both included.

    ``planned_end_on`` is the last planned day, ``ended_on`` the actual one. ``nav_need`` stays unclarified until
    somebody has taken it up with the participant. ``track`` 1–3 belongs to the old Act.
    """

    reach = ByCase(section=Section.PROGRAMME)
    classified = classify(
        public="id case municipality",
        personal="start_on planned_end_on ended_on end_reason end_goal"
        " track mapping_done_on mapping_done_by nav_need nav_need_clarified_on nav_need_clarified_by",
    )

    case = models.OneToOneField(Case, models.CASCADE, related_name="course")
    start_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)
    end_goal = models.CharField(max_length=24, choices=EndGoal.choices, blank=True)
    track = models.PositiveSmallIntegerField(null=True, blank=True)
    mapping_done_on = models.DateField(null=True, blank=True)
    mapping_done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    nav_need = models.CharField(max_length=12, choices=NavNeed.choices, default=NavNeed.UNCLARIFIED)
    nav_need_clarified_on = models.DateField(null=True, blank=True)
    nav_need_clarified_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="course_in_order",
                condition=Q(start_on__isnull=True)
                | Q(planned_end_on__isnull=True)
                | Q(planned_end_on__gte=F("start_on")),
            ),
            models.CheckConstraint(
                name="course_end_after_start",
                condition=Q(ended_on__isnull=True) | Q(start_on__isnull=True) | Q(ended_on__gte=F("start_on")),
            ),
            models.CheckConstraint(
                name="course_end_has_reason",
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="nav_need_clarified_when",
                condition=Q(nav_need="unclarified", nav_need_clarified_on__isnull=True)
                | (~Q(nav_need="unclarified") & Q(nav_need_clarified_on__isnull=False)),
            ),
            models.CheckConstraint(name="track_1_to_3", condition=Q(track__isnull=True) | Q(track__range=(1, 3))),
        ]
        indexes = [models.Index(fields=("municipality", "planned_end_on"))]
