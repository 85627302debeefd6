"""The conditions of the filters, each as one expression on a list of cases.

Days are compared as the rules say them: the six months run to the same day of the month, and the last day counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least, TruncDate
from django.db.models.lookups import GreaterThanOrEqual, LessThan, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from samlop.access.viewer import Viewer
from samlop.cases.efforts import nav_contacts
from samlop.cases.models import Case, JournalEntry, TeamMember
from samlop.cases.sight import sections_everywhere
from samlop.cases.vocabulary import CaseStatus, TeamFunction
from samlop.cooperation.arrangements import arrangement_of
from samlop.core.rights import Section
from samlop.core.time import OSLO, add_months, today
from samlop.people.vocabulary import InterpreterNeed, Role
from samlop.plan.models import Plan, PlanVersion, Step
from samlop.plan.queries.share import COUNTS_FROM
from samlop.plan.vocabulary import BEGUN, PLACEMENTS
from samlop.programme.models import Course
from samlop.programme.phases_in_sql import MonthsLater, end_of_course

PROGRAMME_START_MONTHS = 3
"""The programme starts within three months of settlement (integreringsloven § 12 second paragraph)."""
RISK_DAYS = 30
AFTER_END_MONTHS = 12
NAV_ROLES = (Role.NAV_ADVISER, Role.NAV_LEADER)


@dataclass(frozen=True)
class Periods:
    """The municipality's periods, in months."""

    plan_review: int = 6
    plan_deadline: int = 6
    plan_from: str = "settled_on"
    """Where the day that the deadline of the first plan counts from is found, seen from a case."""

    @classmethod
    def of(cls, municipality_id: UUID | None) -> Periods:
        """From the arrangement of a municipality; the usual ones where it has set nothing, and for no municipality."""
        if municipality_id is None:
            return cls()
        settings = arrangement_of(municipality_id)
        counts_from = COUNTS_FROM[settings.plan_deadline_from]
        return cls(settings.plan_review_months, settings.plan_deadline_months, counts_from)

    def counts_from(self, case: Case, course: Course | None) -> date | None:
        """The day that the deadline of the first plan counts from."""
        if self.plan_from == "settled_on":
            return case.settled_on
        return course.start_on if course else None


def current(places: QuerySet[Any]) -> QuerySet[Any]:
    """Places in teams that hold today."""
    day = today()
    return places.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def contact_function(viewer: Viewer) -> TeamFunction:
    """The place in the team that a viewer's lists call the contact: NAV's people look for the contact at NAV."""
    return TeamFunction.NAV_CONTACT if viewer.role in NAV_ROLES else TeamFunction.MAIN_CONTACT


ENDED = Coalesce(F("course__ended_on"), TruncDate("closed_at", tzinfo=OSLO))
"""The day a case's programme ended, or the case was closed."""


def contact(function: TeamFunction, user_id: Any = None) -> Exists:
    """A named person in a function: today, or – where the programme has ended – on its last day."""
    places = TeamMember.objects.filter(case_id=OuterRef("pk"), function=function, valid_from__lte=today())
    places = places.filter(user_id=user_id) if user_id else places.filter(user__isnull=False)
    open_end = Q(valid_to__isnull=True) | Q(valid_to__gte=today())
    return Exists(places.filter(open_end | Q(valid_to__gte=OuterRef("ended"))))


def ended_since(day: date) -> Q:
    """Ended after a day; the list must be annotated with ``ended``."""
    return Q(ended__gt=day, status=CaseStatus.ENDED)


def in_team(**who: Any) -> Exists:
    """A place in the team today for a unit or a person."""
    return Exists(current(TeamMember.objects.filter(case_id=OuterRef("pk"), **who)))


def ends_within(months: int) -> Q:
    """The last day is today or later, and at most ``months`` ahead (research/002 § 14, item 1)."""
    end, day = end_of_course("course__"), Value(today())
    return Q(GreaterThanOrEqual(end, day)) & Q(LessThanOrEqual(MonthsLater(end, -months), day))


def nav_contact(viewer: Viewer, since: date | None = None) -> Exists:
    """Contact with NAV (since a day) that the viewer may know of."""
    entries = JournalEntry.objects.filter(case_id=OuterRef("pk"), section__in=sections_everywhere(viewer))
    return Exists(nav_contacts(entries.filter(happened_on__gt=since) if since else entries))


