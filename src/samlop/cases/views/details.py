"""The details of a participant: shown, and changed by right."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from samlop.cases.queries.details import details as read_details
from samlop.core.pages import ViewerRequest, page
from samlop.core.rights import Section
from samlop.people.languages import name_of


@page(section=Section.IDENTITY)
def details(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Who the participant is."""
    case, found = read_details(request.viewer, case_id)
    languages = [(name_of(row.code), row) for row in found.languages]
    return render(request, "cases/details.html", {"case": case, "found": found, "languages": languages})
