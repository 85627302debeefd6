"""Who signs in, and in which role at which unit they act."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from samlop.core.base import Guarded, GuardedQuerySet, Table
from samlop.core.classification import classify
from samlop.core.ids import uuid7
from samlop.core.periods import no_overlap, period_in_order
from samlop.core.prepared import prepared
from samlop.core.reach import System
from samlop.people.models.organisations import Unit
from samlop.people.vocabulary import Role


class UserManager(BaseUserManager.from_queryset(GuardedQuerySet)):  # type: ignore[misc]
    """Manager of accounts; ``create_user`` hashes the password."""

    def create_user(self, username: str, password: str | None = None, **extra: Any) -> User:
        user: User = self.model(username=username, **extra)
        user.set_password(password)
        user.save()
        return user

    def get(self, *args: Any, **kwargs: Any) -> User:
        """As always; the account of a key, which every page asks for, by a question that is written once."""
        if not args and kwargs.keys() == {"pk"} and isinstance(kwargs["pk"], UUID) and (found := _of_key(kwargs["pk"])):
            return found[0]
        return cast(User, super().get(*args, **kwargs))


@prepared
def _of_key(key: UUID) -> models.QuerySet[User]:
    return User._default_manager.filter(pk=key)


class User(Guarded, AbstractBaseUser):
    """An account. Names are shown to colleagues and participants; nothing here is a national identity number.

    ``session_epoch`` is part of the session's signature: raising it signs the person out everywhere.
    """

    reach = System("accounts are reached through memberships and teams")
    classified = classify(
        public="id is_active last_login language session_epoch",
        personal="username name email phone",
        secret="password",
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="nb")
    session_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()  # type: ignore[misc]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """There is no back door: the framework's administration is not installed."""
        return False

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Django itself notes the time of sign-in and renews password hashes; both are safe without a command.
        if set(kwargs.get("update_fields") or ()) and set(kwargs["update_fields"]) <= {"last_login", "password"}:
            AbstractBaseUser.save(self, *args, **kwargs)
            return
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What ties a session to the account: password and epoch, signed; Django also tries earlier keys."""
        salt = "samlop.people.User.session"
        return salted_hmac(
            salt, f"{self.password}\0{self.session_epoch}", secret=secret, algorithm="sha256"
        ).hexdigest()


class Membership(Table):
    """A person's role at a unit in a period; the first and last days count."""

    reach = System("read through viewer and team queries")
    classified = classify(public="id unit role valid_from valid_to title", personal="user deputy")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role.choices)
    title = models.CharField(max_length=120, blank=True)
    deputy = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="deputy_for")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_in_order("membership_period"),
            no_overlap("membership_no_overlap", "user", "unit", "role"),
            models.CheckConstraint(name="membership_not_participant", condition=~Q(role="participant")),
        ]
        indexes = [models.Index(fields=("unit", "role"))]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"
