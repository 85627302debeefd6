"""The page of the national introduction register (NIR)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.programme import commands, queries
from samlop.programme.forms import RegisterYearForm


@page(permission=Permission.REGISTER_CASE, methods=("GET", "POST"))
def register(request: ViewerRequest) -> HttpResponse:
    """The last year that is over: deadline, what is left, and a note that it has been checked."""
    shown = queries.register_page(request.viewer)
    form = RegisterYearForm(request.POST or None, initial={"checked_on": today()})
    if request.method == "POST":
        values: dict[str, Any] = {"checked_on": form.cleaned_data["checked_on"]} if form.is_valid() else {}
        if perform(form, commands.note_register_year, by=request.viewer, year=shown.year, **values):
            messages.success(request, _("Notert."))
            return redirect("programme:register")
    context = {"shown": shown, "form": form}
    return render(request, "programme/register.html", context, status=422 if form.is_bound else 200)
