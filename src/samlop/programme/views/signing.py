"""The page of who signs decisions in the municipality's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.programme import commands, queries
from samlop.programme.forms import Confirm, DelegationForm


@page(permission=Permission.CONFIGURE, methods=("GET", "POST"))
def signing(request: ViewerRequest) -> HttpResponse:
    """The register of delegations, and a form for a new one."""
    shown = queries.signing_page(request.viewer)
    form = DelegationForm(request.POST or None, advisers=shown.advisers, initial={"valid_from": today()})
    if request.method == "POST":
        values: dict[str, Any] = form.values() if form.is_valid() else {}
        if perform(form, commands.delegate_signing, by=request.viewer, **values):
            text = _("%(name)s kan undertegne fra %(day)s.")
            who = {"name": form.result.user.name, "day": f"{form.result.valid_from:%d.%m.%Y}"}
            messages.success(request, text % who)
            return redirect("programme:signing")
    context = {"shown": shown, "form": form}
    return render(request, "programme/signing.html", context, status=422 if form.is_bound else 200)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def signing_withdraw(request: ViewerRequest, delegation_id: UUID) -> HttpResponse:
    """Take a delegation back."""
    if perform(Confirm(request.POST), commands.withdraw_signing, by=request.viewer, delegation=delegation_id):
        messages.success(request, _("Delegeringen er trukket tilbake. Vedtak som er undertegnet, står."))
    return redirect("programme:signing")
