"""Paying back in instalments, from the participant's benefit page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samlop.benefit.commands import instalments as commands
from samlop.benefit.forms.instalments import InstalmentsForm, StopForm
from samlop.benefit.views.case import HERE, plan_prefix, show_page
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Section


@page(section=Section.ECONOMY, methods=("POST",))
def propose(request: ViewerRequest, case_id: UUID, correction_id: UUID) -> HttpResponse:
    """The first of two: this is how it is to be paid back."""
    form = InstalmentsForm(request.POST, prefix=plan_prefix(correction_id))
    if form.is_valid() and perform(
        form,
        commands.propose_instalments,
        by=request.viewer,
        case=case_id,
        correction=correction_id,
        terms=form.terms(),
    ):
        messages.success(request, _("Planen er lagret. En annen må bekrefte den."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, instalments=form)


@page(section=Section.ECONOMY, methods=("POST",))
def confirm(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """The second of two: it is taken from the first month on."""
    form = HouseForm(request.POST)
    if perform(form, commands.confirm_instalments, by=request.viewer, case=case_id, plan=plan_id):
        messages.success(request, _("Planen er bekreftet. Avdragene blir egne linjer i kjøringene."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, confirm=form)


@page(section=Section.ECONOMY, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Take back a plan that nobody has confirmed."""
    form = HouseForm(request.POST)
    if perform(form, commands.withdraw_instalments, by=request.viewer, case=case_id, plan=plan_id):
        messages.success(request, _("Forslaget er trukket tilbake."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, withdraw_plan=form)


@page(section=Section.ECONOMY, methods=("POST",))
def stop(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Take no more of a plan."""
    form = StopForm(request.POST, prefix="stop")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.stop_instalments, by=request.viewer, case=case_id, plan=plan_id, why=why):
        messages.success(request, _("Planen er stoppet. Det som er trukket, står."))
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, stop=form)
