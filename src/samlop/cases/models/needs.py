"""Needs for adaptation, and notes for named persons."""

from __future__ import annotations

from django.db import models

from samlop.cases.models.case import Case, CaseOwned
from samlop.cases.vocabulary import Need
from samlop.core.classification import classify
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import User


class AdaptationNeed(CaseOwned):
    """A coded need for adaptation: what helps, since when – never a diagnosis, never free text."""

    reach = ByCase(section=Section.NEEDS)
    classified = classify(public="id case municipality since until", sensitive="code")

    case = models.ForeignKey(Case, models.CASCADE, related_name="needs")
    code = models.CharField(max_length=20, choices=Need.choices)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case", "code"), condition=models.Q(until__isnull=True), name="need_once")
        ]


class RestrictedNote(CaseOwned):
    """A note that only the named persons can read; its existence is not shown to others."""

    reach = ByCase(section=Section.RESTRICTED, named="readers")
    classified = classify(public="id case municipality written_at", personal="author readers", secret="text")

    case = models.ForeignKey(Case, models.CASCADE, related_name="restricted_notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    readers = models.ManyToManyField(User, related_name="restricted_notes")
    text = models.TextField()
    written_at = models.DateTimeField()
