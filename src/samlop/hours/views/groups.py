"""Groups: the list, one group with its members and hours, and one hour of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import parse_date, today
from samlop.hours.commands import groups as commands
from samlop.hours.queries import groups as queries
from samlop.hours.stood import exceptions_token, last_day_token
from samlop.hours.week_forms import (
    Confirm,
    ExceptionForm,
    GroupForm,
    HourForm,
    MembersForm,
    StopForm,
    initial_of,
    next_monday,
)

PLAN = Permission.PLAN_CLASSES


@page(permission=PLAN, methods=("GET", "POST"))
def group_list(request: ViewerRequest) -> HttpResponse:
    """The groups, and a form for a new one."""
    shown = queries.group_list(request.viewer)
    first = {"unit": str(shown.unit_id), "first_day": next_monday(today())}
    form = GroupForm(request.POST or None, units=shown.units, initial=first)
    if request.method == "POST":
        values: dict[str, Any] = {"name": "", "unit_id": None, "first_day": None}
        if form.is_valid():
            typed = form.cleaned_data
            values = {name: typed[name] for name in ("name", "first_day", "last_day")}
            values["unit_id"] = UUID(typed["unit"])
        if perform(form, commands.make_group, by=request.viewer, **values):
            messages.success(request, _("Gruppen er laget. Legg til timer og deltakere."))
            return redirect("hours:group", form.result.pk)
    return render(request, "hours/groups.html", {"shown": shown, "form": form}, status=422 if form.is_bound else 200)


def _show(request: ViewerRequest, group_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    shown = queries.group_page(request.viewer, group_id)
    group = shown.group
    begin = max(today(), group.valid_from)
    forms = {
        "change": GroupForm(
            prefix="change",
            staff=shown.staff,
            initial={
                "name": group.name,
                "first_day": group.valid_from,
                "last_day": group.valid_to,
                "teacher": str(group.teacher_now.pk) if group.teacher_now else "",
            },
        ),
        "members": MembersForm(prefix="members", candidates=shown.candidates, initial={"first_day": begin}),
        "hour": HourForm(prefix="hour", initial={"valid_from": begin, "provider": "adult_education"}),
    }
    context = {"shown": shown, "group": group, "forms": forms | bound, "leaving": None}
    context["bound"] = [form for form in bound.values() if isinstance(form, HouseForm)]
    context |= {name: value for name, value in bound.items() if name in ("leave", "leaving")}
    return render(request, "hours/group.html", context, status=status)


@page(permission=PLAN)
def group(request: ViewerRequest, group_id: UUID) -> HttpResponse:
    return _show(request, group_id)


@page(permission=PLAN, methods=("POST",))
def change(request: ViewerRequest, group_id: UUID) -> HttpResponse:
    form = GroupForm(request.POST, prefix="change", staff=queries.group_page(request.viewer, group_id).staff)
    names = ("name", "first_day", "last_day")
    typed: dict[str, Any] = dict.fromkeys(names)
    if form.is_valid():
        typed = {name: form.cleaned_data[name] for name in names} | {"seen": form.shown_first()}
        typed["teacher"] = UUID(form.cleaned_data["teacher"]) if form.cleaned_data["teacher"] else None
    if perform(form, commands.change_group, group_id=group_id, by=request.viewer, **typed):
        messages.success(request, _("Gruppen er lagret."))
        return redirect("hours:group", group_id)
    return _show(request, group_id, form.answers, change=form)


@page(permission=PLAN, methods=("POST",))
def add_members(request: ViewerRequest, group_id: UUID) -> HttpResponse:
    shown = queries.group_page(request.viewer, group_id)
    form = MembersForm(request.POST, prefix="members", candidates=shown.candidates)
    values: dict[str, Any] = {"case_ids": [], "first_day": None}
    if form.is_valid():
        typed = form.cleaned_data
        values = {"case_ids": [UUID(key) for key in typed["participants"]], "first_day": typed["first_day"]}
        values["last_day"] = typed["last_day"]
    if perform(form, commands.add_members, group_id=group_id, by=request.viewer, **values):
        messages.success(request, _("Deltakerne er satt i gruppen."))
        return redirect("hours:group", group_id)
    return _show(request, group_id, 422, members=form)


@page(permission=PLAN, methods=("POST",))
def end_membership(request: ViewerRequest, group_id: UUID, member_id: UUID) -> HttpResponse:
    form = StopForm(request.POST)
    day = form.cleaned_data["last_day"] if form.is_valid() else None
    act = commands.end_membership
    values = {"member_id": member_id, "last_day": day, "seen": form.seen}
    if perform(form, act, group_id=group_id, by=request.viewer, **values):
        messages.success(request, _("Deltakeren er tatt ut av gruppen."))
        return redirect("hours:group", group_id)
    return _show(request, group_id, form.answers, leave=form, leaving=member_id)


@page(permission=PLAN, methods=("POST",))
def add_hour(request: ViewerRequest, group_id: UUID) -> HttpResponse:
    form = HourForm(request.POST, prefix="hour")
    values: dict[str, Any] = {"values": None}
    if form.is_valid():
        values = {"values": form.values(), "weekdays": form.chosen_days()}
    if perform(form, commands.add_class_slot, group_id=group_id, by=request.viewer, **values):
        messages.success(request, _("Timen er lagt til i gruppen."))
        return redirect("hours:group", group_id)
    return _show(request, group_id, 422, hour=form)


@page(permission=PLAN, methods=("GET", "POST"))
def class_slot(request: ViewerRequest, group_id: UUID, class_slot_id: UUID) -> HttpResponse:
    """An hour of a group: change it from a day, stop it, or one day that differs; told apart by the button."""
    slot, exceptions = queries.class_slot(request.viewer, group_id, class_slot_id)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    first = {**initial_of(slot), "valid_from": max(slot.valid_from, next_monday(today()))}
    forms: dict[str, Any] = {
        "change": HourForm(request.POST if do == "change" else None, prefix="change", several=False, initial=first),
        "stop": StopForm(
            request.POST if do == "stop" else None,
            prefix="stop",
            initial={"last_day": today(), "stood": last_day_token(slot.valid_to)},
        ),
        "except": ExceptionForm(
            request.POST if do == "except" else None, prefix="except", initial={"stood": exceptions_token(exceptions)}
        ),
    }
    if do in _ACTS and _act(request, do, forms[do], group_id, class_slot_id):
        messages.success(request, _("Timen er lagret."))
        return redirect("hours:group", group_id)
    context = {"slot": slot, "group": slot.group, "forms": forms, "exceptions": exceptions}
    status = forms[do].answers if do in forms else 422 if request.method == "POST" else 200
    return render(request, "hours/class_slot.html", context, status=status)


def _act(request: ViewerRequest, do: str, form: Any, group_id: UUID, slot_id: UUID) -> bool:
    act, missing, names = _ACTS[do]
    values: dict[str, Any] = {missing: None}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in names} if names else {"values": form.values()}
        values["seen"] = form.seen if names else form.seen()
    return perform(form, act, group_id=group_id, slot_id=slot_id, by=request.viewer, **values)


_ACTS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "change": (commands.change_class_slot, "values", ()),
    "stop": (commands.stop_class_slot, "last_day", ("last_day",)),
    "except": (commands.except_class_slot, "day", ("day", "starts", "ends", "note")),
}


@page(permission=PLAN, methods=("POST",))
def as_usual(request: ViewerRequest, group_id: UUID, class_slot_id: UUID) -> HttpResponse:
    """Take away the exception of a day (``day``)."""
    form = Confirm(request.POST)
    try:
        day = parse_date(request.POST.get("day", ""))
    except ValueError:
        return redirect("hours:class_slot", group_id, class_slot_id)
    act = commands.drop_class_exception
    if perform(form, act, group_id=group_id, slot_id=class_slot_id, day=day, by=request.viewer):
        messages.success(request, _("Timen kommer som vanlig den dagen."))
    return redirect("hours:class_slot", group_id, class_slot_id)
