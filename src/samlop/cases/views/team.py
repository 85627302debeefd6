"""The team: who is round the participant, and how to reach them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.commands.team import add_place, change_place, end_place
from samlop.cases.forms.team import PlaceForm
from samlop.cases.models import TeamMember
from samlop.cases.queries.team import Team, possible_team
from samlop.cases.queries.team import team as read_team
from samlop.core.errors import not_found
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Section


@page(section=Section.IDENTITY, methods=("GET", "POST"))
def team(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The list, and – for those who may – a form that takes somebody in."""
    case, found = read_team(request.viewer, case_id)
    form = None
    if found.may_manage or found.changeable:
        staff = possible_team(request.viewer, case_id)
        if not found.may_manage:
            staff = [one for one in staff if one.unit.pk == request.viewer.unit_id]
        form = PlaceForm(request.POST or None, staff=staff)
    if request.method == "POST":
        if form is None:
            raise not_found()
        arguments = form.arguments() if form.is_valid() else {}
        if perform(form, add_place, by=request.viewer, case=case_id, **arguments):
            messages.success(request, _("Saksteamet er endret."))
            return redirect("cases:team", case_id)
    context = {"case": case, "team": found, "form": form}
    return render(request, "cases/team.html", context, status=422 if form and form.is_bound else 200)


@page(section=Section.IDENTITY, methods=("GET", "POST"))
def place(request: ViewerRequest, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Change one place."""
    case, found = read_team(request.viewer, case_id)
    row = _changeable(found, place_id)
    staff = possible_team(request.viewer, case_id)
    if not found.may_manage:
        staff = [one for one in staff if one.unit.pk == row.unit_id]
    form = PlaceForm(request.POST or None, staff=staff, place=row)
    if request.method == "POST":
        arguments: dict[str, Any] = form.arguments() if form.is_valid() else {}
        if perform(form, change_place, by=request.viewer, case=case_id, place=place_id, **arguments):
            messages.success(request, _("Saksteamet er endret."))
            return redirect("cases:team", case_id)
    context = {"case": case, "row": row, "form": form, "end_form": HouseForm(prefix="end")}
    return render(request, "cases/place.html", context, status=422 if form.is_bound else 200)


@page(section=Section.IDENTITY, methods=("POST",))
def end(request: ViewerRequest, case_id: UUID, place_id: UUID) -> HttpResponse:
    """Take a place out of the team."""
    form = HouseForm(request.POST, prefix="end")
    if perform(form, end_place, by=request.viewer, case=case_id, place=place_id):
        messages.success(request, _("Saksteamet er endret."))
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("cases:team", case_id)


def _changeable(found: Team, place_id: UUID) -> TeamMember:
    for row in (*found.current, *found.coming):
        if row.pk == place_id and row.pk in found.changeable:
            return row
    raise not_found()
