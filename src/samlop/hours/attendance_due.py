"""What is due about attendance and leave: reasons, papers, applications, reviews.

That Norwegian is offered in a long parental leave is the programme's (``programme.dues.under_way``): said once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.after_move import settles_up
from samlop.cases.caseload import Caseload
from samlop.cooperation.models import Task
from samlop.cooperation.queries import owners_of
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.templatetags.samlop import day as written
from samlop.core.time import OSLO
from samlop.hours.account import DOCTOR, label_of
from samlop.hours.cutoff import cutoff_of, rules_of
from samlop.hours.leaves import covers, leaves_of
from samlop.hours.models import Absence, AttendanceRules, Leave, SelfCertificateLoss
from samlop.law.absence import reasons
from samlop.law.dates import Month
from samlop.programme.dues.after_move import told_of_move

ANSWER_DAYS = 14
"""An application is answered without undue delay (forvaltningsloven § 11 a); two weeks, or before the leave begins."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """The due items of attendance and leave. Thirteen queries however many cases."""
    municipalities = {case.municipality_id for case in caseload.cases.values()}
    rules = rules_of(municipalities)
    owners = owners_of(municipalities, Task.ATTENDANCE)
    items = list(_absences(caseload, on, rules, owners))
    items += _applications(caseload)
    items += _reviews(caseload)
    return items


def after_move(caseload: Caseload, on: date) -> list[DueItem]:
    """Absence and leave of moved cases whose old municipality still settles up: what its last payments rest on."""
    settling = caseload.part([key for key, case in caseload.cases.items() if settles_up(case)])
    if not settling.cases:
        return []
    towns = {case.municipality_id for case in settling.cases.values()}
    items = [*_absences(settling, on, rules_of(towns), owners_of(towns, Task.ATTENDANCE)), *_applications(settling)]
    return [told_of_move(settling, item) for item in items]


@prepared
def _unclear(cases: Collection[UUID], on: date) -> QuerySet[Absence]:
    """Absence without a reason, or without the paper it needs."""
    open_ones = Q(code="") | Q(code=DOCTOR, documented=False)
    rows = Absence.objects.filter(open_ones, case_id__among=cases, withdrawn_at__isnull=True, first_day__lte=on)
    return rows.order_by("first_day", "pk")


@prepared
def _asked_for(cases: Collection[UUID]) -> QuerySet[Leave]:
    rows = Leave.objects.filter(case_id__among=cases, withdrawn_at__isnull=True, decision__isnull=True)
    return rows.order_by("first_day", "pk")


@prepared
def _losses(cases: Collection[UUID]) -> QuerySet[SelfCertificateLoss]:
    return SelfCertificateLoss.objects.filter(case_id__among=cases, ended_on__isnull=True)


def _absences(
    caseload: Caseload, on: date, rules: dict[UUID, AttendanceRules], owners: dict[UUID, UUID]
) -> Iterable[DueItem]:
    leaves = leaves_of(caseload)
    items = []
    for row in _unclear(caseload.ids, on):
        ours = rules[caseload.cases[row.case_id].municipality_id]
        if covers(leaves.get(row.case_id, ()), row.first_day, row.last_day):
            continue
        unit_id, user_id = caseload.holder(row.case_id, unit_id=owners.get(row.municipality_id))
        items.append(_absence(row, ours, unit_id, user_id))
    return items


def _absence(row: Absence, rules: AttendanceRules, unit_id: UUID | None, user_id: UUID | None) -> DueItem:
    """By the municipality's number of days, or the cut-off before the payment where that comes first."""
    cutoff = cutoff_of(rules, Month(row.first_day.year, row.first_day.month))
    due_on = min(row.first_day + timedelta(days=rules.reason_days), max(cutoff, row.first_day))
    values = {"day": written(row.first_day), "days": rules.reason_days, "cutoff": written(cutoff)}
    if row.code == DOCTOR:
        what = _("Legeerklæring for fraværet fra %(day)s er ikke vist")
        why = _("Fra fjerde dag må egen sykdom vises med legeerklæring (integreringsforskriften §§ 5 og 8).")
    else:
        what = _("Avklar grunnen til fraværet fra %(day)s")
        why = _(
            "Fravær uten gyldig grunn gir trekk (integreringsloven § 21). Kommunens frist er %(days)s dager, og "
            "måneden må være klar %(cutoff)s."
        )
    return DueItem(
        code="hours.paper_missing" if row.code == DOCTOR else "hours.reason_missing",
        case_id=row.case_id,
        what=what % values,
        why=why % values,
        due_on=due_on,
        unit_id=unit_id,
        user_id=user_id,
        action=_("Avklar"),
        url=reverse("hours:absence", args=[row.case_id, row.pk]),
    )


def _applications(caseload: Caseload) -> list[DueItem]:
    items = []
    for row in _asked_for(caseload.ids):
        asked = row.asked_at.astimezone(OSLO).date()
        unit_id, user_id = caseload.main_contact(row.case_id)
        values = {"reason": label_of(row.code), "day": written(row.first_day), "asked": written(asked)}
        items.append(
            DueItem(
                code="hours.leave_to_answer",
                case_id=row.case_id,
                what=_("Svar på søknaden om permisjon: %(reason)s fra %(day)s") % values,
                why=_("Søkt %(asked)s. Svaret er et vedtak (integreringsloven § 46, %(reference)s).")
                % (values | {"reference": reasons()[row.code].reference}),
                due_on=max(asked, min(asked + timedelta(days=ANSWER_DAYS), row.first_day)),
                unit_id=unit_id,
                user_id=user_id,
                action=_("Lag utkast til vedtak"),
                url=reverse("hours:leave", args=[row.case_id, row.pk]),
            )
        )
    return items


def _reviews(caseload: Caseload) -> list[DueItem]:
    items = []
    for row in _losses(caseload.ids):
        unit_id, user_id = caseload.main_contact(row.case_id)
        items.append(
            DueItem(
                code="hours.self_certificate_review",
                case_id=row.case_id,
                what=_("Vurder retten til egenmelding på nytt"),
                why=_(
                    "Tatt bort fra %(day)s, og skal vurderes på nytt innen seks måneder (integreringsforskriften § 9)."
                )
                % {"day": written(row.valid_from)},
                due_on=row.review_by,
                unit_id=unit_id,
                user_id=user_id,
                action=_("Vurder"),
                url=reverse("hours:absences", args=[row.case_id]),
            )
        )
    return items
