"""The municipality's year: the page, marking days, and one week over all participants."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.core.errors import Refused, not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.hours.commands import calendar as commands
from samlop.hours.periods import MarkedPeriod, read_periods
from samlop.hours.queries import calendar as queries
from samlop.hours.stood import year_token
from samlop.hours.week_forms import DaysForm, UnmarkForm
from samlop.hours.wording import week_from_key

STAFF = "those who work in a municipality see its year; the query shows only participants whose hours they may see"


@page(signed_in=STAFF)
def now(request: ViewerRequest) -> HttpResponse:
    """To this year."""
    return redirect("hours:year", today().year)


def _show(request: ViewerRequest, year: int, status: int = 200, **bound: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    shown = queries.year_page(request.viewer, year)
    first = {"stood": year_token(shown.municipality.pk, year)} if shown.may_change else {}
    forms = {
        "mark": DaysForm(prefix="mark", units=shown.units, initial=first),
        "unmark": UnmarkForm(prefix="unmark", units=shown.units, initial=first),
    }
    context = {"shown": shown, "check": shown.check, "year": year, "forms": forms | bound, "bound": bound.values()}
    return render(request, "hours/year.html", context, status=status)


@page(signed_in=STAFF)
def year(request: ViewerRequest, year: int) -> HttpResponse:
    return _show(request, year)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def mark(request: ViewerRequest, year: int) -> HttpResponse:
    """Mark the days that were typed or pasted; a line that cannot be read is named and nothing is marked."""
    form = DaysForm(request.POST, prefix="mark", units=queries.year_page(request.viewer, year).units)
    periods: list[MarkedPeriod] = []
    if form.is_valid():
        try:
            periods = read_periods(form.cleaned_data["text"], year, form.cleaned_data["kind"])
        except Refused as refusal:
            form.refuse(refusal)
    unit = form.unit_id() if form.is_valid() else None
    if perform(form, commands.mark_days, periods=periods, unit_id=unit, seen=form.seen, by=request.viewer):
        text = ngettext("%(days)s dag er merket.", "%(days)s dager er merket.", form.result)
        messages.success(request, text % {"days": form.result})
        return redirect("hours:year", year)
    return _show(request, year, form.answers, mark=form)


@page(permission=Permission.CONFIGURE, methods=("POST",))
def unmark(request: ViewerRequest, year: int) -> HttpResponse:
    form = UnmarkForm(request.POST, prefix="unmark", units=queries.year_page(request.viewer, year).units)
    values: dict[str, Any] = {"first": None, "last": None}
    if form.is_valid():
        values = {"first": form.cleaned_data["first_day"], "last": form.cleaned_data["last_day"]}
        values |= {"unit_id": form.unit_id(), "seen": form.seen}
    if perform(form, commands.unmark_days, by=request.viewer, **values):
        messages.success(request, _("Merkene er fjernet."))
        return redirect("hours:year", year)
    return _show(request, year, form.answers, unmark=form)


@page(signed_in=STAFF)
def week_of_year(request: ViewerRequest, week: str) -> HttpResponse:
    """Who is short in a week."""
    monday = week_from_key(week)
    if monday is None:
        raise not_found()
    shown = queries.week_of_year(request.viewer, monday)
    return render(request, "hours/week_of_year.html", {"shown": shown})
