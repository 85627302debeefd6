"""One action: done, changed, dropped with a reason, or opened again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.meetings import commands, queries
from samlop.meetings.forms import ActionForm, Confirm, DropForm
from samlop.meetings.responsible import responsible_key


def _show(request: ViewerRequest, case_id: UUID, action_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    shown = queries.action_page(request.viewer, case_id, action_id)
    action = shown.action
    initial = {"text": action.text, "responsible": responsible_key(action), "due_on": action.due_on}
    forms = {
        "change": ActionForm(prefix="change", people=shown.responsible, initial=initial),
        "drop": DropForm(prefix="drop"),
    }
    context = {
        "shown": shown,
        "case": shown.case,
        "action": action,
        "forms": forms | bound,
        "bound": list(bound.values()),
    }
    return render(request, "meetings/action.html", context, status=status)


@page(section=Section.PLAN, methods=("GET",))
def action(request: ViewerRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    return _show(request, case_id, action_id)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def change(request: ViewerRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    people = queries.action_page(request.viewer, case_id, action_id).responsible
    form = ActionForm(request.POST, prefix="change", people=people)
    values: dict[str, Any] = {}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("text", "responsible", "due_on")}
    if perform(form, commands.change_action, case=case_id, action_id=action_id, by=request.viewer, **values):
        messages.success(request, _("Oppgaven er endret."))
        return redirect("meetings:meeting", case_id, form.result.meeting_id)
    return _show(request, case_id, action_id, 422, change=form)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def finish(request: ViewerRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, commands.finish_action, case=case_id, action_id=action_id, by=request.viewer):
        messages.success(request, _("Fint! Oppgaven er gjort."))
        return redirect("meetings:list", case_id)
    return _show(request, case_id, action_id, 422, finish=form)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def drop(request: ViewerRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    form = DropForm(request.POST, prefix="drop")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.drop_action, case=case_id, action_id=action_id, why=why, by=request.viewer):
        messages.success(request, _("Oppgaven er droppet."))
        return redirect("meetings:list", case_id)
    return _show(request, case_id, action_id, 422, drop=form)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("POST",))
def reopen(request: ViewerRequest, case_id: UUID, action_id: UUID) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, commands.reopen_action, case=case_id, action_id=action_id, by=request.viewer):
        messages.success(request, _("Oppgaven er åpen igjen."))
        return redirect("meetings:action", case_id, action_id)
    return _show(request, case_id, action_id, 422, reopen=form)