IN_PROGRAMME = Q(course__ended_on__isnull=True)
"""The programme has not ended: after that no plan falls due."""


def plan_due(periods: Periods) -> Coalesce:
    """The day the plan must be reviewed by – or, without a version, made by (half a year after settlement).

    The same days as ``plan.deadlines`` gives; a test compares them.
    """
    last_talk = PlanVersion.objects.filter(case_id=OuterRef("pk")).order_by("-number").values("talk_on")[:1]
    change = Plan.objects.filter(case_id=OuterRef("pk"), is_current=True).values("material_change_on")[:1]
    review = Least(MonthsLater(Subquery(last_talk), periods.plan_review), Subquery(change))
    return Coalesce(review, MonthsLater(F(periods.plan_from), periods.plan_deadline))


def plan_overdue(periods: Periods) -> Q:
    return Q(LessThan(plan_due(periods), Value(today()))) & IN_PROGRAMME


def plan_due_soon(periods: Periods) -> Q:
    """From the day after one month before (001 § 14.2: due 15.07 is «due soon» from 16.06) to the day itself."""
    due, day = plan_due(periods), Value(today())
    return Q(LessThan(MonthsLater(due, -1), day)) & Q(GreaterThanOrEqual(due, day)) & IN_PROGRAMME


def first_plan_late(viewer: Viewer, periods: Periods) -> Q:
    """The day for the first plan has come, and none was agreed by then (the rest of ``plan.queries.share``)."""
    due = MonthsLater(F(periods.plan_from), periods.plan_deadline)
    in_time = PlanVersion.objects.filter(
        case_id=OuterRef("pk"), talk_on__lte=MonthsLater(OuterRef(periods.plan_from), periods.plan_deadline)
    )
    has_come = Q(municipality_id=viewer.municipality_id) & Q(LessThanOrEqual(due, Value(today())))
    return has_come & ~Q(Exists(in_time))


def without_placement() -> Q:
    """In the programme, and no step at a work place has begun: the days since the start are the days waited."""
    tried = Step.objects.filter(case_id=OuterRef("pk"), removed_at__isnull=True, kind__in=PLACEMENTS, status__in=BEGUN)
    return Q(course__start_on__lte=today()) & IN_PROGRAMME & ~Q(Exists(tried))


def without_version() -> Q:
    return ~Q(Exists(PlanVersion.objects.filter(case_id=OuterRef("pk"))))


def deadline(viewer: Viewer, periods: Periods, until: date) -> Q:
    """A deadline of the start or of the first plan that has not been met, and ends on the day or before.

    ``until`` yesterday: missed. ``until`` thirty days ahead: missed or at risk.
    """
    limit = Value(until)
    begins_by = MonthsLater(F("settled_on"), PROGRAMME_START_MONTHS)
    unmet = Q(course__start_on__isnull=True) & Q(LessThanOrEqual(begins_by, limit))
    if Section.PLAN in sections_everywhere(viewer):
        first_plan = MonthsLater(F(periods.plan_from), periods.plan_deadline)
        unmet |= without_version() & Q(LessThanOrEqual(first_plan, limit))
    return unmet


MISSING: dict[str, tuple[Any, Q]] = {
    "birth_date": (_("fødselsdato"), Q(person__birth_date__isnull=True)),
    "interpreter": (_("behov for tolk"), Q(person__interpreter=InterpreterNeed.UNKNOWN)),
    "settled_on": (_("bosettingsdato"), Q(settled_on__isnull=True)),
    "start_on": (_("start i programmet"), Q(course__start_on__isnull=True)),
    "planned_end_on": (_("planlagt slutt"), Q(course__start_on__isnull=False, course__planned_end_on__isnull=True)),
    "end_goal": (_("sluttmål"), Q(course__isnull=True) | Q(course__end_goal="")),
}
"""What should be known of an active participant: name of it, and the condition that it is missing."""


def missing_something() -> Q:
    condition = Q(pk__in=[])
    for _name, missing in MISSING.values():
        condition |= missing
    return condition


def no_nav_for(months: int) -> date:
    """The day that must have passed without contact."""
    return add_months(today(), -months)
