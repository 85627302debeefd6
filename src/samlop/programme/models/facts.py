"""What the law asks about a case and nobody else keeps: schooling, days that start deadlines, days that meet them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section


class EducationLevel(TextChoices):
    """Schooling when the permit was granted (integreringsforskriften § 65 a); names as in ``samlop law duration``."""

    BELOW = "below_upper_secondary", _("mindre enn videregående opplæring")
    UPPER_SECONDARY = "upper_secondary_or_higher", _("videregående opplæring eller mer")


class CourseFacts(CaseOwned):
    """Facts that right, length and deadlines depend on. What is not known stands empty and is asked for by name.

    ``offered_start_on`` is the first day of the programme as offered (the start itself where nothing else is known);
    it decides which lengths hold and follows the person to a new municipality. ``used_before_days`` are calendar days
    of programme used in earlier municipalities. ``nothing_earlier_on`` is the day somebody said that a programme which
    ran when it came into Samløp has no decision to write in. Days that end with ``done_on`` or ``registered_on`` meet a
    deadline. ``kvp_asked_on`` and ``kvp_started_on`` tell of the qualification programme (kvalifiseringsprogram) that
    may come after this one.
    """

    reach = ByCase(section=Section.PROGRAMME)
    classified = classify(
        public="id case municipality nothing_earlier_on",
        personal="education lived_in_municipality_since registered_in_municipality_on demanded_on offered_start_on"
        " offered_norwegian_on weekly_work_hours career_guidance_on social_studies_done_on norwegian_done_on"
        " leave_norwegian_offered_on more_norwegian_asked_on more_norwegian_offered_on"
        " kvp_asked_on kvp_started_on end_registered_on certificate_given_on used_before_days",
        sensitive="nordic_or_eea",
    )

    case = models.OneToOneField(Case, models.CASCADE, related_name="course_facts")
    education = models.CharField(max_length=28, choices=EducationLevel.choices, blank=True)
    nordic_or_eea = models.BooleanField(null=True, blank=True)
    weekly_work_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    lived_in_municipality_since = models.DateField(null=True, blank=True)
    registered_in_municipality_on = models.DateField(null=True, blank=True)
    demanded_on = models.DateField(null=True, blank=True)
    offered_start_on = models.DateField(null=True, blank=True)
    offered_norwegian_on = models.DateField(null=True, blank=True)
    career_guidance_on = models.DateField(null=True, blank=True)
    social_studies_done_on = models.DateField(null=True, blank=True)
    norwegian_done_on = models.DateField(null=True, blank=True)
    leave_norwegian_offered_on = models.DateField(null=True, blank=True)
    more_norwegian_asked_on = models.DateField(null=True, blank=True)
    more_norwegian_offered_on = models.DateField(null=True, blank=True)
    kvp_asked_on = models.DateField(null=True, blank=True)
    kvp_started_on = models.DateField(null=True, blank=True)
    end_registered_on = models.DateField(null=True, blank=True)
    certificate_given_on = models.DateField(null=True, blank=True)
    nothing_earlier_on = models.DateField(null=True, blank=True)
    used_before_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="work_hours_of_a_week",
                condition=Q(weekly_work_hours__isnull=True) | Q(weekly_work_hours__range=(0, 80)),
            ),
        ]
