"""What is due about the plan: the first plan, its review, contradictions, steps that have ended, drafts not shared.

To call the next plan talk in good time is the room ``meetings``'; here the review shows when its day has come, and
leads to calling the talk. Where one is called already, ``overview.due_sources`` leaves the line out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cases.caseload import Caseload
from samlop.cases.models import Case
from samlop.cooperation.models import PlanFrom, TalkKind
from samlop.cooperation.queries import Settings, arrangements_of
from samlop.core.due import DueItem
from samlop.core.prepared import prepared
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.plan.deadlines import PlanStatus, plan_deadline, review_due_on
from samlop.plan.models import Contradiction, ContributionDraft, PlanVersion, Step
from samlop.plan.naming import PLAN_PARAGRAPHS, act_of, plan_name
from samlop.plan.presenters import quote
from samlop.plan.vocabulary import UNFINISHED


def due_items(caseload: Caseload, on: date) -> list[DueItem]:
    """The due items of the room. Six queries however many cases."""
    if not caseload.cases:
        return []
    settings = arrangements_of(case.municipality_id for case in caseload.cases.values())
    return [
        *_plans(caseload, settings, on),
        *_contradictions(caseload),
        *_steps(caseload, on),
        *_drafts(caseload),
    ]


def _seen(caseload: Caseload) -> list[UUID]:
    """The cases whose plan the load's viewer may see."""
    return [key for key in caseload.ids if caseload.sees(key, Section.PLAN)]


def _item(
    caseload: Caseload, case_id: UUID, code: str, what: str, why: str, due_on: date | None, action: str, **other: Any
) -> DueItem:
    """A line for the plan editor, leading to the plan, unless ``other`` says who answers and where to."""
    unit_id, user_id = caseload.editor(case_id)
    given = {"unit_id": unit_id, "user_id": user_id, "url": reverse("plan:plan", args=[case_id])} | other
    return DueItem(code=code, case_id=case_id, what=what, why=why, due_on=due_on, action=action, **given)


@dataclass(frozen=True)
class _Facts:
    """What decides when the plan of one case is due."""

    last_talk_on: date | None
    changed_on: date | None
    changed_why: str | None
    ended_on: date | None
    mapping_done_on: date | None
    start_on: date | None


@prepared
def _facts(cases: Collection[UUID]) -> QuerySet[Case, Any]:
    """The key of each case and its ``_Facts``, in their order."""
    talks = PlanVersion.objects.filter(case=OuterRef("pk")).order_by("-number").values("talk_on")[:1]
    rows = Case.objects.filter(pk__among=cases).annotate(
        last_talk_on=Subquery(talks), current=FilteredRelation("plans", condition=Q(plans__is_current=True))
    )
    columns = ("current__material_change_on", "current__material_change_why", "course__ended_on")
    return rows.values_list("pk", "last_talk_on", *columns, "course__mapping_done_on", "course__start_on")


@prepared
def _open_contradictions(cases: Collection[UUID]) -> QuerySet[Contradiction]:
    return Contradiction.objects.filter(case_id__among=cases, settled_at__isnull=True).select_related("marked_by")


@prepared
def _unfinished(cases: Collection[UUID]) -> QuerySet[Step]:
    """Steps of the current plans that are not finished."""
    rows = Step.objects.filter(removed_at__isnull=True, plan__is_current=True, status__in=UNFINISHED)
    return rows.filter(case_id__among=cases)


@prepared
def _own_drafts(cases: Collection[UUID], author: UUID) -> QuerySet[ContributionDraft]:
    return ContributionDraft.objects.filter(case_id__among=cases, author_id=author)


def _plans(caseload: Caseload, settings: dict[UUID, Settings], on: date) -> Iterable[DueItem]:
    for case_id, *known in _facts(caseload.ids):
        facts = _Facts(*known)
        if facts.ended_on is not None:
            continue
        case = caseload.cases[case_id]
        ours = settings[case.municipality_id]
        if facts.changed_on is not None:
            yield _material_change(caseload, case_id, facts.changed_on, facts.changed_why or "")
        elif facts.last_talk_on is not None:
            yield from _review(caseload, case_id, facts.last_talk_on, ours, on)
        if facts.last_talk_on is None:
            yield from _first_plan(caseload, case, ours, facts, on)


def _material_change(caseload: Caseload, case_id: UUID, changed_on: date, why: str) -> DueItem:
    return _item(
        caseload,
        case_id,
        "plan.material_change",
        _("Gjennomgå planen: vesentlig endring"),
        _("Merket %(day)s: «%(why)s»") % {"day": day(changed_on), "why": quote(why)},
        changed_on,
        _("Kall inn til plansamtale"),
        url=_call_a_talk(case_id),
    )


def _call_a_talk(case_id: UUID) -> str:
    """Where a plan talk is called: a page of a room above, known here by its name only."""
    return reverse("meetings:new", args=[case_id, TalkKind.PLAN_TALK.value])


