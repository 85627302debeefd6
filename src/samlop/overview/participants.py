"""Deltakere: the shared overview with what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.sight import open_in, sees_any
from samlop.cases.vocabulary import CaseStatus
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.sorting import search_key
from samlop.core.time import add_months, today
from samlop.overview import conditions
from samlop.overview.conditions import Periods
from samlop.overview.filters import SECTION_OF
from samlop.programme.phases import Phase
from samlop.programme.phases_in_sql import end_of_course, phase_expression

PAGE_SIZE = 25


@query(scoped="starts from viewer.scope(Case); each filter on a section also asks for the section")
def matching(viewer: Viewer, wanted: Mapping[str, Any]) -> QuerySet[Any]:
    """The participants that fit the filters, in the wanted order.

    Starts from the scope, so that the work follows the municipality's size and not the country's. A filter on a section
    finds only participants where the viewer may see that section.
    """
    rows = viewer.scope(Case).annotate(ended=conditions.ENDED)
    for name, condition in _CONDITIONS.items():
        if value := wanted.get(name):
            rows = rows.filter(condition(viewer, value))
    for section in {SECTION_OF[name] for name in wanted if name in SECTION_OF}:
        rows = rows.filter(open_in(viewer, section))
    if not wanted.get("status"):
        rows = rows.filter(status=CaseStatus.ACTIVE)
    if phase := wanted.get("fase"):
        rows = _in_phase(rows, phase)
    order = _ORDERS.get(str(wanted.get("sorter", "")), ())
    if order and not sees_any(viewer, Section.PROGRAMME):
        order = ()
    return rows.select_related("person").order_by(*order, "person__sort_key", "pk")


def _in_phase(rows: QuerySet[Any], phase: str) -> QuerySet[Any]:
    if phase == Phase.BEFORE:  # those without a course have not begun either
        return rows.filter(Q(course__start_on__isnull=True) | Q(course__start_on__gt=today()))
    return rows.annotate(phase=phase_expression(today(), "course__")).filter(phase=phase)


def _named(viewer: Viewer, whose: str) -> Q:
    if whose == "mine":
        return Q(conditions.in_team(user_id=viewer.user_id)) | Q(conditions.in_team(deputy_id=viewer.user_id))
    return Q(conditions.in_team(unit_id=viewer.unit_id)) | Q(owner_unit_id=viewer.unit_id)


def _search(viewer: Viewer, text: str) -> Q:
    """Every word of the search is somewhere in the name."""
    condition = Q()
    for word in search_key(text).split():
        condition &= Q(person__search_key__contains=word)
    return condition


def _contact(viewer: Viewer, value: str) -> Q:
    function = conditions.contact_function(viewer)
    return ~Q(conditions.contact(function)) if value == "ingen" else Q(conditions.contact(function, value))


def _status(viewer: Viewer, value: str) -> Q:
    if value == "siste_ar":
        return conditions.ended_since(add_months(today(), -conditions.AFTER_END_MONTHS))
    return Q() if value == "alle" else ~Q(status=CaseStatus.ACTIVE)


def _deadline(viewer: Viewer, value: str) -> Q:
    ahead = conditions.RISK_DAYS if value == "fare" else -1
    return conditions.deadline(viewer, Periods.of(viewer.municipality_id), today() + timedelta(days=ahead))


def _nav_contact(viewer: Viewer, value: str) -> Q:
    since = None if value == "ingen" else conditions.no_nav_for(int(value))
    started = Q(course__start_on__lte=today())
    return started & ~Q(conditions.nav_contact(viewer, since))


def _plan(viewer: Viewer, value: str) -> Q:
    match value:
        case "forfalt":
            return conditions.plan_overdue(Periods.of(viewer.municipality_id))
        case "snart":
            return conditions.plan_due_soon(Periods.of(viewer.municipality_id))
        case "sen":
            return conditions.first_plan_late(viewer, Periods.of(viewer.municipality_id))
    return conditions.without_version()


_CONDITIONS: dict[str, Callable[[Viewer, Any], Q]] = {
    "sok": _search,
    "hvem": _named,
    "status": _status,
    "slutter": lambda _viewer, value: conditions.ends_within(int(value)),
    "nav": lambda _viewer, value: (
        Q(course__nav_need=value) if value != "unclarified" else Q(course__isnull=True) | Q(course__nav_need=value)
    ),
    "navkontakt": _nav_contact,
    "plan": _plan,
    "praksis": lambda viewer, _value: conditions.without_placement() & open_in(viewer, Section.PROGRAMME),
    "frist": _deadline,
    "mangler": lambda _viewer, _value: conditions.missing_something(),
    "enhet": lambda _viewer, value: Q(conditions.in_team(unit_id=value)) | Q(owner_unit_id=value),
    "kontakt": _contact,
}

_ORDERS: dict[str, tuple[Any, ...]] = {
    "slutt": (end_of_course("course__").asc(nulls_last=True),),
    "startet": (F("course__start_on").asc(nulls_last=True),),
    "start": (F("course__start_on").desc(nulls_last=True),),
    "bosatt": (F("settled_on").desc(nulls_last=True),),
}
