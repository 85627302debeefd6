"""Decisions made before the case came into Samløp: written in, corrected, taken out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.programme import commands, queries
from samlop.programme.decision_forms import EarlierForm, earlier_initial
from samlop.programme.forms import Confirm
from samlop.programme.kinds import DecisionKind, kind_of
from samlop.programme.views.decisions import asked_to_replace, show


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("GET", "POST"))
def decision_earlier(request: ViewerRequest, case_id: UUID, what: str) -> HttpResponse:
    """Write in one decision from before Samløp; ``erstatter`` in the address names the one that was written wrongly."""
    kind = kind_of(what)
    shown = queries.decisions_page(request.viewer, case_id)
    wrong = asked_to_replace(request, shown)
    form = EarlierForm(request.POST or None, kind=kind, initial=_initial(shown, wrong))
    if request.method == "POST":
        values: dict[str, Any] = form.values() if form.is_valid() else {}
        given = {"case": case_id, "kind": kind, "replaces": wrong, **values}
        if perform(form, commands.write_in, by=request.viewer, **given):
            messages.success(request, _said(kind))
            return redirect("programme:decision", case_id, form.result.pk)
    context = {"case": shown.case, "kind": kind, "form": form, "wrong": wrong}
    return render(request, "programme/earlier_form.html", context, status=422 if form.is_bound else 200)


def _said(kind: DecisionKind) -> str:
    if kind is not DecisionKind.AWARD:
        return _("Vedtaket er skrevet inn.")
    return _(
        "Vedtaket er skrevet inn. Er det også vedtak om plan, forlengelse, permisjon eller stans, skriver du dem inn "
        "på samme måte."
    )


def _initial(shown: queries.DecisionsPage, wrong: Any) -> dict[str, Any]:
    """What was written wrongly, or what the course says already."""
    if wrong is not None:
        return earlier_initial(wrong)
    course = shown.course
    return {
        "start_on": course.start_on,
        "planned_end_on": course.planned_end_on,
        "end_goal": course.end_goal,
        "benefit": True,
        "norwegian": True,
        "granted": True,
    }


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def earlier_none(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Say that there is no decision from before Samløp to write in."""
    form = Confirm(request.POST)
    if perform(form, commands.note_nothing_earlier, case=case_id, by=request.viewer):
        messages.success(request, _("Notert. Du kan fortsatt skrive inn vedtak hvis de dukker opp."))
    for text in form.non_field_errors():
        messages.error(request, str(text))
    return redirect("programme:decisions", case_id)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def earlier_out(request: ViewerRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    form = Confirm(request.POST, prefix="out")
    if perform(form, commands.take_out, case=case_id, decision=decision_id, by=request.viewer):
        messages.success(request, _("Vedtaket er tatt bort."))
        return redirect("programme:decisions", case_id)
    return show(request, case_id, decision_id, 422, out=form)
