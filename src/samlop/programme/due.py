"""What is due about the course."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cases.models import Case
from samlop.cooperation.models import Task
from samlop.cooperation.queries import Settings, arrangements_of, owners_of
from samlop.core.due import DueItem
from samlop.core.templatetags.samlop import day
from samlop.core.time import add_months
from samlop.programme.contact import contact_due_on, nav_contact_missing
from samlop.programme.courses import courses_of
from samlop.programme.dues import beginning, decided, ending, under_way
from samlop.programme.dues.known import known
from samlop.programme.models import Course, NavNeed
from samlop.programme.nav_contacts import nav_contact_days

CLOSE_AFTER_MONTHS = 1
"""How long an ended programme may stand before the case is expected to be closed."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """No contact with NAV in time, facts that others need, every deadline of the law, ended programmes whose case is
    open. Eight queries, and those of the sources of absence where a planned end is late."""
    courses = courses_of(caseload)
    municipalities = {case.municipality_id for case in caseload.cases.values()}
    settings = arrangements_of(municipalities)
    owners = owners_of(municipalities, Task.NAV_NEED)
    unclarified = [key for key, course in courses.items() if course.start_on and course.nav_need == NavNeed.UNCLARIFIED]
    contacts = nav_contact_days(unclarified, on)
    items: list[DueItem] = []
    for one in known(caseload, courses, on):
        case, course = one.case, one.course
        items += decided.items(one)
        if course.ended_on is not None:
            items += ending.ended(one, course.ended_on)
            items += _to_close(caseload, case.pk, course, on)
            continue
        ours, owner = settings[case.municipality_id], owners.get(case.municipality_id)
        items += _nav_contact(caseload, case.pk, course, ours, contacts, owner, on)
        items += [] if one.last("refusal") else _missing_facts(caseload, case, course)
        items += beginning.items(one)
        items += under_way.items(one)
        items += ending.to_end(one)
    return items


def _nav_contact(
    caseload: Caseload,
    case_id: UUID,
    course: Course,
    settings: Settings,
    contacts: Mapping[UUID, date],
    owner: UUID | None,
    on: date,
) -> list[DueItem]:
    months = settings.nav_contact_months
    if course.start_on is None:
        return []
    if not nav_contact_missing(on, course.start_on, course.nav_need, contacts.get(case_id), months):
        return []
    unit_id, user_id = caseload.holder(case_id, unit_id=owner)
    values = {"start": day(course.start_on), "months": months}
    return [
        DueItem(
            code="programme.nav_contact",
            case_id=case_id,
            what=_("Avklar om deltakeren trenger bistand fra NAV"),
            why=_(
                "Startet %(start)s. Etter %(months)s måneder er det ingen kontakt med NAV, og behovet er ikke avklart "
                "(fristen står i kommunens oppsett)."
            )
            % values,
            due_on=contact_due_on(course.start_on, months),
            unit_id=unit_id,
            user_id=user_id,
            action=_("Avklar behovet"),
            url=reverse("programme:course", args=[case_id]) + "#nav",
            leader_acts=False,  # NAV's leader clarifies where named in the team (``commands.CLARIFIES``), and not else
        )
    ]


def missing_facts(course: Course, case: Case | None = None) -> list[str]:
    """What others need to know and nobody has written down. Without a start date nothing else can be known.

    Before the start no deadline can be told without the day of the permit.
    """
    if course.start_on is None:
        unknown = case is not None and case.permit_granted_on is None
        return [_("startdato"), *([_("dagen tillatelsen ble gitt")] if unknown else [])]
    missing = []
    if course.planned_end_on is None:
        missing.append(_("planlagt slutt"))
    if not course.end_goal:
        missing.append(_("sluttmål"))
    return missing


def _missing_facts(caseload: Caseload, case: Case, course: Course) -> list[DueItem]:
    missing, case_id = missing_facts(course, case), case.pk
    if not missing:
        return []
    unit_id, user_id = caseload.main_contact(case_id)
    return [
        DueItem(
            code="programme.missing_facts",
            case_id=case_id,
            what=_("Mangler opplysninger: %(facts)s") % {"facts": ", ".join(missing)},
            why=_("Frister, plan og overføring regnes ut fra disse opplysningene, og de andre i teamet trenger dem."),
            due_on=None,
            unit_id=unit_id,
            user_id=user_id,
            action=_("Fyll ut"),
            url=reverse("programme:course", args=[case_id]),
        )
    ]


def _to_close(caseload: Caseload, case_id: UUID, course: Course, on: date) -> list[DueItem]:
    if course.ended_on is None or on < (due_on := add_months(course.ended_on, CLOSE_AFTER_MONTHS)):
        return []
    unit_id, user_id = caseload.main_contact(case_id)
    return [
        DueItem(
            code="programme.case_to_close",
            case_id=case_id,
            what=_("Avslutt saken, eller gjenåpne programmet"),
            why=_("Programmet sluttet %(day)s, men saken er fortsatt åpen.") % {"day": day(course.ended_on)},
            due_on=due_on,
            unit_id=unit_id,
            user_id=user_id,
            action=_("Avslutt saken"),
            url=reverse("programme:course", args=[case_id]) + "#end",
        )
    ]
