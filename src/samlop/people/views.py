"""Pages of the room: what whoever runs Samløp sets up, and the units a leader looks after."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.people import commands, forms, queries
from samlop.people.models import County, User
from samlop.people.places import appointed_at
from samlop.people.staff import kinds_to_add


def _given(form: HouseForm) -> dict[str, Any]:
    """What was typed, for a command; nothing while something is wrong."""
    return {name: value for name, value in form.cleaned_data.items() if name != "once"} if form.is_valid() else {}


def _form_page(
    request: ViewerRequest, form: HouseForm, title: str, button: str, back: str, *, template: str = "form", **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": back} | more
    return render(request, f"people/{template}.html", context, status=form.answers if form.is_bound else 200)


@page(permission=Permission.OPERATE)
def installation(request: ViewerRequest) -> HttpResponse:
    """Every county and municipality."""
    return render(request, "people/installation.html", {"counties": queries.installation(request.viewer)})


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def new_county(request: ViewerRequest) -> HttpResponse:
    """A county."""
    form = forms.CountyForm(request.POST or None)
    if request.method == "POST" and perform(form, commands.add_county, by=request.viewer, **_given(form)):
        messages.success(request, _("%(name)s er lagt til.") % {"name": form.result.name})
        return redirect("people:installation")
    return _form_page(request, form, _("Nytt fylke"), _("Legg til fylket"), reverse("people:installation"))


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def new_municipality(request: ViewerRequest) -> HttpResponse:
    """A municipality; its units and leaders come next."""
    form = forms.MunicipalityForm(request.POST or None, counties=queries.counties(request.viewer))
    if request.method == "POST" and perform(form, commands.add_municipality, by=request.viewer, **_given(form)):
        told = {"name": form.result.name}
        messages.success(request, _("%(name)s er lagt til. Legg til enhetene, og så den som leder hver av dem.") % told)
        return redirect("people:municipality", form.result.pk)
    return _form_page(request, form, _("Ny kommune"), _("Legg til kommunen"), reverse("people:installation"))


@page(permission=Permission.OPERATE)
def municipality(request: ViewerRequest, municipality_id: UUID) -> HttpResponse:
    """One municipality: numbers, units and those who answer."""
    found = queries.municipality_set_up(request.viewer, municipality_id)
    return render(request, "people/municipality.html", {"found": found, "link_form": HouseForm(prefix="link")})


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def change_municipality(request: ViewerRequest, municipality_id: UUID) -> HttpResponse:
    """Its name, and the language of its letters."""
    row = queries.municipality_set_up(request.viewer, municipality_id).municipality
    here = reverse("people:municipality", args=[municipality_id])
    form = forms.ChangeMunicipalityForm(request.POST or None, municipality=row)
    seen = form.shown_first() if form.is_bound else {}
    arguments = {"municipality": municipality_id, "values": _given(form), "seen": seen}
    if request.method == "POST" and perform(form, commands.change_municipality, by=request.viewer, **arguments):
        messages.success(request, _("Endringene er lagret."))
        return redirect(here)
    return _form_page(request, form, row.name, _("Lagre"), here)


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def new_number(request: ViewerRequest, municipality_id: UUID) -> HttpResponse:
    """A new number from a day."""
    found = queries.municipality_set_up(request.viewer, municipality_id)
    here = reverse("people:municipality", args=[municipality_id])
    form = forms.NumberForm(request.POST or None, counties=queries.counties(request.viewer))
    arguments = {"municipality": municipality_id, **_given(form)}
    if request.method == "POST" and perform(form, commands.change_number, by=request.viewer, **arguments):
        messages.success(request, _("Det nye nummeret er lagret."))
        return redirect(here)
    title = _("Nytt nummer for %(name)s") % {"name": found.municipality.name}
    lead = _("Bruk dette når kommunen får et nytt nummer. Det gamle gjelder til og med dagen før.")
    return _form_page(request, form, title, _("Lagre nummeret"), here, lead=lead)


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def set_up_unit(request: ViewerRequest, municipality_id: UUID) -> HttpResponse:
    """A unit that works in the municipality."""
    found = queries.municipality_set_up(request.viewer, municipality_id)
    here = reverse("people:municipality", args=[municipality_id])
    others = queries.other_municipalities(request.viewer, municipality_id)
    form = forms.UnitInMunicipalityForm(request.POST or None, others=others)
    arguments = {"municipality": municipality_id, **_given(form)}
    if request.method == "POST" and perform(form, commands.set_up_unit, by=request.viewer, **arguments):
        messages.success(request, _("%(unit)s er lagt til.") % {"unit": form.result.name})
        return redirect("people:appoint", form.result.pk) if appointed_at(form.result.kind) else redirect(here)
    title = _("Ny enhet i %(name)s") % {"name": found.municipality.name}
    return _form_page(request, form, title, _("Legg til enheten"), here)


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def new_county_unit(request: ViewerRequest, county_id: UUID) -> HttpResponse:
    """A unit of the county's own, with an adviser who reads numbers."""
    form = forms.CountyUnitForm(request.POST or None)
    arguments = {"county": county_id, **_given(form)}
    if request.method == "POST" and perform(form, commands.add_county_unit, by=request.viewer, **arguments):
        messages.success(request, _("%(unit)s er lagt til.") % {"unit": form.result.name})
        return redirect("people:appoint", form.result.pk)
    county: County | None = next((one for one in queries.counties(request.viewer) if one.pk == county_id), None)
    title = _("Ny enhet i %(name)s") % {"name": county.name if county else _("fylket")}
    lead = _("Rådgiverne i fylket leser tall om kommunene, aldri saker eller navn.")
    return _form_page(request, form, title, _("Legg til enheten"), reverse("people:installation"), lead=lead)


