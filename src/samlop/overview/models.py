"""What the overview keeps: filters that people have given a name."""

from __future__ import annotations

from django.db import models

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByUser
from samlop.people.models import User


class SavedFilter(Table):
    """A filter of Deltakere with a name; ``query`` is what stands in the address, cleaned by the filter form."""

    reach = ByUser()
    classified = classify(public="id created_at", personal="user name query")

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=("user", "name"), name="saved_filter_name_once"),
            models.CheckConstraint(name="saved_filter_has_name", condition=~models.Q(name="")),
        ]
