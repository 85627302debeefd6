"""The end of the programme: the certificate of participation, and what is noted afterwards."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.pdf import pdf_response, render_pdf
from samlop.core.rights import Right, Section
from samlop.programme import commands
from samlop.programme.certificate import TEMPLATE
from samlop.programme.certificate import certificate as read_certificate
from samlop.programme.decision_forms import DayForm
from samlop.programme.views.course import show


@page(section=Section.PROGRAMME)
def certificate(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The certificate as a PDF."""
    return pdf_response(render_pdf(TEMPLATE, read_certificate(request.viewer, case_id)), "deltakerbevis")


def _note(request: ViewerRequest, case_id: UUID, name: str, act: Any, argument: str) -> HttpResponse:
    form = DayForm(request.POST, prefix=name)
    given = {argument: form.cleaned_data["on"]} if form.is_valid() else {}
    if perform(form, act, case=case_id, by=request.viewer, **given):
        messages.success(request, _("Notert."))
        return redirect("programme:course", case_id)
    return show(request, case_id, 422, **{name: form})


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def end_registered(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _note(request, case_id, "end_registered", commands.note_end_registered, "registered_on")


@page(section=Section.PROGRAMME, right=Right.CONTRIBUTE, methods=("POST",))
def certificate_given(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    return _note(request, case_id, "certificate_given", commands.note_certificate_given, "given_on")
