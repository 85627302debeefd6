"""Tables of the kernel: keys of forms used, marks of what has changed, the journal of what is not about a case."""

from __future__ import annotations

from django.db import models

from samlop.core.base import Guarded, Table
from samlop.core.classification import classify
from samlop.core.reach import System


class OnceKey(Guarded):
    """A form's key once it has been used: a double click or a resent form changes nothing the second time."""

    reach = System("bookkeeping of forms")
    classified = classify(public="key command result_model result_id at", personal="user_id")

    key = models.UUIDField(primary_key=True)
    command = models.CharField(max_length=120)
    user_id = models.UUIDField(null=True)
    result_model = models.CharField(max_length=80, blank=True)
    result_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)


class Mark(Guarded):
    """How many commands have changed something in a case or a municipality; ``key`` is the key of either."""

    reach = System("a number that says that something has changed, not what")
    classified = classify(public="key number")

    key = models.UUIDField(primary_key=True)
    number = models.BigIntegerField()


class OrganisationEntry(Table):
    """What was changed in units, memberships and settings: append-only, without links, so that it outlives them."""

    reach = System("read by leaders through access.changes")
    classified = classify(public="id code municipality_id unit_id at", personal="user_id user_name data")

    code = models.CharField(max_length=80)
    municipality_id = models.UUIDField(null=True, db_index=True)
    unit_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    user_name = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