@page(permission=Permission.OPERATE, methods=("GET", "POST"))
def appoint(request: ViewerRequest, unit_id: UUID) -> HttpResponse:
    """Who answers for a unit."""
    found = queries.unit_set_up(request.viewer, unit_id)
    unit = found.unit
    form = forms.AppointForm(request.POST or None, roles=appointed_at(unit.kind))
    arguments = {"unit": unit_id, **_given(form)}
    if request.method == "POST" and perform(form, commands.appoint, by=request.viewer, **arguments):
        told = {"name": form.result.user.name, "unit": unit.name}
        messages.success(request, _("%(name)s har fått rollen ved %(unit)s.") % told)
        if unit.municipality_id is None:
            return redirect("people:appoint", unit_id)
        return redirect("people:municipality", unit.municipality_id)
    title = _("Hvem svarer for %(unit)s?") % {"unit": unit.name}
    lead = _("En leder du utpeker, gir kollegene sine roller på siden «Ansatte». Du kan ikke utpeke deg selv.")
    more: dict[str, Any] = {"template": "appoint", "found": found, "link_form": HouseForm(prefix="link")}
    return _form_page(request, form, title, _("Gi rollen"), _page_of(unit.municipality_id), lead=lead, **more)


@never_cache
@page(permission=Permission.OPERATE, methods=("POST",))
def first_link(request: ViewerRequest, membership_id: UUID) -> HttpResponse:
    """A personal link to the first password, shown once, to be given to whoever was appointed."""
    form = HouseForm(request.POST, prefix="link")
    if not perform(form, commands.first_password, by=request.viewer, membership=membership_id):
        for error in form.non_field_errors():
            messages.error(request, str(error))
        return redirect("people:installation")
    user: User = form.result
    path = reverse("account:new_password", args=[user.pk, default_token_generator.make_token(user)])
    context = {"person": user, "link": request.build_absolute_uri(path)}
    return render(request, "people/first_link.html", context)


def _page_of(municipality_id: UUID | None) -> str:
    if municipality_id is None:
        return reverse("people:installation")
    return reverse("people:municipality", args=[municipality_id])


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def new_unit(request: ViewerRequest) -> HttpResponse:
    """A unit the leader will look after."""
    form = forms.NewUnitForm(request.POST or None, kinds=kinds_to_add(request.viewer))
    if request.method == "POST" and perform(form, commands.add_unit, by=request.viewer, **_given(form)):
        messages.success(request, _("%(unit)s er lagt til.") % {"unit": form.result.name})
        return redirect("cases:staff")
    return _form_page(request, form, _("Ny enhet"), _("Legg til enheten"), reverse("cases:staff"))


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def unit(request: ViewerRequest, unit_id: UUID) -> HttpResponse:
    """A unit's name and how it is reached."""
    row = queries.managed_unit(request.viewer, unit_id)
    form = forms.UnitForm.of(row, request.POST or None)
    arguments = {"unit": unit_id, "values": _given(form), "seen": form.shown_first() if form.is_bound else {}}
    if request.method == "POST" and perform(form, commands.change_unit, by=request.viewer, **arguments):
        messages.success(request, _("Endringene er lagret."))
        return redirect("cases:staff")
    return _form_page(request, form, row.name, _("Lagre"), reverse("cases:staff"))
