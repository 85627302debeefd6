"""The week of a participant: the page, the paper, what full time is, and the calendar's address."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.errors import not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.pdf import pdf_response, render_pdf
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.hours.commands import links, slots
from samlop.hours.counting import monday_of
from samlop.hours.feed import calendar_of, fingerprint_of, new_secret
from samlop.hours.paper import TEMPLATE, paper
from samlop.hours.queries import feed as feeds
from samlop.hours.queries import week as queries
from samlop.hours.timetable import timetable
from samlop.hours.week_forms import Confirm, FullTimeForm
from samlop.hours.wording import week_from_key


def _monday(key: str) -> date:
    found = week_from_key(key)
    if found is None:
        raise not_found()
    return found


def _show(request: ViewerRequest, case_id: UUID, monday: date, status: int = 200, **more: Any) -> HttpResponse:
    """The whole page; a form that was refused is shown as it was typed."""
    shown = queries.week_page(request.viewer, case_id, monday)
    choice = shown.choice
    initial = {
        "own_activity_from": choice.own_activity_from if choice else None,
        "why": choice.own_activity_why if choice else "",
    }
    context = {
        "shown": shown,
        "case": shown.case,
        "columns": timetable(shown.week, shown.groups, shown.marks),
        "this_week": monday_of(today()),
        "today": today(),
        "full_time": FullTimeForm(initial=initial),
        "full_time_reference": "; ".join(dict.fromkeys(held.reference for held in shown.week.week.trace.parameters)),
        **more,
    }
    return render(request, "hours/own_week.html" if shown.own else "hours/week.html", context, status=status)


@page(section=Section.HOURS)
def week(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """This week."""
    return _show(request, case_id, monday_of(today()))


@page(section=Section.HOURS)
def week_of(request: ViewerRequest, case_id: UUID, week: str) -> HttpResponse:
    """Another week («2026-47»)."""
    return _show(request, case_id, _monday(week))


@page(section=Section.HOURS)
def week_pdf(request: ViewerRequest, case_id: UUID, week: str) -> HttpResponse:
    """The week on paper, in the reader's language."""
    shown = queries.week_page(request.viewer, case_id, _monday(week))
    data = paper(shown, language=translation.get_language() or "nb", with_name=True)
    return pdf_response(render_pdf(TEMPLATE, data), f"uke-{week}")


@page(section=Section.HOURS, right=Right.CONTRIBUTE, methods=("POST",))
def full_time(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = FullTimeForm(request.POST)
    values: dict[str, Any] = {"own_activity_from": None, "why": ""}
    if form.is_valid():
        values = {name: form.cleaned_data[name] for name in values} | {"seen": form.shown_first()}
    if perform(form, slots.choose_full_time, case=case_id, by=request.viewer, **values):
        messages.success(request, _("Det er lagret hva som er full tid for deltakeren."))
        return redirect("hours:week", case_id)
    return _show(request, case_id, monday_of(today()), form.answers, full_time=form)


@page(section=Section.HOURS, methods=("POST",))
def make_link(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    """Make the calendar's address and show it, this once."""
    form, secret = Confirm(request.POST), new_secret()
    if not perform(form, links.make_calendar_link, case=case_id, secret=secret, by=request.viewer):
        return _show(request, case_id, monday_of(today()), 422)
    if form.result.fingerprint != fingerprint_of(secret):  # a double click: the address was shown the first time
        messages.info(request, _("Adressen er laget. Så du den ikke, lager du en ny."))
        return redirect("hours:week", case_id)
    address = request.build_absolute_uri(reverse("hours:feed", args=[secret]))
    answer = _show(request, case_id, monday_of(today()), address=address)
    answer["Cache-Control"] = "no-store"
    return answer


@page(section=Section.HOURS, methods=("POST",))
def revoke_link(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    form = Confirm(request.POST)
    if perform(form, links.revoke_calendar_link, case=case_id, by=request.viewer):
        messages.success(request, _("Adressen er stengt. Kalenderen får ikke nye timer lenger."))
        return redirect("hours:week", case_id)
    return _show(request, case_id, monday_of(today()), 422)


@page(open_to="whoever has the secret address; it tells hours without names and can be taken back")
def feed(request: ViewerRequest, secret: str) -> HttpResponse:
    """The hours as a calendar program fetches them. An address that is closed or wrong is not there."""
    program = Viewer.system("kalender")
    found = feeds.calendar_feed(program, secret)
    if found is None:
        text = _("Adressen finnes ikke, eller den er stengt.")
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    links.note_fetched(link=found.link, by=program)
    answer = HttpResponse(
        calendar_of(found.sessions, with_places=found.with_places), content_type='text/calendar; charset="utf-8"'
    )
    answer["Content-Disposition"] = 'inline; filename="uka.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
