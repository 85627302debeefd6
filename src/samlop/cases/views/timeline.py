"""The timeline, and corrections in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.commands.journal import correct_entry
from samlop.cases.forms.timeline import CorrectionForm, FilterForm
from samlop.cases.queries.timeline import correctable
from samlop.cases.queries.timeline import timeline as read_timeline
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Section


@page(section=Section.IDENTITY)
def timeline(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """What has been done, newest first."""
    filters = FilterForm(request.GET)
    case, found = read_timeline(request.viewer, case_id, filters.wanted())
    filters.offer(found)
    filtered = any(value for key, value in request.GET.items() if key != "eldre")
    return render(
        request, "cases/timeline.html", {"case": case, "found": found, "filters": filters, "filtered": filtered}
    )


@page(section=Section.IDENTITY, methods=("GET", "POST"))
def correct(request: ViewerRequest, case_id: UUID, seq: int) -> HttpResponse:
    """Correct one entry."""
    case, line = correctable(request.viewer, case_id, seq)
    form = CorrectionForm(request.POST or None)
    if request.method == "POST":
        text = form.cleaned_data["text"] if form.is_valid() else ""
        if perform(form, correct_entry, by=request.viewer, case=case_id, seq=seq, text=text):
            messages.success(request, _("Rettelsen er skrevet i tidslinjen."))
            return redirect("cases:journal", case_id)
    context = {"case": case, "line": line, "form": form}
    return render(request, "cases/correct.html", context, status=422 if form.is_bound else 200)
