"""The line on the page and as PDF."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

from samlop.core.pages import ViewerRequest, page
from samlop.core.pdf import pdf_response, render_pdf
from samlop.core.rights import Section
from samlop.plan import queries
from samlop.plan.line import drawing
from samlop.plan.line.paper import TEMPLATE, paper
from samlop.plan.line.stations import in_words

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@page(section=Section.PLAN)
def pdf(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The line as PDF in bokmål, nynorsk or English (``sprak``), with the participant's own words beside."""
    asked = request.GET.get("sprak", "")
    language = asked if asked in LANGUAGES else translation.get_language() or LANGUAGES[0]
    with translation.override(language):
        found = queries.plan_line(request.viewer, case_id)
        data = paper(
            found.line,
            language=language,
            name=found.name,
            participant=found.participant,
            version=found.version.number if found.version else None,
        )
        # The name of the file ends up in download folders: it says what it is, not of whom.
        return pdf_response(render_pdf(TEMPLATE, data), f"veien-til-malet-{language}")


@page(section=Section.PLAN)
def line(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """The plan as a picture, with the same in words below."""
    found = queries.plan_line(request.viewer, case_id)
    context = {
        "case": found.case,
        "found": found,
        "wide": drawing.wide(found.line),
        "tall": drawing.tall(found.line),
        "in_words": in_words(found.line),
    }
    return render(request, "plan/line.html", context)
