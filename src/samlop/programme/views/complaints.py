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


def _values(form: HouseForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "once"} if form.is_valid() else {}


def _done(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    messages.success(request, _("Notert."))
    return redirect("programme:decision", case_id, decision_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_new(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = ComplaintForm(request.POST, prefix="complaint")
    given = {"decision": decision_id, **_values(form)}
    if perform(form, commands.register_complaint, case=case_id, by=request.viewer, **given):
        messages.success(request, _("Klagen er registrert."))
        return redirect("programme:decision", case_id, decision_id)
    return show(request, case_id, decision_id, 422, complaint=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_late(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = LateForm(request.POST, prefix="late")
    given = {"complaint": complaint_id, **_values(form)}
    if perform(form, commands.accept_late, case=case_id, by=request.viewer, **given):
        return _done(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, late=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def complaint_reconsider(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = ReconsiderForm(request.POST, prefix="reconsider")
    given = {"complaint": complaint_id, **_values(form)}
    if perform(form, commands.reconsider, case=case_id, by=request.viewer, **given):
        return _done(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, reconsider=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_forward(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = DayForm(request.POST, prefix="forward")
    given = {"complaint": complaint_id, **_values(form)}
    if perform(form, commands.forward, case=case_id, by=request.viewer, **given):
        return _done(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, forward=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def complaint_outcome(request: ViewerRequest, case_id: UUID, decision_id: UUID, complaint_id: UUID) -> HttpResponse:
    form = OutcomeForm(request.POST, prefix="outcome")
    given = {"complaint": complaint_id, **_values(form)}
    if perform(form, commands.note_outcome, case=case_id, by=request.viewer, **given):
        return _done(request, case_id, decision_id)
    return show(request, case_id, decision_id, 422, outcome=form)
