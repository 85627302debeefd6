"""Runs of lists that are read in."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByUser
from samlop.people.models import Membership, Municipality, Unit, User


class RunStatus(TextChoices):
    INVALID = "invalid", _("må rettes")
    READY = "ready", _("klar")
    QUEUED = "queued", _("venter på tur")
    RUNNING = "running", _("pågår")
    DONE = "done", _("ferdig")
    FAILED = "failed", _("stoppet")


class ImportRun(Table):
    """One list of participants, from the upload to the end; only whoever uploaded it sees it.

    ``content`` is the file while it waits (also when web and worker are on different machines) and is emptied when the
    run has ended or been given up; then nothing of the file is left but its digest and counts. ``errors`` say what and
    where, never what stood there. ``done`` and ``alive_at`` are written while the run is under way.
    """

    reach = ByUser()
    classified = classify(
        public="id municipality membership owner_unit units status kind size digest rows fresh known alike done "
        "created_at alive_at ended_at anyway note trouble errors",
        personal="user main_contact",
        secret="content preview",
    )

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="import_runs")
    membership = models.ForeignKey(Membership, models.SET_NULL, null=True, related_name="+")
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    main_contact = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    units = ArrayField(models.UUIDField(), default=list, blank=True)
    """The other units that get a place in each new team."""
    status = models.CharField(max_length=8, choices=RunStatus.choices)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    note = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    alike = models.PositiveIntegerField(default=0)
    anyway = models.BooleanField(default=False)
    errors = models.JSONField(default=list)
    preview = models.JSONField(default=list)
    trouble = models.CharField(max_length=500, blank=True)
    done = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # What has ended holds nothing of the file.
            models.CheckConstraint(
                name="ended_run_is_emptied",
                condition=~Q(status__in=["invalid", "done", "failed"]) | Q(content__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=("user", "-created_at")),
            models.Index(fields=("municipality", "digest"), condition=Q(status="done"), name="lists_read_before"),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.status in (RunStatus.QUEUED, RunStatus.RUNNING)

    @property
    def to_register(self) -> int:
        """How many will be registered when the run is started."""
        return self.fresh + self.alike
