"""Complaints on a decision, step by step, on the page of the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.programme import commands
from samlop.programme.decision_forms import ComplaintForm, DayForm, LateForm, OutcomeForm, ReconsiderForm
from samlop.programme.views.decisions import show


def _step(
    request: ViewerRequest, case_id: UUID, decision_id: UUID, act: Any, form: HouseForm, complaint: UUID | None = None
) -> HttpResponse:
    """One step of a complaint: what was typed goes to the command, a refusal to the form on the decision's page."""
    given = {name: value for name, value in form.cleaned_data.items() if name != "once"} if form.is_valid() else {}
    given |= {"complaint": complaint} if complaint else {"decision": decision_id}
    if not perform(form, act, case=case_id, by=request.viewer, **given):
        return show(request, case_id, decision_id, 422, **{str(form.prefix): form})
    messages.success(request, _("Notert.") if complaint else _("Klagen er registrert."))
    return redirect("programme:decision", case_id, decision_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_new(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = ComplaintForm(request.POST, prefix="complaint")
    return _step(request, case_id, decision_id, commands.register_complaint, form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_late(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = LateForm(request.POST, prefix="late")
    return _step(request, case_id, decision_id, commands.accept_late, form, complaint_id)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def complaint_reconsider(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = ReconsiderForm(request.POST, prefix="reconsider")
    return _step(request, case_id, decision_id, commands.reconsider, form, complaint_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_forward(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = DayForm(request.POST, prefix="forward")
    return _step(request, case_id, decision_id, commands.forward, form, complaint_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_outcome(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = OutcomeForm(request.POST, prefix="outcome")
    return _step(request, case_id, decision_id, commands.note_outcome, form, complaint_id)
