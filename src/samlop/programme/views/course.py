"""The programme page of a case."""

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
from samlop.programme import commands, queries
from samlop.programme.decision_forms import DayForm
from samlop.programme.forms import Confirm, DatesForm, EndForm, EndGoalForm, MappingForm, NavNeedForm, ReopenForm


def show(request: ViewerRequest, case_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    shown = queries.course_page(request.viewer, case_id)
    course = shown.course
    forms = {
        "dates": DatesForm(
            prefix="dates", initial={"start_on": course.start_on, "planned_end_on": course.planned_end_on}
        ),
        "goal": EndGoalForm(prefix="goal", initial={"end_goal": course.end_goal}),
        "mapping": MappingForm(prefix="mapping", initial={"done_on": course.mapping_done_on}),
        "nav": NavNeedForm(
            prefix="nav",
            colleagues=shown.colleagues,
            initial={
                "need": course.nav_need,
                "on": course.nav_need_clarified_on or today(),
                "clarified_by": _other(course.nav_need_clarified_by_id, request.viewer.user_id),
            },
        ),
        "end": EndForm(prefix="end", initial={"ended_on": min(course.planned_end_on or today(), today())}),
        "reopen": ReopenForm(prefix="reopen"),
        "certificate_given": DayForm(prefix="certificate_given", initial={"on": today()}),
        "end_registered": DayForm(prefix="end_registered", initial={"on": today()}),
    }
    context = {
        "shown": shown,
        "case": shown.case,
        "course": course,
        "forms": forms | bound,
        "bound": list(bound.values()),
    }
    return render(request, "programme/course.html", context, status=status)


def _other(clarified_by: UUID | None, viewer: UUID | None) -> str:
    """Who clarified the need, when that was somebody else than the viewer."""
    return str(clarified_by) if clarified_by and clarified_by != viewer else ""


def _saved(request: ViewerRequest, case_id: UUID, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect("programme:course", case_id)


@page(section=Section.PROGRAMME)
def course(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return show(request, case_id)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def dates(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = DatesForm(request.POST, prefix="dates")
    values: dict[str, Any] = {}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("start_on", "planned_end_on")} | {
            "seen": form.shown_first()
        }
    if perform(form, commands.set_dates, case=case_id, by=request.viewer, **values):
        return _saved(request, case_id, _("Datoene er lagret."))
    return show(request, case_id, form.answers, dates=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def end_goal(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = EndGoalForm(request.POST, prefix="goal")
    goal = form.cleaned_data["end_goal"] if form.is_valid() else ""
    if perform(form, commands.set_end_goal, case=case_id, end_goal=goal, seen=form.shown_first(), by=request.viewer):
        return _saved(request, case_id, _("Sluttmålet er lagret."))
    return show(request, case_id, form.answers, goal=form)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def mapping(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = MappingForm(request.POST, prefix="mapping")
    day = form.cleaned_data["done_on"] if form.is_valid() else None
    if perform(form, commands.note_mapping_done, case=case_id, done_on=day, seen=form.shown_first(), by=request.viewer):
        return _saved(request, case_id, _("Kartleggingen er notert."))
    return show(request, case_id, form.answers, mapping=form)


@page(section=Section.PROGRAMME, methods=("POST",))
def nav_need(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    colleagues = queries.course_page(request.viewer, case_id).colleagues
    form = NavNeedForm(request.POST, prefix="nav", colleagues=colleagues)
    values = form.values() if form.is_valid() else {}
    if perform(form, commands.clarify_nav_need, case=case_id, by=request.viewer, **values):
        return _saved(request, case_id, _("Behovet for bistand fra NAV er lagret."))
    return show(request, case_id, form.answers, nav=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def end(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = EndForm(request.POST, prefix="end")
    values = {name: form.cleaned_data[name] for name in ("ended_on", "reason")} if form.is_valid() else {}
    if perform(form, commands.end_course, case=case_id, by=request.viewer, **values):
        return _saved(request, case_id, _("Programmet er avsluttet. Saken er åpen til du avslutter den."))
    return show(request, case_id, 422, end=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def close(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, commands.close_case, case=case_id, by=request.viewer):
        return _saved(request, case_id, _("Saken er avsluttet."))
    return show(request, case_id, 422, close=form)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def reopen(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = ReopenForm(request.POST, prefix="reopen")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.reopen, case=case_id, why=why, by=request.viewer):
        return _saved(request, case_id, _("Programmet er åpnet igjen."))
    return show(request, case_id, 422, reopen=form)
