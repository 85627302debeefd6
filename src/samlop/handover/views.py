"""The handover page and the package."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.pdf import pdf_response
from samlop.core.rights import Right, Section
from samlop.handover import commands, queries
from samlop.handover.forms import ChecklistForm, FactsForm, ReopenForm
from samlop.handover.package_pdf import LANGUAGES, package_pdf

HERE = "handover:handover"


def _show(request: ViewerRequest, case_id: UUID, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed.

    Before the time has come it says what it is for, and the form is there for those who ask for it («?skriv»).
    """
    shown = queries.handover_page(request.viewer, case_id)
    forms = {
        "facts": FactsForm(shown=shown),
        "checklist": ChecklistForm(prefix="check", shown=shown),
        "reopen": ReopenForm(prefix="reopen"),
    }
    clash = any(form.has_error("__all__", "changed_meanwhile") for form in bound.values())
    context = {
        "shown": shown,
        "case": shown.case,
        "handover": shown.handover,
        "course": shown.course,
        "forms": forms | bound,
        "bound": list(bound.values()),
        "theirs": shown.handover if clash else None,
        "early": shown.is_early and not bound and not (shown.may_write and "skriv" in request.GET),
    }
    return render(request, "handover/handover.html", context, status=409 if clash else status)


@page(section=Section.PROGRAMME)
def handover(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _show(request, case_id)


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def write(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Everything on the page is one form: both buttons save what is typed, one of them then completes."""
    typed = request.POST.copy()
    shown = queries.handover_page(request.viewer, case_id)
    facts, checklist = FactsForm(typed, shown=shown), ChecklistForm(typed, prefix="check", shown=shown)
    if not (facts.is_valid() and checklist.is_valid()):
        return _show(request, case_id, 422, facts=facts, checklist=checklist)
    by, revision = request.viewer, facts.cleaned_data["revision"]
    saved = not facts.is_written_in or perform(
        facts, commands.write_handover, case=case_id, facts=facts.facts(), revision=revision, by=by
    )
    if saved:
        if facts.result is not None:
            typed["revision"] = str(facts.result.revision)
        marks = {"marks": checklist.marks(), "seen": checklist.marks_seen()}
        saved = perform(checklist, commands.mark_checklist, case=case_id, by=by, **marks)
    else:
        # After a clash both versions are on the page: saving once more is a choice made with open eyes.
        typed["revision"] = str(shown.handover.revision)
    if saved and request.POST.get("do") == "complete":
        saved = perform(facts, commands.complete_handover, case=case_id, by=by)
        if saved:
            messages.success(request, _("Overføringen er fullført."))
    elif saved:
        messages.success(request, _("Overføringen er lagret."))
    if saved:
        return redirect(HERE, case_id)
    status = checklist.answers if checklist.errors else 422
    return _show(request, case_id, status, facts=facts, checklist=checklist)


@page(section=Section.PROGRAMME)
def package(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The package as PDF, in the wanted language («?sprak=en»), else the reader's own."""
    wanted = request.GET.get("sprak") or get_language() or "nb"
    language = wanted if wanted in LANGUAGES else "nb"
    content = package_pdf(queries.package(request.viewer, case_id), request.viewer, language)
    return pdf_response(content, "overforing")


@page(section=Section.PROGRAMME, right=Right.MANAGE, methods=("POST",))
def reopen(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = ReopenForm(request.POST, prefix="reopen")
    why = form.cleaned_data["why"] if form.is_valid() else ""
    if perform(form, commands.reopen_handover, case=case_id, why=why, by=request.viewer):
        messages.success(request, _("Overføringen er åpnet igjen."))
        return redirect(HERE, case_id)
    return _show(request, case_id, 422, reopen=form)
