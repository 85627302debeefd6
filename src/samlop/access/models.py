"""What access leaves behind: readings, emergency access, grants, objections, a municipality's narrowing, and tokens."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase, ByMunicipality
from samlop.core.rights import Section
from samlop.people.models import Municipality, Unit, User
from samlop.people.vocabulary import Role


class Taken(models.TextChoices):
    """How an opening left the page: a file can be kept and passed on, and the participant sees that it was made."""

    PAGE = "", _("lest på siden")
    PDF = "pdf", _("lastet ned som PDF")
    SHEET = "sheet", _("lastet ned i et regneark")
    FILE = "file", _("lastet ned som fil")
    SYSTEM = "system", _("hentet av et annet system")


class Reading(Table):
    """One opening of one section of a case (innsynslogg). Never changed; no links to people: it outlives them."""

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality section at user_id unit_id role unit_name relation taken", personal="user_name"
    )

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="readings", db_index=False)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+", db_index=False)
    section = models.CharField(max_length=12)
    at = models.DateTimeField()
    user_id = models.UUIDField()
    user_name = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True)
    unit_name = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=24)
    relation = models.CharField(max_length=12)
    taken = models.CharField(max_length=6, choices=Taken.choices, blank=True, default="", db_default="")

    class Meta:
        indexes = [models.Index(fields=("case", "-at")), models.Index(fields=("user_id", "case", "-at"))]


class Override(Table):
    """Emergency access (nødtilgang): reasoned, limited to hours, alarms the owner, stands in the control list."""

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality unit since until closed_at reviewed_at",
        personal="user reason reviewed_by review_note",
    )

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="overrides")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="overrides")
    user = models.ForeignKey(User, models.PROTECT, related_name="overrides")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="override_period", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(name="override_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_review_pair",
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("municipality", "-since"))]


class Grant(Table):
    """What a participant has let an employer or a volunteer see, and until when (the last day counts)."""

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality sections valid_from valid_to revoked_at created_at",
        personal="user purpose agreed_how granted_by_name",
    )

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="grants")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    sections = ArrayField(models.CharField(max_length=12))
    purpose = models.CharField(max_length=300)
    agreed_how = models.CharField(max_length=300)
    granted_by_name = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="grant_period", condition=Q(valid_to__gte=F("valid_from")))]


class Objection(Table):
    """A participant's objection to who sees what; a task for the plan editor until settled (status «avklares»)."""

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality section made_at settled_at", personal="about text answer settled_by"
    )

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="objections")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    section = models.CharField(max_length=12, blank=True)
    about = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="objection_settled_with_answer",
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(answer="")),
            )
        ]
        indexes = [models.Index(fields=("case",), condition=Q(settled_at__isnull=True), name="open_objections")]


class Narrowing(Table):
    """A cell that a municipality has made narrower than the policy file, with its reason."""

    reach = ByMunicipality()
    classified = classify(public="id municipality role section relation right why")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="narrowings")
    role = models.CharField(max_length=24, choices=Role.choices)
    section = models.CharField(max_length=12)
    relation = models.CharField(max_length=12)
    right = models.PositiveSmallIntegerField()
    why = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "role", "section", "relation"), name="one_narrowing_per_cell"
            )
        ]


class ApiToken(Table):
    """What another system (fagsystem) shows to act for a unit, in a role there, on some sections of its cases.

    Only the digest of the secret is kept. ``user`` is an account nobody signs in with: it stands as author and in logs
    with the system's name. Both days of the period count. ``window_calls`` are the calls since ``window_started_at``.
    """

    reach = ByMunicipality()
    classified = classify(
        public="id municipality unit role name purpose sees writes valid_from valid_to made_at revoked_at last_used_at "
        "window_started_at window_calls user",
        personal="made_by revoked_by",
        secret="digest",
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="api_tokens")
    role = models.CharField(max_length=24, choices=Role.choices)
    user = models.OneToOneField(User, models.PROTECT, related_name="api_token")
    name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=300)
    sees = ArrayField(models.CharField(max_length=12))
    writes = ArrayField(models.CharField(max_length=12), default=list)
    valid_from = models.DateField()
    valid_to = models.DateField()
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    window_started_at = models.DateTimeField(null=True, blank=True)
    window_calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="token_period", condition=Q(valid_to__gte=F("valid_from"))),
            models.CheckConstraint(name="token_purpose", condition=~Q(purpose="") & ~Q(name="")),
            models.CheckConstraint(name="token_writes_what_it_sees", condition=Q(sees__contains=F("writes"))),
            models.CheckConstraint(
                name="token_revoked_pair",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=("unit", "-made_at"))]
