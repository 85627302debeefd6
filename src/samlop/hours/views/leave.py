"""The pages of a case about leave: an application, and the draft of its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.hours.applying import effect
from samlop.hours.commands import leave as commands
from samlop.hours.forms.attendance import PaperForm
from samlop.hours.forms.leave import AnswerForm, LeaveForm, WhyForm
from samlop.hours.queries import leave as queries
from samlop.law.dates import Period


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def ask(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Apply for leave. The first press shows what it means, the second sends."""
    case, account, end_on = queries.to_ask(request.viewer, case_id)
    form = LeaveForm(request.POST or None, reasons=account.reasons)
    shown = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        values = {name: typed[name] for name in ("code", "first", "last", "child_born", "words")}
        if "send" in request.POST:
            if perform(form, commands.ask_leave, case=case_id, by=request.viewer, **values):
                messages.success(request, _("Søknaden er sendt. Kommunen svarer med et vedtak."))
                return redirect("hours:leave", case_id, form.result.pk)
        elif typed["first"] <= typed["last"]:
            days = Period(typed["first"], typed["last"])
            shown = effect(account, typed["code"], days, end_on, child_born=typed["child_born"], asked_on=today())
        else:
            form.add_error("last", _("Siste dag kan ikke komme før første dag."))
    context = {"case": case, "form": form, "effect": shown, "own": request.viewer.is_participant}
    return render(request, "hours/ask_leave.html", context, status=422 if form.errors else 200)


@page(section=Section.HOURS)
def leave(request: ViewerRequest, case_id: UUID, leave_id: UUID) -> HttpResponse:
    return _show(request, case_id, leave_id)


def _show(request: ViewerRequest, case_id: UUID, leave_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    shown = queries.one_leave(request.viewer, case_id, leave_id)
    row = shown.leave
    last = min(row.last_day, shown.moved_on or row.last_day)
    start = {"granted": "yes", "first": row.first_day, "last": last, "paid": shown.effect.paid}
    forms = {"answer": AnswerForm(prefix="answer", initial=start), "withdraw": WhyForm(prefix="withdraw")} | bound
    context = {
        "shown": shown,
        "case": shown.case,
        "leave": row,
        "effect": shown.effect,
        "forms": forms,
        "bound": list(bound.values()),
    }
    return render(request, "hours/leave.html", context, status=status)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def answer(request: ViewerRequest, case_id: UUID, leave_id: UUID) -> HttpResponse:
    """Make the draft of the decision."""
    form = AnswerForm(request.POST, prefix="answer")
    values: dict[str, Any] = {}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("first", "last", "paid", "why")}
        values["granted"] = form.cleaned_data["granted"] == "yes"
    if perform(form, commands.propose_leave, case=case_id, leave_id=leave_id, by=request.viewer, **values):
        messages.success(request, _("Utkastet til vedtak er laget. Permisjonen gjelder når lederen har undertegnet."))
        return redirect("hours:leave", case_id, leave_id)
    return _show(request, case_id, leave_id, 422, answer=form)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, leave_id: UUID) -> HttpResponse:
    form = WhyForm(request.POST, prefix="withdraw")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.withdraw_leave, case=case_id, leave_id=leave_id, why=why, by=request.viewer):
        messages.success(request, _("Søknaden er trukket."))
        return redirect("hours:absences", case_id)
    return _show(request, case_id, leave_id, 422, withdraw=form)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def paper(request: ViewerRequest, case_id: UUID, leave_id: UUID) -> HttpResponse:
    form = PaperForm(request.POST)
    if perform(form, commands.note_leave_paper, case=case_id, leave_id=leave_id, by=request.viewer):
        messages.success(request, _("Lagret."))
        return redirect("hours:leave", case_id, leave_id)
    return _show(request, case_id, leave_id, 422, paper=form)
