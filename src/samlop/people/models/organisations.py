"""Municipalities with dated codes, organisations, and the units that act."""

from __future__ import annotations

from django.db import models

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.periods import no_overlap, period_in_order
from samlop.core.reach import Public
from samlop.people.vocabulary import OrganisationKind, UnitKind


class County(Table):
    """A county (fylke); codes change with reforms, so a new code is a new row."""

    reach = Public("administrative geography")
    classified = classify(public="id code name valid_from valid_to")

    code = models.CharField(max_length=2)
    name = models.CharField(max_length=80)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [period_in_order("county_period"), no_overlap("county_number_held_by_one", "code")]

    def __str__(self) -> str:
        return self.name


class Municipality(Table):
    """A municipality (kommune); the key that every row of a case carries.

    ``policy_version`` counts changes to the municipality's narrowing of access, so that it can be kept in memory.
    """

    reach = Public("administrative geography")
    classified = classify(public="id name written_language policy_version")

    name = models.CharField(max_length=80)
    written_language = models.CharField(max_length=2, choices=[("nb", "bokmål"), ("nn", "nynorsk")], default="nb")
    policy_version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class MunicipalityCode(Table):
    """The official number of a municipality in a period (SSB classification 131); periods never overlap."""

    reach = Public("administrative geography")
    classified = classify(public="id municipality code county valid_from valid_to")

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="codes")
    code = models.CharField(max_length=4)
    county = models.ForeignKey(County, models.PROTECT, related_name="municipality_codes")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_in_order("municipality_code_period"),
            no_overlap("municipality_code_no_overlap", "municipality"),
            no_overlap("municipality_number_held_by_one", "code"),
        ]


class Organisation(Table):
    """A legal entity: municipality, NAV, county, employer, voluntary organisation."""

    reach = Public("organisations, no persons")
    classified = classify(public="id name kind number municipality")

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    number = models.CharField(max_length=9, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="organisations")

    def __str__(self) -> str:
        return self.name


class Unit(Table):
    """An organisation's part that acts on cases (enhet).

    ``municipality`` is null for county and national units; ``serves`` lists further municipalities of an
    intermunicipal unit.
    """

    reach = Public("units and how to reach them, no persons")
    classified = classify(public="id organisation name kind municipality county serves phone email address closed_on")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="units")
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, blank=True, related_name="units")
    county = models.ForeignKey(County, models.PROTECT, null=True, blank=True, related_name="units")
    serves = models.ManyToManyField(Municipality, blank=True, related_name="served_by")
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
