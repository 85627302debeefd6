"""The team: the named persons and units round one case."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from samlop.cases.models.case import Case, CaseOwned
from samlop.cases.vocabulary import TeamFunction
from samlop.core.classification import classify
from samlop.core.periods import no_overlap, period_in_order
from samlop.core.reach import ByCase
from samlop.core.rights import Section
from samlop.people.models import Unit, User


class TeamMember(CaseOwned):
    """A unit in the team, in a period (both days count), with its person and deputy.

    ``user`` is empty while the unit has not named anyone: the leader's Min dag shows it. ``is_editor`` marks the plan
    editor (planansvarlig): one per case at a time.
    """

    reach = ByCase(section=Section.IDENTITY)
    classified = classify(
        public="id case municipality unit function is_editor valid_from valid_to", personal="user deputy"
    )

    case = models.ForeignKey(Case, models.CASCADE, related_name="team")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="team_places")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="team_places")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="deputy_places")
    function = models.CharField(max_length=12, choices=TeamFunction.choices)
    is_editor = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            period_in_order("team_member_period"),
            no_overlap("one_plan_editor_at_a_time", "case", condition=Q(is_editor=True)),
            no_overlap("one_main_contact_at_a_time", "case", condition=Q(function="main_contact")),
            no_overlap("team_member_once", "case", "unit", "user", "function", condition=Q(user__isnull=False)),
        ]
        indexes = [models.Index(fields=("user",)), models.Index(fields=("unit", "case"))]
