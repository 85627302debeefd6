"""Paying back in instalments, from the participant's benefit page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
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


def _carried_out(
    request: ViewerRequest, case_id: UUID, name: str, form: HouseForm, act: Callable[..., Any], said: str, **given: Any
) -> HttpResponse:
    """Do it and say so on the participant's page; what was refused is shown there as it was typed, under ``name``."""
    if perform(form, act, by=request.viewer, case=case_id, **given):
        messages.success(request, said)
        return redirect(HERE, case_id)
    return show_page(request, case_id, 422, **{name: form})


@page(section=Section.ECONOMY, methods=("POST",))
def propose(request: ViewerRequest, case_id: UUID, correction_id: UUID) -> HttpResponse:
    """The first of two: this is how it is to be paid back."""
    form = InstalmentsForm(request.POST, prefix=plan_prefix(correction_id))
    given = {"correction": correction_id, "terms": form.terms() if form.is_valid() else None}
    said = _("Planen er lagret. En annen må bekrefte den.")
    return _carried_out(request, case_id, "instalments", form, commands.propose_instalments, said, **given)


@page(section=Section.ECONOMY, methods=("POST",))
def confirm(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """The second of two: it is taken from the first month on."""
    form, said = HouseForm(request.POST), _("Planen er bekreftet. Avdragene blir egne linjer i kjøringene.")
    return _carried_out(request, case_id, "confirm", form, commands.confirm_instalments, said, plan=plan_id)


@page(section=Section.ECONOMY, methods=("POST",))
def withdraw(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Take back a plan that nobody has confirmed."""
    form, said = HouseForm(request.POST), _("Forslaget er trukket tilbake.")
    return _carried_out(request, case_id, "withdraw_plan", form, commands.withdraw_instalments, said, plan=plan_id)


@page(section=Section.ECONOMY, methods=("POST",))
def stop(request: ViewerRequest, case_id: UUID, plan_id: UUID) -> HttpResponse:
    """Take no more of a plan."""
    form, said = StopForm(request.POST, prefix="stop"), _("Planen er stoppet. Det som er trukket, står.")
    given = {"plan": plan_id, "why": form.cleaned_data["why"] if form.is_valid() else ""}
    return _carried_out(request, case_id, "stop", form, commands.stop_instalments, said, **given)
