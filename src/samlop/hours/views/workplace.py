"""The work place's page without sign-in, and the page of a case where links are made and revoked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.errors import Refused, not_found
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.hours.commands import workplace as commands
from samlop.hours.forms.workplace import LinkForm, WeekForm
from samlop.hours.models import WorkPlaceLink
from samlop.hours.queries import workplace as queries
from samlop.hours.work_places import address_of, count_try, hashed, link_of, new_token, weeks_of


@page(section=Section.HOURS)
def work_place(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Links and what the work places have said."""
    return _show(request, case_id)


def _show(request: ViewerRequest, case_id: UUID, status: int = 200, **more: Any) -> HttpResponse:
    shown = queries.work_place(request.viewer, case_id)
    form = LinkForm(initial={"valid_from": today(), "valid_to": today() + timedelta(days=91)})
    context = {"shown": shown, "case": shown.case, "form": form, "on": today()} | more
    return render(request, "hours/work_place.html", context, status=status)


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def make_link(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Make a link. It is shown once, here; only its hash is kept."""
    form = LinkForm(request.POST)
    token, values = new_token(), {}
    if form.is_valid():
        values = {key: value for key, value in form.cleaned_data.items() if key != "once"}
    if not perform(form, commands.make_link, case=case_id, token=token, by=request.viewer, **values):
        return _show(request, case_id, 422, form=form)
    if form.result.token_hash != hashed(token):
        # The same form sent twice: the first answer had the link, and it cannot be shown again.
        messages.warning(
            request, _("Lenken er allerede laget. Trekk den tilbake og lag en ny om du ikke fikk den med deg.")
        )
        return redirect("hours:work_place", case_id)
    address = request.build_absolute_uri(reverse("hours:confirm", args=[token]))
    answer = _show(request, case_id, link=address, made=form.result)
    answer["Cache-Control"] = "no-store"
    return answer


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def revoke(request: ViewerRequest, case_id: UUID, link_id: UUID) -> HttpResponse:
    form = HouseForm(request.POST)
    if not perform(form, commands.revoke_link, case=case_id, link_id=link_id, by=request.viewer):
        raise Refused("not_saved", " ".join(str(one) for one in form.non_field_errors()))
    messages.success(request, _("Lenken virker ikke lenger. Det arbeidsplassen har bekreftet, står."))
    return redirect("hours:work_place", case_id)


@page(open_to="whoever holds a work place's link; the secret in the address is the key, and tries are limited")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The weeks of the link."""
    link = _held(request, token)
    return _quiet(render(request, "hours/confirm.html", {"link": link, "weeks": weeks_of(link), "token": token}))


@page(open_to="whoever holds a work place's link; the secret in the address is the key", methods=("GET", "POST"))
def confirm_week(request: HttpRequest, token: str, day: date) -> HttpResponse:
    """One week, whose Monday is in the address."""
    link = _held(request, token)
    weeks = weeks_of(link, day, day + timedelta(days=6)) if day.isoweekday() == 1 else []
    if not weeks or not weeks[0].open_days:
        raise not_found()
    form = WeekForm(request.POST or None, days=weeks[0].open_days)
    if request.method == "POST":
        present = form.present() if form.is_valid() else {}
        by = Viewer.system(f"{link.contact}, {link.work_place}")
        if perform(form, commands.say_week, token=token, monday=day, present=present, by=by):
            messages.success(request, _("Takk! Timene er lagret."))
            return _quiet(redirect("hours:confirm", token))
    context = {"link": link, "week": weeks[0], "form": form, "token": token}
    return _quiet(render(request, "hours/confirm_week.html", context, status=422 if form.errors else 200))


def _held(request: HttpRequest, token: str) -> WorkPlaceLink:
    """The link of a secret. Raises ``Refused``: the same for one that is over as for one that never was."""
    count_try(address_of(request))
    link = link_of(token)
    if link is None:
        raise Refused("not_found", _("Lenken virker ikke. Den kan ha gått ut. Be kommunen om en ny."))
    return link


def _quiet(answer: HttpResponse) -> HttpResponse:
    """Never indexed, never kept, never told to another site as where somebody came from."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"  # «no-referrer» would take the origin from the form too, and CSRF with it
    return answer
