"""The municipality's year: the days that are not ordinary programme days."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByMunicipality
from samlop.hours.vocabulary import DayKind
from samlop.people.models import Municipality, Unit


class CalendarDay(Table):
    """One day that differs, for the whole municipality (no unit) or for what one unit gives.

    Public holidays are not stored; they come from the calendar of the country. A school-free day without another
    programme is a day that the supervisor finds (research/004 F3), so it is stored as what it is.
    """

    reach = ByMunicipality()
    classified = classify(public="id municipality unit day kind note")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="calendar_days")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=16, choices=DayKind.choices)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("day",)
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "day"), condition=Q(unit__isnull=True), name="one_kind_of_day"
            ),
            models.UniqueConstraint(
                fields=("municipality", "day", "unit"), condition=Q(unit__isnull=False), name="one_kind_of_day_of_unit"
            ),
        ]
