"""What is due about the handover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cooperation.models import Task
from samlop.cooperation.queries import arrangements_of, owners_of
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.templatetags.samlop import day
from samlop.core.time import add_months
from samlop.handover.models import ChecklistItem, Handover, HandoverNeed
from samlop.handover.rules import is_open, lacking, opens_on
from samlop.programme.courses import courses_of
from samlop.programme.models import Course

INCOME_MONTHS = 3
"""How long before the end somebody must know what the participant shall live on."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """The handovers that are open and what each lacks next. Six queries however many cases."""
    municipalities = {case.municipality_id for case in caseload.cases.values()}
    settings = arrangements_of(municipalities)
    owners = owners_of(municipalities, Task.HANDOVER)
    opened = [
        course
        for course in courses_of(caseload).values()
        if is_open(on, course.planned_end_on, course.ended_on, settings[course.municipality_id].handover_months)
    ]
    handovers = {row.case_id: row for row in _handovers([course.case_id for course in opened])}
    settled = _settled(handovers.values())
    items = []
    for course in opened:
        handover = handovers.get(course.case_id) or Handover()
        if handover.completed_at is not None:
            continue
        holder = _holder(caseload, course.case_id, owners.get(course.municipality_id))
        months = settings[course.municipality_id].handover_months
        items.append(_next(course, handover, settled[handover.pk], holder, months))
        items += _income(course, handover, holder, on)
    return items


def _holder(caseload: Caseload, case_id: UUID, owner: UUID | None) -> tuple[UUID | None, UUID | None]:
    """Who answers at the unit that hands over: the main contact where they are of it, else the first named there."""
    contact = caseload.main_contact(case_id)
    return contact if owner is None or contact[0] == owner else caseload.holder(case_id, unit_id=owner)


def _settled(handovers: Iterable[Handover]) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    for handover_id, code in _settled_items([handover.pk for handover in handovers]):
        found[handover_id].add(code)
    return found


@prepared
def _handovers(cases: Collection[UUID]) -> QuerySet[Handover]:
    return Handover.objects.filter(case_id__among=cases)


@prepared
def _settled_items(handovers: Collection[UUID]) -> QuerySet[ChecklistItem, tuple[UUID, str]]:
    """(handover, code) of what is done or not relevant."""
    rows = ChecklistItem.objects.filter(Q(done_on__isnull=False) | Q(not_relevant=True), handover_id__among=handovers)
    return rows.values_list("handover_id", "code")


def _next(
    course: Course, handover: Handover, settled: set[str], holder: tuple[UUID | None, UUID | None], months: int
) -> DueItem:
    first = next((code for code, _field in lacking(handover, settled)), "complete")
    what = {
        "need_unclarified": _("Avklar om noen må ta over etter programmet"),
        "missing_talk": _("Avtal overføringssamtale"),
        "missing_receiver": _("Finn ut hvem som tar over"),
        "checklist_open": _("Gjør ferdig sjekklisten for overføringen"),
        "complete": _("Fullfør overføringen"),
    }[first]
    if course.ended_on is not None:
        why = _("Programmet sluttet %(end)s, og overføringen er ikke fullført.")
        last = course.ended_on
    else:
        assert course.planned_end_on is not None
        why = _("Programmet slutter %(end)s. Overføringen starter %(opens)s (kommunens oppsett).")
        last = course.planned_end_on
    return DueItem(
        code="handover.open",
        case_id=course.case_id,
        what=what,
        why=why % {"end": day(last), "opens": day(opens_on(last, months))},
        due_on=last,
        unit_id=holder[0],
        user_id=holder[1],
        action=_("Gå til overføringen"),
        url=reverse("handover:handover", args=[course.case_id]),
        by_name=False,
        leader_acts=False,
    )


def _income(course: Course, handover: Handover, holder: tuple[UUID | None, UUID | None], on: date) -> list[DueItem]:
    end = course.ended_on or course.planned_end_on
    if (
        handover.income_source
        or handover.need == HandoverNeed.NO
        or end is None
        or on < add_months(end, -INCOME_MONTHS)
    ):
        return []
    return [
        DueItem(
            code="handover.income_missing",
            case_id=course.case_id,
            what=_("Avklar hva deltakeren skal leve av etter programmet"),
            why=_("Introduksjonsstønaden stopper når programmet slutter %(end)s, og ingen inntekt er skrevet inn.")
            % {"end": day(end)},
            due_on=end,
            unit_id=holder[0],
            user_id=holder[1],
            action=_("Skriv inn inntekten"),
            url=reverse("handover:handover", args=[course.case_id]) + "#id_income_source",
            by_name=False,
            leader_acts=False,
        )
    ]
