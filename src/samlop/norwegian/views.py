"""The page with levels in Norwegian."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.errors import not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.norwegian import commands, queries
from samlop.norwegian.forms import LevelsForm, TakeBackForm


@page(section=Section.NORWEGIAN)
def levels(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _show(request, case_id, LevelsForm(initial={"reached_on": today(), "source": "teacher"}))


def _show(request: ViewerRequest, case_id: UUID, form: LevelsForm, status: int = 200) -> HttpResponse:
    shown = queries.levels_page(request.viewer, case_id)
    return render(request, "norwegian/levels.html", {"shown": shown, "case": shown.case, "form": form}, status=status)


@page(section=Section.NORWEGIAN, right=Right.CONTRIBUTE, methods=("POST",))
def write(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = LevelsForm(request.POST)
    values: dict[str, Any] = {}
    if form.is_valid():
        typed = form.cleaned_data
        values = {"levels": form.levels(), "reached_on": typed["reached_on"], "source": typed["source"]}
    if perform(form, commands.write_levels, case=case_id, by=request.viewer, **values):
        messages.success(request, _("Nivået er lagret. Alle som trenger det, ser det nå."))
        return redirect("norwegian:levels", case_id)
    return _show(request, case_id, form, 422)


@page(section=Section.NORWEGIAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def take_back(request: ViewerRequest, case_id: UUID, level_id: UUID) -> HttpResponse:
    shown = queries.levels_page(request.viewer, case_id)
    row = next((one for one in shown.history if one.pk == level_id), None)
    if row is None:
        raise not_found()
    form = TakeBackForm(request.POST or None)
    if request.method == "POST":
        why = form.cleaned_data["why"] if form.is_valid() else ""
        if perform(form, commands.take_back_level, case=case_id, level_id=level_id, why=why, by=request.viewer):
            messages.success(request, _("Nivået er tatt tilbake. Det står i tidslinjen at det ble skrevet feil."))
            return redirect("norwegian:levels", case_id)
    context = {"shown": shown, "case": shown.case, "row": row, "form": form}
    return render(request, "norwegian/take_back.html", context, status=422 if form.is_bound else 200)
