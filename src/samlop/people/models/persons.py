"""The participant as a person: what is needed to meet, call and write to them – and no more."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from samlop.core.base import Table
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.core.sorting import search_key, sort_key
from samlop.people.models.organisations import Municipality
from samlop.people.models.users import User
from samlop.people.vocabulary import Gender, IdentifierKind, InterpreterNeed, Protection, Relation


class Person(Table):
    """A participant (or future participant) as one municipality knows them.

    A person who moves gets a new row in the new municipality: neither learns more of the other's register than what is
    handed over. ``sort_key`` is Norwegian order, ``search_key`` what a search compares; both follow the name.
    """

    reach = ByCase("cases", section=Section.IDENTITY)
    classified = classify(
        public="id municipality created_at",
        personal="given_name family_name sort_key search_key birth_date gender phone email address interpreter user",
        sensitive="protection",
    )

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="persons")
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="persons")
    given_name = models.CharField(max_length=300)
    family_name = models.CharField(max_length=300, blank=True)
    sort_key = models.CharField(max_length=620, editable=False, db_collation="C")
    search_key = models.CharField(max_length=620, editable=False, db_collation="C")
    birth_date = models.DateField(null=True, blank=True)
    gender = models.CharField(max_length=10, choices=Gender.choices, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    interpreter = models.CharField(max_length=10, choices=InterpreterNeed.choices, default=InterpreterNeed.UNKNOWN)
    protection = models.CharField(max_length=24, choices=Protection.choices, default=Protection.NONE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=("municipality", "sort_key")),
            models.Index(fields=("municipality", "birth_date")),
            # Every list leaves these out (``access.scope``); they are few.
            models.Index(fields=("municipality",), condition=~Q(protection="none"), name="protected_persons"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name as written."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def is_protected(self) -> bool:
        """Confidential or strictly confidential address: the hard stop of access."""
        return self.protection != Protection.NONE

    def set_name_keys(self) -> None:
        """Keep the sort and search keys in step with the name; bulk loading calls it itself."""
        self.sort_key = sort_key(f"{self.family_name or self.given_name} {self.given_name}")[:620]
        self.search_key = search_key(self.name)[:620]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_name_keys()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_key", "search_key"}
        super().save(*args, **kwargs)


class PersonIdentifier(Table):
    """An official number of a person; validated, never shown in addresses, logs, file names or errors.

    ``disputed`` marks a number that another person in the municipality already holds, whom the one who registered may
    not know of (protected address). The registration looks like any other; whoever holds the first case settles it.
    """

    reach = ByCase("person__cases", section=Section.IDENTITY)
    classified = classify(public="id municipality kind", personal="person", secret="value disputed")

    person = models.ForeignKey(Person, models.CASCADE, related_name="identifiers")
    municipality = models.ForeignKey(Municipality, models.PROTECT)
    kind = models.CharField(max_length=14, choices=IdentifierKind.choices)
    value = models.CharField(max_length=12)
    disputed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Unique within the municipality only: a collision with another one would tell that the person is there.
            models.UniqueConstraint(
                fields=("municipality", "kind", "value"),
                condition=Q(disputed=False),
                name="identifier_once_per_municipality",
            ),
            models.UniqueConstraint(fields=("person", "kind"), name="one_identifier_of_a_kind"),
        ]
        indexes = [models.Index(fields=("municipality", "value"))]


class PersonLanguage(Table):
    """A language the person uses; the first is the one letters and talks are prepared in."""

    reach = ByCase("person__cases", section=Section.IDENTITY)
    classified = classify(public="id order is_mother_tongue", personal="person code")

    person = models.ForeignKey(Person, models.CASCADE, related_name="languages")
    code = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField(default=1)
    is_mother_tongue = models.BooleanField(default=False)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=("person", "code"), name="language_once_per_person")]


class FamilyMember(Table):
    """A relation that matters for the programme: children and their birth year, spouse, whether they live together."""

    reach = ByCase("person__cases", section=Section.IDENTITY)
    classified = classify(public="id", personal="person relation name birth_date lives_together in_programme other")

    person = models.ForeignKey(Person, models.CASCADE, related_name="family")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    name = models.CharField(max_length=300, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    lives_together = models.BooleanField(default=True)
    in_programme = models.BooleanField(default=False)
    other = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="family_not_self", condition=Q(other__isnull=True) | ~Q(other=models.F("person"))
            )
        ]
