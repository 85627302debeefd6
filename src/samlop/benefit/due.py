"""What is due about the benefit: the run on the payment day, questions, and what waits for two people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.benefit.calendar import last_over, pay_on, payment_days
from samlop.benefit.models import BenefitRun, Correction, Draft, Instalment
from samlop.benefit.presenters import kroner, month
from samlop.benefit.standing import open_cases
from samlop.benefit.vocabulary import CorrectionState, PlanState, RunStatus
from samlop.cases.caseload import Caseload
from samlop.cases.models import Case
from samlop.cooperation.models import Task
from samlop.cooperation.queries import owners_of
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Permission
from samlop.core.templatetags.samlop import day
from samlop.law.acts import ActId
from samlop.law.decisions import act_for
from samlop.programme.dues.after_move import told_of_move

OF_BENEFIT: dict[ActId, str] = {
    "integreringsloven": "integreringsloven §§ 20–25",
    "introduksjonsloven": "introduksjonsloven §§ 8–14",
}
"""Where each act tells of the benefit, from the rate to what is claimed back."""
EARLY_DAYS = 10
"""So long before the payment day the run turns up, where it has not been approved."""


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """What waits about the benefit of each participant. A fixed number of queries."""
    if not caseload.cases:
        return []
    return [*_questions(caseload), *_corrections(caseload), *_instalments(caseload, on)]


def after_move(caseload: Caseload, on: date) -> list[DueItem]:
    """What waits about what was paid to participants who have moved."""
    return [told_of_move(caseload, item) for item in due_items(caseload, on)]


def waiting(cases: Collection[UUID]) -> set[UUID]:
    """Of moved cases, those with a difference or a plan of instalments that two people have not confirmed."""
    return {*(row.case_id for row in _waiting(cases)), *_proposed(cases)}


@prepared
def _proposed(cases: Collection[UUID]) -> QuerySet[Instalment, UUID]:
    rows = Instalment.objects.filter(plan__state=PlanState.PROPOSED, case_id__among=cases)
    return rows.values_list("case_id", flat=True)


@prepared
def _runs(municipality: UUID) -> QuerySet[BenefitRun]:
    """The newest runs of a municipality: the month that is over is among them, if it has one."""
    return BenefitRun.objects.filter(municipality_id=municipality).order_by("-month")[:3]


def _owner(caseload: Caseload, municipality_id: UUID, otherwise: UUID | None) -> UUID | None:
    """The unit that answers for the benefit, asked for once and only where it is needed."""
    return caseload.once("benefit.owners", _owners).get(municipality_id, otherwise)


def _owners(caseload: Caseload) -> dict[UUID, UUID]:
    return owners_of({case.municipality_id for case in caseload.cases.values()}, Task.BENEFIT)


def runs(caseload: Caseload, on: date) -> list[DueItem]:
    """One line for each municipality whose last month is not approved; it hangs on the first of its cases."""
    viewer = caseload.viewer
    if viewer is None or not viewer.may(Permission.PREPARE_BENEFIT) or viewer.municipality_id is None:
        return []
    key = viewer.municipality_id
    case = next((case for case in caseload.cases.values() if case.municipality_id == key), None)
    wanted = last_over(on)
    due_on = pay_on(wanted, payment_days([key])[key])
    if case is None or (due_on - on).days > EARLY_DAYS:
        return []
    made = _runs(key)
    if not made:
        return []  # the municipality does not pay through Samløp yet
    run = next((one for one in made if one.month == wanted.first), None)
    if run is not None and run.status == RunStatus.APPROVED:
        return []
    is_ready = run is not None and run.status == RunStatus.READY
    if is_ready and not viewer.may(Permission.APPROVE_BENEFIT):
        return []
    unit = _owner(caseload, key, case.owner_unit_id)
    values = {"month": month(str(wanted))}
    return [
        DueItem(
            code="benefit.run",
            case_id=case.pk,
            what=(_("Godkjenn stønaden for %(month)s") if is_ready else _("Regn ut stønaden for %(month)s")) % values,
            why=_("Stønaden betales etterskuddsvis, hos dere den %(day)s (integreringsloven § 24).")
            % {"day": day(due_on)},
            due_on=due_on,
            unit_id=unit,
            user_id=None,
            action=_("Gå til kjøringen"),
            url=reverse("benefit:run", args=[str(wanted)]),
            of_municipality=True,
        )
    ]


@prepared
def _asking(cases: Collection[UUID]) -> QuerySet[Draft]:
    """Drafts of runs that are worked out, with questions."""
    rows = Draft.objects.filter(case_id__among=cases, run__status=RunStatus.READY)
    return rows.exclude(asks=[]).select_related("run")


@prepared
def _waiting(cases: Collection[UUID]) -> QuerySet[Correction]:
    states = [CorrectionState.FOUND, CorrectionState.PROPOSED]
    return Correction.objects.filter(case_id__among=cases, state__in=states)


@prepared
def _open_instalments(cases: Collection[UUID], month: date) -> QuerySet[Instalment]:
    """Instalments of plans that are proposed, and those before ``month`` that were not taken."""
    proposed, running = Q(plan__state=PlanState.PROPOSED), Q(plan__state=PlanState.CONFIRMED)
    rows = Instalment.objects.filter(proposed | running & Q(month__lt=month), statement__isnull=True)
    return rows.filter(case_id__among=cases).select_related("plan__correction").order_by("number")


def _questions(caseload: Caseload) -> list[DueItem]:
    by_run: dict[UUID, list[Draft]] = defaultdict(list)
    runs: dict[UUID, BenefitRun] = {}
    for draft in _asking(caseload.ids):
        by_run[draft.run_id].append(draft)
        runs[draft.run_id] = draft.run
    items = []
    for key, rows in by_run.items():
        # Missing rolls are told to those who take them (``hours``), not for each participant of the group.
        for case_id, number in open_cases(runs[key], rows, besides="missing_rolls").items():
            unit_id, user_id = caseload.main_contact(case_id)
            items.append(
                DueItem(
                    code="benefit.question",
                    case_id=case_id,
                    what=_("Avklar %(count)s spørsmål før stønaden for %(month)s kan betales")
                    % {"count": number, "month": month(f"{runs[key].month:%Y-%m}")},
                    why=_("Stønaden betales etter ført oppmøte og riktige opplysninger (integreringsloven § 24)."),
                    due_on=runs[key].pay_on,
                    unit_id=unit_id,
                    user_id=user_id,
                    action=_("Se spørsmålene"),
                    url=reverse("benefit:case", args=[case_id]),
                )
            )
    return items


def _corrections(caseload: Caseload) -> list[DueItem]:
    items = []
    for row in _waiting(caseload.ids):
        unit_id, user_id = caseload.main_contact(row.case_id)
        if row.state == CorrectionState.PROPOSED:
            unit_id, user_id = _owner(caseload, row.municipality_id, unit_id), None
        items.append(
            DueItem(
                code="benefit.difference",
                case_id=row.case_id,
                what=_("Se på avviket i stønaden for %(month)s: %(amount)s")
                % {"month": month(f"{row.month:%Y-%m}"), "amount": kroner(row.difference_ore)},
                why=_("Måneden er betalt, og opplysningene eller reglene er endret siden. To må bekrefte (%(rules)s).")
                % {"rules": _paragraphs(caseload.cases[row.case_id])},
                due_on=None,
                unit_id=unit_id,
                user_id=user_id,
                action=_("Se avvikene"),
                url=reverse("benefit:differences"),
            )
        )
    return items


def _paragraphs(case: Case) -> str:
    """Where the act of a case tells of the benefit."""
    return OF_BENEFIT[act_for(case.permit_granted_on, case.arrived_on)]


def _instalments(caseload: Caseload, on: date) -> list[DueItem]:
    """Plans that wait for the second person, and those whose instalment there was no room for."""
    items = {}
    for row in _open_instalments(caseload.ids, last_over(on).first):
        if row.plan_id in items:
            continue
        unit_id, user_id = caseload.main_contact(row.case_id)
        values = {"month": month(f"{row.plan.correction.month:%Y-%m}"), "amount": kroner(row.plan.ore)}
        waits = row.plan.state == PlanState.PROPOSED
        if waits:
            unit_id, user_id = _owner(caseload, row.municipality_id, unit_id), None
        items[row.plan_id] = DueItem(
            code="benefit.instalments" if waits else "benefit.instalment_late",
            case_id=row.case_id,
            what=(
                _("Bekreft avdragene for %(month)s: %(amount)s")
                if waits
                else _("Avdraget for %(month)s er ikke trukket. Lag en ny plan, eller gjør opp resten.")
            )
            % values,
            why=_("Det som er betalt for mye, kan trekkes i senere stønad. To må bekrefte (integreringsloven § 25)."),
            due_on=None,
            unit_id=unit_id,
            user_id=user_id,
            action=_("Se planen"),
            url=reverse("benefit:case", args=[row.case_id]) + "#avvik",
        )
    return list(items.values())
