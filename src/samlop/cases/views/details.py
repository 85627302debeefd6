"""The details of a participant: shown, and changed by right."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.commands import closing, details, needs
from samlop.cases.forms.details import ContactForm, NeedsForm, PersonForm, ReasonForm, SeenForm
from samlop.cases.forms.family import FamilyForms, relatives_with_keys
from samlop.cases.presenters import FIELD_NAMES, shown
from samlop.cases.queries.details import details as read_details
from samlop.cases.queries.details import family_rows, values
from samlop.core.forms import HouseForm
from samlop.core.languages import language_name
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.people.staff import owner_units


@page(section=Section.IDENTITY)
def show(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Who the participant is."""
    return _page(request, case_id)


def _page(request: ViewerRequest, case_id: UUID, **bound: Any) -> HttpResponse:
    case, found = read_details(request.viewer, case_id)
    spoken = [(language_name(row.code), row) for row in found.languages]
    context = {"case": case, "found": found, "spoken": spoken, "settle_form": HouseForm(prefix="settle")}
    if found.needs is not None:
        context["needs_form"] = NeedsForm(now=[row.code for row in found.needs], prefix="needs")
    return render(request, "cases/details.html", context | bound, status=422 if bound else 200)


@page(section=Section.IDENTITY, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def contact(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """How to reach and talk with the participant."""
    case, found = values(request.viewer, case_id)
    form = ContactForm(request.POST or None, now=found.contact)
    if request.method == "POST":
        given = {"typed": form.typed(), "seen": form.seen_values()} if form.is_valid() else {}
        if perform(form, details.change_contact, by=request.viewer, case=case_id, **given):
            return _saved(request, case_id)
    again = ContactForm(initial=form.renewed(), now=found.contact) if _overtaken(form) else None
    return _form_page(request, "cases/contact.html", case, form, again)


@page(section=Section.IDENTITY, right=Right.MANAGE, methods=("GET", "POST"))
def person(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Who the participant is, settlement and permit."""
    case, found = values(request.viewer, case_id)
    now = found.person | found.numbers
    more: dict[str, Any] = {"now": now, "units": owner_units(case.municipality_id)}
    form = PersonForm(request.POST or None, **more, initial={"owner_unit": case.owner_unit_id})
    if request.method == "POST":
        given: dict[str, Any] = {}
        if form.is_valid():
            given = {
                "typed": form.typed(),
                "seen": form.seen_values(),
                "numbers": {name: form.cleaned_data[name] for name in ("number", "duf")},
                "numbers_seen": form.seen_values(),
                "owner_unit": form.cleaned_data["owner_unit"],
            }
        if perform(form, details.change_person, by=request.viewer, case=case_id, **given):
            return _saved(request, case_id)
    again = None
    if _overtaken(form):
        again = PersonForm(initial={**form.renewed(), "owner_unit": form.cleaned_data["owner_unit"]}, **more)
    return _form_page(request, "cases/person.html", case, form, again)


def _overtaken(form: SeenForm) -> bool:
    """Whether somebody else changed the same while this was typed."""
    return any(error.code == "changed_meanwhile" for errors in form.errors.as_data().values() for error in errors)


def _form_page(
    request: ViewerRequest, template: str, case: Any, form: SeenForm, again: SeenForm | None
) -> HttpResponse:
    """The form; where somebody else was first, their values beside mine, and a form that starts from theirs."""
    clashes = [
        (FIELD_NAMES.get(name, _("nummer")), shown(name, theirs), shown(name, mine))
        for name, theirs, mine in (form.clashes() if again else [])
    ]
    context = {"case": case, "form": again or form, "errors": form, "clashes": clashes}
    return render(request, template, context, status=409 if again else 422 if form.is_bound else 200)


@page(section=Section.IDENTITY, right=Right.MANAGE, methods=("GET", "POST"))
def family(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The family relations."""
    case, rows = family_rows(request.viewer, case_id)
    form = HouseForm(request.POST or None)
    forms = FamilyForms(request.POST or None, initial=rows, prefix="family")
    if request.method == "POST" and forms.is_valid():
        kept, seen = relatives_with_keys(forms)
        if perform(form, details.change_family, by=request.viewer, case=case_id, rows=kept, seen=seen):
            return _saved(request, case_id)
    context = {"case": case, "form": form, "family": forms}
    return render(request, "cases/family.html", context, status=422 if forms.is_bound else 200)


@page(section=Section.NEEDS, right=Right.CONTRIBUTE, methods=("POST",))
def adaptation(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Set which needs for adaptation hold."""
    form = NeedsForm(request.POST, now=[], prefix="needs")
    given = {"codes": form.cleaned_data["codes"], "seen": form.cleaned_data["seen"].split()} if form.is_valid() else {}
    if perform(form, needs.change_needs, by=request.viewer, case=case_id, **given):
        return _saved(request, case_id)
    return _page(request, case_id, needs_form=form)


@page(section=Section.IDENTITY, right=Right.MANAGE, methods=("POST",))
def settle(request: ViewerRequest, case_id: UUID, suspicion_id: UUID) -> HttpResponse:
    """Say whether a newer registration is about the same person."""
    form = HouseForm(request.POST, prefix="settle")
    same = request.POST.get("same_person") == "yes"
    if perform(
        form, closing.settle_suspicion, by=request.viewer, case=case_id, suspicion=suspicion_id, same_person=same
    ):
        messages.success(request, _("Avklaringen er lagret."))
    else:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    return redirect("cases:details", case_id)


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("GET", "POST"))
def close(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """End the case, or open it again."""
    case, _found = read_details(request.viewer, case_id)
    form = ReasonForm(request.POST or None)
    act = closing.close_case if case.is_open else closing.reopen_case
    if request.method == "POST":
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        wanted = request.POST.get("act")
        if wanted and wanted != ("close" if case.is_open else "reopen"):
            messages.info(request, _("Noen andre har gjort dette i mellomtiden."))
            return redirect("cases:details", case_id)
        if perform(form, act, by=request.viewer, case=case_id, reason=reason):
            done = _("Saken er avsluttet.") if case.is_open else _("Saken er åpnet igjen.")
            messages.success(request, done)
            return redirect("cases:details", case_id)
    return render(request, "cases/close.html", {"case": case, "form": form}, status=422 if form.is_bound else 200)


def _saved(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    messages.success(request, _("Endringene er lagret."))
    return redirect("cases:details", case_id)
