"""Code lists of the week: who gives an hour, which weeks it comes, and what a day of the calendar is."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    """The two themes of the course in life skills, each with its least hours (integreringsforskriften § 4)."""

    HEALTH = "health", _("migrasjon, helse og mangfold")
    CAREER = "career", _("karrierekompetanse")


class Provider(TextChoices):
    """Who fills the hour (Gjøvik: 26 lessons at the centre, NAV fills the rest; research/001 § 7)."""

    ADULT_EDUCATION = "adult_education", _("voksenopplæring")
    REFUGEE_SERVICE = "refugee_service", _("flyktningtjenesten")
    NAV = "nav", _("NAV")
    WORK_PLACE = "work_place", _("arbeidsplass")
    VOLUNTEER = "volunteer", _("frivillig")
    OWN_ACTIVITY = "own_activity", _("egen aktivitet")
    OTHER = "other", _("andre")


class WeekPattern(TextChoices):
    """Which weeks an hour comes: every week, or alternating by the number of the ISO week (research/001 F13)."""

    EVERY = "every", _("hver uke")
    ODD = "odd", _("oddetallsuker")
    EVEN = "even", _("partallsuker")


class DayKind(TextChoices):
    """What a day of the municipality's year calendar is when it is not an ordinary programme day."""

    HOLIDAY = "holiday", _("ferie for deltakerne")
    PLANNING_DAY = "planning_day", _("planleggingsdag")
    SCHOOL_FREE = "school_free", _("skolefri")
    OTHER_PROGRAMME = "other_programme", _("annet program")


class Reporter(TextChoices):
    """Who told of an absence. The same absence told by two is one absence with two reports."""

    SCHOOL = "school", _("skolen")
    SERVICE = "service", _("flyktningtjenesten")
    NAV = "nav", _("NAV")
    WORK_PLACE = "work_place", _("arbeidsplassen")
    PARTICIPANT = "participant", _("deltakeren selv")
