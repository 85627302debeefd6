"""Those who look after the people of a unit: who works there, new colleagues, and those who leave."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samlop.cases.commands.leaving import end_membership
from samlop.cases.forms.staff import LeaveForm, MemberForm, NewMemberForm
from samlop.cases.queries import staff as queries
from samlop.core.errors import not_found
from samlop.core.forms import DayField, HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.people.commands import add_member, allow_new_password, change_member


@page(permission=Permission.MANAGE_UNITS)
def staff(request: ViewerRequest) -> HttpResponse:
    """Everyone, by unit."""
    return render(request, "cases/staff.html", {"units": queries.staff(request.viewer), "today": today()})


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def add(request: ViewerRequest) -> HttpResponse:
    """Give somebody a role."""
    units = queries.units_to_staff(request.viewer)
    form = NewMemberForm(request.POST or None, units=units, giver=request.viewer.role)
    if request.method == "POST":
        given = dict(form.cleaned_data) if form.is_valid() else {}
        given.pop("once", None)
        unit, role = given.pop("role", None) or (None, "")
        if perform(form, add_member, by=request.viewer, unit=unit, role=role, **given):
            messages.success(request, _("%(name)s har fått rollen.") % {"name": form.result.user.name})
            return redirect("cases:staff_member", form.result.pk)
    return render(request, "cases/staff_add.html", {"form": form}, status=422 if form.is_bound else 200)


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def member(request: ViewerRequest, membership_id: UUID) -> HttpResponse:
    """One colleague."""
    found = queries.member(request.viewer, membership_id)
    form = MemberForm(request.POST or None, membership=found.membership, people=found.colleagues)
    if request.method == "POST":
        given = dict(form.cleaned_data) if form.is_valid() else {}
        given.pop("once", None)
        given.setdefault("valid_to", None)
        if perform(form, change_member, by=request.viewer, membership=membership_id, **given):
            messages.success(request, _("Endringene er lagret."))
            return redirect("cases:staff")
    context = {"row": found.membership, "form": form, "today": today(), "link_form": HouseForm(prefix="link")}
    return render(request, "cases/staff_member.html", context, status=422 if form.is_bound else 200)


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def leave(request: ViewerRequest, membership_id: UUID) -> HttpResponse:
    """The last day (in the address), then who takes over each case."""
    last_day = _day(request.POST.get("last_day") or request.GET.get("siste_dag"))
    found = queries.leaving(request.viewer, membership_id, last_day or today())
    form = LeaveForm(
        request.POST or None,
        successions=found.successions,
        people=found.colleagues,
        unread=found.unread,
        at_unit=found.at_unit,
        initial={"last_day": last_day or today()},
    )
    if request.method == "POST":
        given = {}
        if form.is_valid():
            given = {
                "last_day": form.cleaned_data["last_day"],
                "holders": form.holders(),
                "readers": form.readers(),
                "at_unit": form.at_unit_heirs(),
            }
        if perform(form, end_membership, by=request.viewer, membership=membership_id, **given):
            messages.success(request, _("Siste dag er satt, og sakene har fått ny ansvarlig."))
            return redirect("cases:staff")
    context = {"row": found.membership, "found": found, "form": form, "asked": last_day is not None}
    return render(request, "cases/staff_leave.html", context, status=422 if form.is_bound else 200)


@never_cache
@page(permission=Permission.MANAGE_UNITS, methods=("POST",))
def password_link(request: ViewerRequest, membership_id: UUID) -> HttpResponse:
    """A personal link to a new password, shown once, to be given to the colleague."""
    form = HouseForm(request.POST, prefix="link")
    if not perform(form, allow_new_password, by=request.viewer, membership=membership_id):
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("cases:staff_member", membership_id)
    user = form.result
    try:
        path = reverse("account:new_password", args=[user.pk, default_token_generator.make_token(user)])
    except NoReverseMatch:
        raise not_found() from None
    context = {"person": user, "link": request.build_absolute_uri(path)}
    return render(request, "cases/staff_password.html", context)


def _day(text: str | None) -> date | None:
    """A day in the address; none where it is not understood, as the form's own field has it."""
    try:
        return DayField(required=False).clean(text)
    except forms.ValidationError:
        return None
