"""The handover (overføring): the passage to NAV or another receiver before the programme ends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.cases.models import Case, CaseOwned
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.handover.checklist import PointState
from samlop.people.models import Unit, User


class HandoverNeed(TextChoices):
    """Whether somebody must take over when the programme ends."""

    UNCLARIFIED = "unclarified", _("ikke avklart")
    YES = "yes", _("noen må ta over")
    NO = "no", _("trenger ingen videre oppfølging")


class Handover(CaseOwned):
    """One handover per case. With need = yes it is not completed without a talk date and a receiver.

    ``revision`` counts the versions of what is written, so that two who write at once see each other.
    """

    reach = ByCase(section=Section.PROGRAMME)
    classified = classify(
        public="id case municipality receiver_unit talk_on opened_at completed_at revision",
        personal="need receiver_name receiver_contact unmet_needs next_step income_source completed_by",
    )

    case = models.OneToOneField(Case, models.CASCADE, related_name="handover")
    need = models.CharField(max_length=12, choices=HandoverNeed.choices, default=HandoverNeed.UNCLARIFIED)
    receiver_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    receiver_name = models.CharField(max_length=200, blank=True)
    receiver_contact = models.CharField(max_length=200, blank=True)
    talk_on = models.DateField(null=True, blank=True)
    unmet_needs = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    income_source = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_completed_with_talk_and_receiver",
                condition=Q(completed_at__isnull=True)
                | Q(need="no")
                | (Q(need="yes", talk_on__isnull=False) & ~Q(receiver_name="")),
            ),
            models.CheckConstraint(
                name="handover_completed_by_someone",
                condition=Q(completed_at__isnull=True, completed_by__isnull=True)
                | Q(completed_at__isnull=False, completed_by__isnull=False),
            ),
        ]


class ChecklistItem(CaseOwned):
    """A point on the handover checklist, done on a day by somebody, or not relevant with a reason."""

    reach = ByCase(section=Section.PROGRAMME)
    classified = classify(public="id case municipality handover code done_on not_relevant", personal="done_by note")

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    handover = models.ForeignKey(Handover, models.CASCADE, related_name="checklist")
    code = models.CharField(max_length=40)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    not_relevant = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("handover", "code"), name="checklist_item_once"),
            models.CheckConstraint(
                name="checklist_not_relevant_with_reason", condition=Q(not_relevant=False) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="checklist_done_or_not_relevant", condition=Q(done_on__isnull=True) | Q(not_relevant=False)
            ),
        ]

    @property
    def state(self) -> str:
        """Where the point stands."""
        if self.not_relevant:
            return PointState.NOT_RELEVANT
        return PointState.DONE if self.done_on is not None else PointState.OPEN

    @property
    def is_settled(self) -> bool:
        """Done, or not relevant with a reason."""
        return self.done_on is not None or self.not_relevant
