"""Code lists of the plan."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What fills the programme (research/001 § 5, 002 § 5)."""

    NORWEGIAN = "norwegian", _("norsk")
    SOCIAL_STUDIES = "social_studies", _("samfunnskunnskap")
    LIFE_SKILLS = "life_skills", _("livsmestring")
    PARENTAL_GUIDANCE = "parental_guidance", _("foreldreveiledning")
    CAREER_GUIDANCE = "career_guidance", _("karriereveiledning")
    PRIMARY_SCHOOL = "primary_school", _("grunnskole")
    UPPER_SECONDARY = "upper_secondary", _("videregående opplæring")
    VOCATIONAL_COURSE = "vocational_course", _("yrkesrettet kurs")
    LANGUAGE_PRACTICE = "language_practice", _("språkpraksis")
    WORK_PRACTICE = "work_practice", _("arbeidspraksis")
    WORK_TRAINING = "work_training", _("arbeidstrening")
    WAGE_SUBSIDY = "wage_subsidy", _("lønnstilskudd")
    MENTOR = "mentor", _("mentor")
    NAV_MEASURE = "nav_measure", _("tiltak i NAV")
    JOB = "job", _("ordinært arbeid")
    JOB_SEARCH = "job_search", _("jobbsøking")
    COMMUNITY = "community", _("frivillig aktivitet og nettverk")
    OWN_ACTIVITY = "own_activity", _("egen aktivitet")
    RECOGNITION = "recognition", _("godkjenning av utdanning")
    OTHER = "other", _("annet")


PLACEMENTS = (
    StepKind.LANGUAGE_PRACTICE,
    StepKind.WORK_PRACTICE,
    StepKind.WORK_TRAINING,
    StepKind.WAGE_SUBSIDY,
    StepKind.JOB,
)
"""Steps at a work place."""


class StepStatus(TextChoices):
    PLANNED = "planned", _("planlagt")
    ONGOING = "ongoing", _("pågår")
    DONE = "done", _("fullført")
    STOPPED = "stopped", _("avbrutt")


UNFINISHED = (StepStatus.PLANNED, StepStatus.ONGOING)
"""What somebody still answers for."""


BEGUN = (StepStatus.ONGOING, StepStatus.DONE, StepStatus.STOPPED)
"""What has been tried, however it went."""


class NorwegianGoal(TextChoices):
    """Norwegian goal (norskmål) as an overall level; levels per skill are kept in the room ``norwegian``."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"


class ParticipantView(TextChoices):
    """What the participant says of a version."""

    AGREES = "agrees", _("enig")
    PARTLY = "partly", _("delvis enig")
    DISAGREES = "disagrees", _("uenig")
