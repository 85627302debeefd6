"""The participant reports own absence, and sees what it means before it is sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.time import today
from samlop.hours.commands.absence import report_absence, take_back_report
from samlop.law.dates import Period
from samlop.portal.absence import Meaning, meaning, own_absence
from samlop.portal.forms import OwnAbsenceForm


@page(signed_in="the participant's own page; others are sent to theirs", methods=("POST",))
def take_back(request: ViewerRequest, absence_id: UUID) -> HttpResponse:
    """Take back what one has told oneself."""
    if not request.viewer.is_participant:
        return redirect("overview:my_day")
    own = own_absence(request.viewer)
    form = HouseForm(request.POST)
    if perform(form, take_back_report, case=own.case.pk, absence_id=absence_id, by=request.viewer):
        messages.success(request, _("Meldingen din er tatt tilbake."))
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("portal:absence")


@page(signed_in="the participant's own page; others are sent to theirs", methods=("GET", "POST"))
def absence(request: ViewerRequest) -> HttpResponse:
    """The first press shows what the absence means, the second sends it."""
    if not request.viewer.is_participant:
        return redirect("overview:my_day")
    own = own_absence(request.viewer)
    form = OwnAbsenceForm(request.POST or None, initial={"first": today()})
    shown: Meaning | None = None
    if request.method == "POST" and form.is_valid():
        typed = form.typed()
        if typed["last"] < typed["first"]:
            form.add_error("last", _("Siste dag kan ikke komme før første dag."))
        elif (typed["last"] - typed["first"]).days > 366:
            form.add_error("last", _("Fraværet kan ikke være lengre enn ett år. Del det opp."))
        elif "send" in request.POST and form.cleaned_data["seen"] == form.mark():
            if perform(form, report_absence, case=own.case.pk, by=request.viewer, **typed):
                messages.success(request, _("Takk. Fraværet er meldt, og alle som trenger det, ser det."))
                return redirect("portal:absence")
        else:
            shown = meaning(own, Period(typed["first"], typed["last"]), typed["hours"], typed["code"])
            typed_again = request.POST.copy()
            typed_again["seen"] = form.mark()
            form.data = typed_again
    context = {"own": own, "case": own.case, "form": form, "meaning": shown}
    return render(request, "portal/absence.html", context, status=422 if form.errors else 200)
