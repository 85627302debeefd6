"""Levels in Norwegian, per skill, each with its date and source; written once by the school."""

from __future__ import annotations

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section


class Skill(TextChoices):
    LISTENING = "listening", _("lytte")
    READING = "reading", _("lese")
    WRITING = "writing", _("skrive")
    SPEAKING = "speaking", _("snakke")


class Level(TextChoices):
    """Levels of the Common European Framework as the tests report them; order is the order of the list."""

    UNDER_A1 = "under_A1", _("under A1")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"


class Source(TextChoices):
    TEST = "test", _("norskprøve")
    TEACHER = "teacher", _("lærerens vurdering")
    MAPPING = "mapping", _("kartlegging")


class LevelReached(CaseOwned):
    """A level in one skill, reached on a day. The newest per skill is the level now; older ones stay."""

    reach = ByCase(section=Section.NORWEGIAN)
    classified = classify(
        public="id case municipality skill source recorded_at unit_name", personal="level reached_on recorded_by_name"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="levels")
    skill = models.CharField(max_length=10, choices=Skill.choices)
    level = models.CharField(max_length=8, choices=Level.choices)
    reached_on = models.DateField()
    source = models.CharField(max_length=8, choices=Source.choices)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    unit_name = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ("-reached_on", "-recorded_at")
        indexes = [models.Index(fields=("case", "skill", "-reached_on"))]