def _review(caseload: Caseload, case_id: UUID, last: date, ours: Settings, on: date) -> Iterable[DueItem]:
    due_on = review_due_on(last, None, ours.plan_review_months)
    if due_on is None or on < due_on:
        return
    yield _item(
        caseload,
        case_id,
        "plan.review_due",
        _("Gjennomgå planen med deltakeren"),
        _("Forrige plansamtale var %(last)s. Planen skal gjennomgås hver %(months)s. måned (kommunens oppsett).")
        % {"last": day(last), "months": ours.plan_review_months},
        due_on,
        _("Kall inn til plansamtale"),
        url=_call_a_talk(case_id),
    )


def _first_plan(caseload: Caseload, case: Case, ours: Settings, facts: _Facts, on: date) -> Iterable[DueItem]:
    counts_from = ours.first_plan_from(case.settled_on, facts.start_on)
    deadline = plan_deadline(on, counts_from, None, ours.plan_deadline_months)
    if deadline.status not in (PlanStatus.DUE_SOON, PlanStatus.OVERDUE):
        return
    name = plan_name(case.permit_granted_on, case.arrived_on)
    paragraph = PLAN_PARAGRAPHS[act_of(case.permit_granted_on, case.arrived_on)]
    mapped = facts.mapping_done_on is not None
    what = _("Gjør %(plan)s ferdig") if mapped else _("Fullfør kartlegging og %(plan)s")
    yield _item(
        caseload,
        case.pk,
        "plan.missing",
        what % {"plan": name},
        _why_first_plan(ours, day(counts_from), str(paragraph)),
        deadline.due_on,
        _("Skriv planen"),
    )


def _why_first_plan(ours: Settings, counts_from: str, paragraph: str) -> str:
    values = {"months": ours.plan_deadline_months, "paragraph": paragraph}
    if ours.plan_deadline_from == PlanFrom.START:
        return _(
            "Programmet startet %(started)s. Kartlegging og plan skal være ferdig innen %(months)s måneder (kommunens "
            "oppsett). Planen bygger på kartleggingen (%(paragraph)s)."
        ) % {**values, "started": counts_from}
    return _(
        "Bosatt %(settled)s. Kartlegging og plan skal være ferdig innen %(months)s måneder (kommunens oppsett). "
        "Planen bygger på kartleggingen (%(paragraph)s)."
    ) % {**values, "settled": counts_from}


def _contradictions(caseload: Caseload) -> Iterable[DueItem]:
    for row in _open_contradictions(_seen(caseload)):
        yield _item(
            caseload,
            row.case_id,
            "plan.contradiction",
            _("Avklar motstridende bidrag: %(text)s") % {"text": quote(row.text)},
            _("Merket av %(who)s %(day)s.") % {"who": row.marked_by, "day": day(row.marked_at)},
            None,
            _("Avklar"),
            asks=Right.MANAGE,
            url=reverse("plan:settle_contradiction", args=[row.case_id, row.pk]),
        )


def _steps(caseload: Caseload, on: date) -> Iterable[DueItem]:
    """Steps that have ended without a word of how it went, and those nobody answers for."""
    for step in _unfinished(_seen(caseload)):
        if step.end_on is not None and step.end_on < on:
            yield _ended(caseload, step)
        elif step.unit_id is None and not step.by_participant:
            yield _item(
                caseload,
                step.case_id,
                "plan.step_unowned",
                _("Finn ut hvem som har ansvaret for «%(title)s»") % {"title": step.title},
                _("Tiltaket står i planen uten ansvarlig enhet."),
                None,
                _("Velg ansvarlig"),
                asks=Right.MANAGE,
                url=reverse("plan:step", args=[step.case_id, step.pk]),
            )


def _ended(caseload: Caseload, step: Step) -> DueItem:
    given: dict[str, Any] = {"url": reverse("plan:report_step", args=[step.case_id, step.pk]), "asks": Right.MANAGE}
    if step.unit_id is not None:
        unit_id, user_id = caseload.answering(step.case_id, step.unit_id, step.user_id)
        given |= {"unit_id": unit_id, "user_id": user_id, "by_unit": True}
    return _item(
        caseload,
        step.case_id,
        "plan.step_ended",
        _("Skriv hvordan «%(title)s» gikk") % {"title": step.title},
        _("Tiltaket skulle vare til %(day)s i planen.") % {"day": day(step.end_on)},
        step.end_on,
        _("Meld status"),
        **given,
    )


def _drafts(caseload: Caseload) -> Iterable[DueItem]:
    """The viewer's own drafts; nobody else learns that there is one."""
    viewer = caseload.viewer
    if viewer is None or viewer.user_id is None:
        return
    for row in _own_drafts(_seen(caseload), viewer.user_id):
        yield _item(
            caseload,
            row.case_id,
            "plan.draft",
            _("Del eller slett utkastet ditt til planen: «%(text)s»") % {"text": quote(row.text)[:120]},
            _("Lagret %(day)s. Bare du ser det.") % {"day": day(row.saved_at)},
            None,
            _("Se utkastet"),
            unit_id=viewer.unit_id,
            user_id=viewer.user_id,
            url=reverse("plan:draft", args=[row.case_id, row.pk]),
        )
