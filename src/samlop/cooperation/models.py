"""How a municipality has organised the work: who owns the programme and each task, who must be in which talk, and the
periods and norms it works by. Configuration, never code."""

from __future__ import annotations

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByMunicipality
from samlop.people.models import Municipality, Unit
from samlop.people.vocabulary import UnitKind


class OrganisationModel(TextChoices):
    """The four models of research/000 § 7.1, and the two further ones of 001 § 7."""

    NAV = "nav", _("NAV har ansvaret for programmet")
    LEARNING_CENTRE = "learning_centre", _("læringssenteret har ansvaret for programmet")
    NAV_SERVICE_CENTRE = "nav_service_centre", _("NAV har ansvaret for programmet, servicesenteret for bosetting")
    REFUGEE_OFFICE = "refugee_office", _("selvstendig flyktningkontor har ansvaret for programmet")
    SEVERAL_OFFICES = "several_offices", _("flere kontorer deler ansvaret")
    INTERMUNICIPAL = "intermunicipal", _("interkommunalt samarbeid")


class Task(TextChoices):
    """Tasks that must have exactly one owner (research/000 § 14 item 16, 001 § 14.2 item 8).

    Practice is divided by kind (Hamar) or by year of the programme (Sel); see ``PracticeBy``.
    """

    PROGRAMME = "programme", _("hovedansvar for programmet")
    SETTLEMENT = "settlement", _("bosetting")
    MAPPING = "mapping", _("kartlegging")
    PLAN = "plan", _("plan og plansamtaler")
    DECISIONS = "decisions", _("vedtak")
    NORWEGIAN = "norwegian", _("norsk og samfunnskunnskap")
    LANGUAGE_PRACTICE = "language_practice", _("språkpraksis")
    WORK_PRACTICE = "work_practice", _("arbeidspraksis")
    PRACTICE_YEAR_1 = "practice_year_1", _("praksis i første år")
    PRACTICE_YEAR_2 = "practice_year_2", _("praksis i andre år")
    PRACTICE_YEAR_3 = "practice_year_3", _("praksis i tredje år")
    NAV_NEED = "nav_need", _("avklare behov for bistand fra NAV")
    ATTENDANCE = "attendance", _("fravær")
    HOLIDAY_WEEKS = "holiday_weeks", _("ferieuker og skolefrie dager")
    HANDOVER = "handover", _("overføring når programmet slutter")
    BENEFIT = "benefit", _("utbetaling av stønad")


class PlanFrom(TextChoices):
    """What the deadline of mapping and first plan counts from; the source does not say (research/001 § 14.2 item 2)."""

    SETTLEMENT = "settled", _("bosettingen")
    START = "start", _("starten av programmet")


class PracticeBy(TextChoices):
    """How the municipality divides the responsibility for finding and following up places."""

    KIND = "kind", _("etter type: språkpraksis og arbeidspraksis")
    YEAR = "year", _("etter år i programmet")


class TalkKind(TextChoices):
    PLAN_TALK = "plan_talk", _("plansamtale")
    TRIANGULAR_TALK = "triangular_talk", _("trekantsamtale")
    TEAM_MEETING = "team_meeting", _("teammøte")
    HANDOVER_TALK = "handover_talk", _("overføringssamtale")


class Which(TextChoices):
    """Which talks of a series a rule is about."""

    ALL = "all", _("alle samtalene")
    FIRST = "first", _("de første")
    LAST = "last", _("de siste")


class Arrangement(Table):
    """A municipality's way of working. Periods in months; the norm is participants per full-time adviser."""

    reach = ByMunicipality()
    classified = classify(
        public="id municipality model practice_by plan_review_months"
        " plan_deadline_months plan_deadline_from plan_talks nav_contact_months handover_months caseload_norm"
    )

    municipality = models.OneToOneField(Municipality, models.CASCADE, related_name="arrangement")
    model = models.CharField(max_length=20, choices=OrganisationModel.choices)
    practice_by = models.CharField(max_length=4, choices=PracticeBy.choices, default=PracticeBy.KIND)
    plan_review_months = models.PositiveSmallIntegerField(default=6)
    plan_deadline_months = models.PositiveSmallIntegerField(default=6)
    plan_deadline_from = models.CharField(max_length=10, choices=PlanFrom.choices, default=PlanFrom.SETTLEMENT)
    plan_talks = models.PositiveSmallIntegerField(default=4)
    nav_contact_months = models.PositiveSmallIntegerField(default=3)
    handover_months = models.PositiveSmallIntegerField(default=6)
    caseload_norm = models.PositiveSmallIntegerField(default=20)


class TaskOwner(Table):
    """The one unit that answers for a task in this municipality (ansvarlig enhet)."""

    reach = ByMunicipality()
    classified = classify(public="id municipality task unit")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="task_owners")
    task = models.CharField(max_length=20, choices=Task.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="owned_tasks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("municipality", "task"), name="one_owner_per_task")]


class TalkRule(Table):
    """Which kind of unit must be in which talks: NAV in the last two (Vågå), in the first (Nordre Land), in all."""

    reach = ByMunicipality()
    classified = classify(public="id municipality talk unit_kind which count")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="talk_rules")
    talk = models.CharField(max_length=20, choices=TalkKind.choices)
    unit_kind = models.CharField(max_length=20, choices=UnitKind.choices)
    which = models.CharField(max_length=5, choices=Which.choices, default=Which.ALL)
    count = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("talk", "unit_kind", "which")
        constraints = [
            models.CheckConstraint(name="talk_rule_counts_from_one", condition=models.Q(count__gte=1)),
            models.UniqueConstraint(fields=("municipality", "talk", "unit_kind", "which"), name="talk_rule_once"),
        ]
