"""Writing into the plan, and sorting out what contradicts what."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samlop.core.errors import not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.plan import commands, queries
from samlop.plan.forms import ContradictionForm, ContributionForm, SettleForm
from samlop.plan.models import Contribution
from samlop.plan.presenters import quote
from samlop.plan.views.common import Editing, back_to, both_texts, edit, for_editor, press, saved

GET_POST = ("GET", "POST")


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def write(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """A new contribution: shared at once, or kept as a draft (button ``draft``)."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    form = ContributionForm(
        request.POST or None,
        initial={"about": request.GET.get("om", "")},
        goals=queries.partial_goals(request.viewer, plan),
        steps=queries.steps(request.viewer, plan),
    )
    if request.method == "POST" and form.is_valid():
        keep = "draft" in request.POST
        act = commands.save_draft if keep else commands.write_contribution
        if perform(form, act, by=request.viewer, case=case, **form.details()):
            return saved(request, case_id, _kept() if keep else _shared(), "bidrag")
    context = {"case": case, "form": form, "draft": None, "back": back_to(case_id, "bidrag")}
    return render(request, "plan/write.html", context, status=422 if form.errors else 200)


def _kept() -> str:
    return _("Utkastet er lagret. Bare du ser det til du deler det.")


def _shared() -> str:
    return _("Bidraget er delt. Alle som ser planen, ser det nå.")


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def draft(request: ViewerRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    """One's own draft: go on writing, or share it."""
    case, row = queries.contribution_to_edit(request.viewer, case_id, draft_id)
    plan = queries.plan_to_edit(request.viewer, case_id)[1]
    about = f"step:{row.step_id}" if row.step_id else f"goal:{row.partial_goal_id}" if row.partial_goal_id else ""
    now = {"text": row.text, "about": about, "revision": row.revision}
    form = ContributionForm(
        request.POST or None,
        initial=now,
        goals=queries.partial_goals(request.viewer, plan),
        steps=queries.steps(request.viewer, plan),
    )
    both = None
    if request.method == "POST" and form.is_valid():
        keep = "draft" in request.POST
        act = commands.save_draft if keep else commands.write_contribution
        details = form.details() | {"draft": row.pk, "revision": form.cleaned_data["revision"]}
        if perform(form, act, by=request.viewer, case=case, **details):
            return saved(request, case_id, _kept() if keep else _shared(), "bidrag")
        if form.changed_meanwhile:
            editing = Editing(case=case, title="", act=act, saved="", now=now)
            both = both_texts(request, form, editing)
            form.see(row.revision)
    context = {"case": case, "form": form, "draft": row, "both": both, "back": back_to(case_id, "bidrag")}
    return render(request, "plan/write.html", context, status=409 if both else 422 if form.errors else 200)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def discard(request: ViewerRequest, case_id: UUID, draft_id: UUID) -> HttpResponse:
    return press(request, case_id, commands.discard_draft, _("Utkastet er slettet."), "bidrag", draft=draft_id)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, contribution_id: UUID) -> HttpResponse:
    text = _("Bidraget er trukket. Det står ikke lenger i planen.")
    return press(request, case_id, commands.withdraw_contribution, text, "bidrag", contribution=contribution_id)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def mark(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Mark contributions that say different things."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    rows = queries.contributions(request.viewer, plan)
    form = ContradictionForm(
        request.POST or None,
        contributions=[(str(row.pk), contribution_label(row)) for row in rows],
        initial={"contributions": request.GET.getlist("bidrag")},
    )
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Merk motstrid"),
            intro=_("Velg bidragene som ikke går sammen. Motstriden står åpen i planen til du har avklart den."),
            act=commands.mark_contradiction,
            saved=_("Motstriden er merket."),
            back="motstrid",
        ),
    )


def contribution_label(row: Contribution) -> str:
    """«NAV Elvestad, Nora Nilsen 5.3.2026: «…»»"""
    where = f"{row.unit.name}, {row.author_name}" if row.unit else row.author_name
    return f"{where} {day(row.written_at)}: «{quote(row.text)}»"


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=GET_POST)
def settle(request: ViewerRequest, case_id: UUID, contradiction_id: UUID) -> HttpResponse:
    """Settle a contradiction with what holds and why."""
    case, plan = queries.plan_to_edit(request.viewer, case_id)
    for_editor(request, case)
    row = queries.contradiction(request.viewer, plan, contradiction_id)
    if row is None:
        raise not_found()
    form = SettleForm(request.POST or None)
    return edit(
        request,
        form,
        Editing(
            case=case,
            title=_("Avklar motstrid"),
            intro=row.text,
            contributions=list(row.contributions.all()),
            act=commands.settle_contradiction,
            arguments={"contradiction": row.pk},
            saved=_("Motstriden er avklart."),
            submit=_("Lagre avklaringen"),
            back="motstrid",
        ),
    )
