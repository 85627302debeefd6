"""What is due about the week: no week plan, a week below full time, a group without hours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.core.due import DueItem
from samlop.core.periods import in_force
from samlop.core.prepared import prepared
from samlop.core.rights import Permission, Section
from samlop.core.templatetags.samlop import day as in_words
from samlop.core.time import OSLO
from samlop.hours.conflicts import planned_ahead
from samlop.hours.counting import WeekSum, monday_of
from samlop.hours.coverage import participants_weeks
from samlop.hours.leaves import leaves_of
from samlop.hours.models import ClassMember, ClassSlot
from samlop.hours.regime import Regime
from samlop.hours.wording import hours, week_key, week_name

PLAN_DAYS = 14
"""Days after the start – or after the case came in, where the programme ran already – within which there must be a week
plan: the programme is full time from its first day."""
WEEKS_AHEAD = 2
"""Whole weeks ahead that are looked at, so that there is time to fill them."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """The due items of the week. A fixed number of queries however many cases."""
    if not caseload.cases:
        return []
    first = monday_of(on) + timedelta(days=7)
    last = first + timedelta(days=7 * WEEKS_AHEAD - 1)
    rules, weeks = participants_weeks(caseload.ids, first, last, on, leaves_of(caseload))
    planned = planned_ahead(caseload.ids, on)
    items: list[DueItem] = []
    for case_id, regime in rules.items():
        if regime.ended or regime.starts_on is None or regime.on_leave(on):
            continue
        if case_id not in planned:
            items += _no_plan(caseload, regime, on)
        else:
            items += _short(caseload, case_id, weeks[case_id], regime)
    return items


def _item(
    caseload: Caseload, case_id: UUID, code: str, what: str, why: str, due_on: date | None, action: str, url: str
) -> DueItem:
    unit_id, user_id = caseload.main_contact(case_id)
    return DueItem(
        code=code,
        case_id=case_id,
        what=what,
        why=why,
        due_on=due_on,
        unit_id=unit_id,
        user_id=user_id,
        action=action,
        url=url,
    )


def _no_plan(caseload: Caseload, regime: Regime, on: date) -> Iterable[DueItem]:
    assert regime.starts_on is not None
    # A programme that was running when it came into Samløp has its week plan elsewhere until then.
    came = caseload.cases[regime.case_id].registered_at.astimezone(OSLO).date()
    due_on = max(regime.starts_on, came) + timedelta(days=PLAN_DAYS)
    if on < regime.starts_on or (regime.ends_on is not None and regime.ends_on < on):
        return
    yield _item(
        caseload,
        regime.case_id,
        "hours.no_week_plan",
        _("Lag ukeplan for deltakeren"),
        _("Programmet begynte %(start)s og skal være på full tid (%(paragraph)s).")
        % {"start": in_words(regime.starts_on), "paragraph": _paragraph(regime)},
        due_on,
        _("Se uka"),
        reverse("hours:week", args=[regime.case_id]),
    )


def _short(caseload: Caseload, case_id: UUID, weeks: list[WeekSum], regime: Regime) -> Iterable[DueItem]:
    """The first week ahead that is below full time; one line, whatever follows."""
    week = next((one for one in weeks if one.programme_days and one.week.missing), None)
    if week is None:
        return
    yield _item(
        caseload,
        case_id,
        "hours.below_full_time",
        _("Fyll %(week)s: %(missing)s mangler") % {"week": week_name(week.monday), "missing": hours(week.week.missing)},
        _("Full tid er %(needed)s den uka (%(paragraph)s).")
        % {"needed": hours(week.week.needed), "paragraph": _paragraph(regime)},
        week.monday,
        _("Se uka"),
        reverse("hours:week_of", args=[case_id, week_key(week.monday)]),
    )


def _paragraph(regime: Regime) -> str:
    return "introduksjonsloven § 4" if regime.act == "introduksjonsloven" else "integreringsloven §§ 13–14"


@prepared
def _members(cases: Collection[UUID], on: date) -> QuerySet[ClassMember]:
    rows = ClassMember.objects.filter(in_force(on), case_id__among=cases)
    return rows.select_related("group").order_by("-group_id", "pk")


@prepared
def _taught(groups: Collection[UUID], on: date) -> QuerySet[ClassSlot, UUID]:
    """The groups that have hours."""
    return ClassSlot.objects.filter(in_force(on), group_id__among=groups).values_list("group_id", flat=True)


def groups_without_hours(caseload: Caseload, on: date) -> Iterable[DueItem]:
    """A group the viewer may plan, with participants of the load and not one hour; one line for each group."""
    viewer = caseload.viewer
    if viewer is None or not viewer.may(Permission.PLAN_CLASSES):
        return
    members = _members([key for key in caseload.ids if caseload.sees(key, Section.HOURS)], on)
    groups = {member.group_id: member for member in members}
    taught = set(_taught(groups.keys(), on))
    for group_id, member in groups.items():
        if group_id not in taught:
            yield DueItem(
                code="hours.group_without_hours",
                case_id=member.case_id,
                what=_("Legg timer i gruppen %(group)s") % {"group": member.group.name},
                why=_("Gruppen har deltakere, men ingen timer, så uka deres står tom."),
                due_on=None,
                unit_id=member.group.unit_id,
                user_id=None,
                action=_("Se gruppen"),
                url=reverse("hours:group", args=[group_id]),
            )
