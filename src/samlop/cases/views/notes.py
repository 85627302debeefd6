"""Notes for named persons."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.cases.commands.needs import add_note
from samlop.cases.forms.details import NoteForm
from samlop.cases.queries.notes import notes as read_notes
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Section


@page(section=Section.RESTRICTED, methods=("GET", "POST"))
def notes(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Those the viewer is named in, and a form for a new one."""
    case, found = read_notes(request.viewer, case_id)
    form = None
    if found.may_write:
        people = [(str(user.pk), user.name) for user in found.people if user.pk != request.viewer.user_id]
        form = NoteForm(request.POST or None, people=people)
        if request.method == "POST":
            given = (
                {
                    "text": form.cleaned_data["text"],
                    "readers": [UUID(key) for key in form.cleaned_data["readers"]],
                }
                if form.is_valid()
                else {}
            )
            if perform(form, add_note, by=request.viewer, case=case_id, **given):
                messages.success(request, _("Notatet er lagret."))
                return redirect("cases:notes", case_id)
    context = {"case": case, "found": found, "form": form}
    return render(request, "cases/notes.html", context, status=422 if form and form.is_bound else 200)
