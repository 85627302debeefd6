"""The national introduction register (NIR): a year that has been gone through before it closes."""

from __future__ import annotations

from django.db import models

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByMunicipality
from samlop.people.models import Municipality


class RegisterYear(Table):
    """That a municipality has checked and corrected what stands in NIR for a year, before the year closes there."""

    reach = ByMunicipality()
    classified = classify(public="id municipality year checked_on noted_by_name noted_at")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    checked_on = models.DateField()
    noted_by_name = models.CharField(max_length=200)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("municipality", "year"), name="one_check_of_a_register_year")]
