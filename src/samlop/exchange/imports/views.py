"""Reading a list of participants in: upload, preview with an error per cell, progress."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.spreadsheet import CONTENT_TYPE
from samlop.core.uploads import is_too_large
from samlop.exchange.imports.columns import COLUMNS
from samlop.exchange.imports.commands import discard_run, receive_list, start_run
from samlop.exchange.imports.forms import StartForm, UploadForm
from samlop.exchange.imports.queries import own_runs, run_page
from samlop.exchange.imports.template import template
from samlop.people.queries import team_staff


@page(permission=Permission.IMPORT_CASES, methods=("GET", "POST"))
def upload(request: ViewerRequest) -> HttpResponse:
    """What a list looks like, and where to put it."""
    if request.viewer.municipality_id is None:
        raise Refused("no_unit", _("Bare en enhet i en kommune kan registrere deltakere. Bytt rolle øverst på siden."))
    staff = team_staff(request.viewer, request.viewer.municipality_id)
    if request.method == "POST":
        form = UploadForm(
            request.POST, request.FILES, viewer=request.viewer, staff=staff, too_large=is_too_large(request)
        )
        if form.is_valid():
            unit, contact = form.cleaned_data["main_contact"]
            sent = form.cleaned_data["file"]
            given = {"content": sent.read(), "name": sent.name, "owner_unit": unit, "main_contact": contact}
            given["units"] = form.cleaned_data["units"]
            if perform(form, receive_list, by=request.viewer, **given):
                return redirect("cases:import_run", form.result.pk)
    else:
        form = UploadForm(viewer=request.viewer, staff=staff)
    context = {"form": form, "columns": COLUMNS, "runs": own_runs(request.viewer)}
    return render(request, "exchange/import.html", context, status=422 if form.is_bound else 200)


@page(permission=Permission.IMPORT_CASES)
def template_file(request: ViewerRequest) -> HttpResponse:
    """The template to download."""
    head = {"Content-Disposition": 'attachment; filename="samlop-deltakere.xlsx"'}
    return HttpResponse(template(), content_type=CONTENT_TYPE, headers=head)


@page(permission=Permission.IMPORT_CASES)
def run(request: ViewerRequest, run_id: UUID) -> HttpResponse:
    """Preview, progress or result of one list."""
    found = run_page(request.viewer, run_id)
    form = StartForm() if found.may_start else None
    return render(request, "exchange/import_run.html", {"found": found, "run": found.run, "form": form})


@page(permission=Permission.IMPORT_CASES)
def progress(request: ViewerRequest, run_id: UUID) -> HttpResponse:
    """The progress alone, for the page to fetch; when it is over the page is asked to show the result."""
    found = run_page(request.viewer, run_id)
    answer = render(request, "exchange/import_progress.html", {"found": found, "run": found.run})
    if not found.is_under_way:
        answer.headers["HX-Refresh"] = "true"
    return answer


@page(permission=Permission.IMPORT_CASES, methods=("POST",))
def start(request: ViewerRequest, run_id: UUID) -> HttpResponse:
    """Say yes to a checked list."""
    found = run_page(request.viewer, run_id)
    form = StartForm(request.POST)
    anyway = bool(form.is_valid() and form.cleaned_data["anyway"])
    if perform(form, start_run, by=request.viewer, run=run_id, anyway=anyway):
        return redirect("cases:import_run", run_id)
    context = {"found": found, "run": found.run, "form": form}
    return render(request, "exchange/import_run.html", context, status=422)


@page(permission=Permission.IMPORT_CASES, methods=("POST",))
def discard(request: ViewerRequest, run_id: UUID) -> HttpResponse:
    """Give a list up."""
    form = HouseForm(request.POST)
    if perform(form, discard_run, by=request.viewer, run=run_id):
        messages.success(request, _("Filen er slettet. Ingen deltakere er registrert fra den."))
        return redirect("cases:import")
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("cases:import_run", run_id)
