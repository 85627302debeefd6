"""A participant's own hours: a new one, one that stands, and a whole week copied."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.gate import gate
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import parse_date, today
from samlop.hours.commands import slots as commands
from samlop.hours.counting import monday_of
from samlop.hours.models import OwnSlot
from samlop.hours.proposals import Proposal
from samlop.hours.queries import week as queries
from samlop.hours.stood import exceptions_token, last_day_token
from samlop.hours.week_forms import Confirm, CopyForm, ExceptionForm, HourForm, StopForm, initial_of, next_monday
from samlop.hours.wording import week_key


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _planner(request: ViewerRequest) -> None:
    """The participant may report absence in this section, but does not plan the hours."""
    gate().authorise_permission(request.viewer, Permission.PLAN_CLASSES)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def new(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """A new own hour, filled in from a step of the plan where one is named (``tiltak``)."""
    _planner(request)
    step_id = _uuid(request.GET.get("tiltak", ""))
    shown = queries.slot_page(request.viewer, case_id, step_id=step_id)
    form = HourForm(request.POST or None, units=shown.units, initial=_filled_in(shown.proposal))
    if request.method == "POST":
        values: dict[str, Any] = {"values": None}
        if form.is_valid():
            values = {"values": form.values(), "weekdays": form.chosen_days(), "unit_id": form.unit_id()}
        step = shown.proposal.step.pk if shown.proposal else None
        if perform(form, commands.add_slot, case=case_id, step_id=step, by=request.viewer, **values):
            messages.success(request, _("Timen er lagt i uka."))
            first = max(form.cleaned_data["valid_from"], today())
            return redirect("hours:week_of", case_id, week_key(monday_of(first)))
    context = {"shown": shown, "case": shown.case, "form": form}
    return render(request, "hours/new_slot.html", context, status=422 if form.is_bound else 200)


def _filled_in(proposal: Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {"valid_from": next_monday(today())}
    return {
        "content": proposal.step.kind,
        "provider": proposal.provider,
        "unit": str(proposal.unit_id) if proposal.unit_id else "",
        "valid_from": proposal.valid_from,
        "valid_to": proposal.valid_to,
    }


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def slot(request: ViewerRequest, case_id: UUID, slot_id: UUID) -> HttpResponse:
    """An own hour: change it from a day, stop it, or one day that differs; three forms, told apart by the button."""
    _planner(request)
    shown = queries.slot_page(request.viewer, case_id, slot_id)
    assert shown.slot is not None
    forms = _forms(request, shown.slot, shown.units, shown.exceptions)
    do = request.POST.get("do", "")
    if request.method == "POST" and do in _ACTS and _ACTS[do](request, forms[do], case_id, slot_id):
        messages.success(request, _SAID[do]())
        return redirect("hours:week", case_id)
    context = {"shown": shown, "case": shown.case, "slot": shown.slot, "forms": forms}
    context["exceptions"] = shown.exceptions
    status = forms[do].answers if do in forms else 422 if request.method == "POST" else 200
    return render(request, "hours/slot.html", context, status=status)


def _forms(request: ViewerRequest, slot: OwnSlot, units: Any, exceptions: Any) -> dict[str, Any]:
    """Each form, with what was typed in the one that was sent."""
    do = request.POST.get("do", "")

    def typed(name: str) -> Any:
        return request.POST if request.method == "POST" and do == name else None

    change = {**initial_of(slot), "valid_from": max(slot.valid_from, next_monday(today()))}
    return {
        "change": HourForm(typed("change"), prefix="change", units=units, several=False, initial=change),
        "stop": StopForm(
            typed("stop"), prefix="stop", initial={"last_day": today(), "stood": last_day_token(slot.valid_to)}
        ),
        "except": ExceptionForm(typed("except"), prefix="except", initial={"stood": exceptions_token(exceptions)}),
    }


def _change(request: ViewerRequest, form: HourForm, case_id: UUID, slot_id: UUID) -> bool:
    values: dict[str, Any] = {"values": None}
    if form.is_valid():
        values = {"values": form.values(), "unit_id": form.unit_id(), "seen": form.seen()}
    return perform(form, commands.change_slot, case=case_id, slot_id=slot_id, by=request.viewer, **values)


def _stop(request: ViewerRequest, form: StopForm, case_id: UUID, slot_id: UUID) -> bool:
    day = form.cleaned_data["last_day"] if form.is_valid() else None
    act = commands.stop_slot
    return perform(form, act, case=case_id, slot_id=slot_id, last_day=day, seen=form.seen, by=request.viewer)


def _except(request: ViewerRequest, form: ExceptionForm, case_id: UUID, slot_id: UUID) -> bool:
    names = ("day", "starts", "ends", "note")
    typed = {name: form.cleaned_data[name] for name in names} if form.is_valid() else {"day": None}
    act = commands.except_slot
    return perform(form, act, case=case_id, slot_id=slot_id, seen=form.seen, by=request.viewer, **typed)


_ACTS: dict[str, Any] = {"change": _change, "stop": _stop, "except": _except}
_SAID: dict[str, Any] = {
    "change": lambda: _("Timen er endret."),
    "stop": lambda: _("Timen er avsluttet."),
    "except": lambda: _("Dagen er endret. Gi beskjed til deltakeren."),
}


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def as_usual(request: ViewerRequest, case_id: UUID, slot_id: UUID) -> HttpResponse:
    """Take away the exception of a day (``day``)."""
    _planner(request)
    form = Confirm(request.POST)
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        return redirect("hours:slot", case_id, slot_id)
    if perform(form, commands.drop_slot_exception, case=case_id, slot_id=slot_id, day=day, by=request.viewer):
        messages.success(request, _("Timen kommer som vanlig den dagen."))
    return redirect("hours:slot", case_id, slot_id)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def copy(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Copy own hours from another participant, or this one's to a new period."""
    _planner(request)
    case, sources = queries.copy_sources(request.viewer, case_id, today())
    first = {"first_day": next_monday(today())}
    form = CopyForm(request.POST or None, sources=sources, own=case.pk, initial=first)
    if request.method == "POST":
        values: dict[str, Any] = {"source": None, "first_day": None}
        if form.is_valid():
            typed = form.cleaned_data
            values = {
                "source": UUID(typed["source"]),
                "first_day": typed["first_day"],
                "last_day": typed["last_day"],
            }
        if perform(form, commands.copy_week, case=case_id, on=today(), by=request.viewer, **values):
            messages.success(request, _("Timene er kopiert. Se over dem, og rett det som skal være annerledes."))
            return redirect("hours:week", case_id)
    context = {"case": case, "form": form, "sources": sources}
    return render(request, "hours/copy.html", context, status=422 if form.is_bound else 200)
