"""The participant's start page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from samlop.core.pages import ViewerRequest, page
from samlop.core.time import today
from samlop.portal.queries import home as query_home


@page(signed_in="the participant's own page; others are sent to theirs")
def home(request: ViewerRequest) -> HttpResponse:
    """What happens next, in the participant's own case."""
    if not request.viewer.is_participant:
        return redirect("overview:my_day")
    return render(request, "portal/home.html", {"home": query_home(request.viewer), "on": today()})
