"""What sign-in remembers: failed attempts for the lock-out, and where a person is signed in."""

from __future__ import annotations

from django.db import models

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByUser, System
from samlop.people.models import User


class Failure(Table):
    """A failed attempt at a password or a code; kept for a day. Account and address are keyed hashes, not the words."""

    reach = System("the lock-out counts them")
    classified = classify(public="id at", personal="account address")

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=("account", "at")), models.Index(fields=("address", "at"))]


class SignedIn(Table):
    """One place where a person is signed in, shown on «Innlogging og sikkerhet» so that they can end it."""

    reach = ByUser()
    classified = classify(public="id since seen method", personal="user device", secret="session_key")

    user = models.ForeignKey(User, models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    since = models.DateTimeField()
    seen = models.DateTimeField()
    method = models.CharField(max_length=40)
    device = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-seen",)
