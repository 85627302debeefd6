"""The list of meetings, a new meeting, changing it, calling it off, and its calendar file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samlop.cooperation.models import TalkKind
from samlop.core.errors import not_found
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Right, Section
from samlop.meetings import commands, queries
from samlop.meetings.calendar import calendar_file
from samlop.meetings.forms import CancelForm, ChangeForm, InviteForm, PlanForm


@page(section=Section.PLAN)
def meeting_list(request: ViewerRequest, case_id: UUID) -> HttpResponse:
    shown = queries.meeting_list(request.viewer, case_id)
    context = {"shown": shown, "case": shown.case, "kinds": list(TalkKind)}
    return render(request, "meetings/list.html", context)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def new(request: ViewerRequest, case_id: UUID, kind: str) -> HttpResponse:
    if kind not in TalkKind.values:
        raise not_found()
    shown = queries.planning(request.viewer, case_id, TalkKind(kind))
    form = PlanForm(request.POST or None, shown=shown)
    if request.method == "POST":
        values: dict[str, Any] = {}
        if form.is_valid():
            typed = form.cleaned_data
            values = {
                "starts_at": typed["starts_at"],
                "length_minutes": typed["length_minutes"],
                "place": typed["place"],
                "section": typed.get("section") or Section.PLAN,
                "interpreter_language": typed.get("interpreter", ""),
                "invited": form.invited(),
                "agenda": form.agenda(),
            }
        if perform(form, commands.plan_meeting, case=case_id, kind=kind, by=request.viewer, **values):
            messages.success(
                request, _("Møtet er planlagt. Last ned kalenderfilen og send den til dem som skal være med.")
            )
            return redirect("meetings:meeting", case_id, form.result.pk)
    status = 422 if form.is_bound else 200
    return render(request, "meetings/new.html", {"shown": shown, "case": shown.case, "form": form}, status=status)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def change(request: ViewerRequest, case_id: UUID, meeting_id: UUID) -> HttpResponse:
    """Time, place and who is invited; two forms, told apart by the button."""
    shown = queries.meeting_page(request.viewer, case_id, meeting_id)
    when = ChangeForm(prefix="when", initial=ChangeForm.initial_of(shown.meeting))
    who = InviteForm(prefix="who", shown=shown)
    if request.method == "POST" and request.POST.get("do") == "who":
        who = InviteForm(request.POST, prefix="who", shown=shown)
        if _invite(request, who, case_id, meeting_id):
            messages.success(request, _("Listen over inviterte er endret. Gi beskjed til dem det gjelder."))
            return redirect("meetings:meeting", case_id, meeting_id)
    elif request.method == "POST":
        when = ChangeForm(request.POST, prefix="when")
        if _move(request, when, case_id, meeting_id):
            messages.success(request, _("Tid og sted er lagret. Last ned kalenderfilen på nytt og send den."))
            return redirect("meetings:meeting", case_id, meeting_id)
    context = {"shown": shown, "case": shown.case, "meeting": shown.meeting, "when": when, "who": who}
    status = next((form.answers for form in (when, who) if form.is_bound), 200)
    return render(request, "meetings/change.html", context, status=status)


def _move(request: ViewerRequest, form: ChangeForm, case_id: UUID, meeting_id: UUID) -> bool:
    values = form.values() if form.is_valid() else {}
    return perform(form, commands.move_meeting, case=case_id, meeting_id=meeting_id, by=request.viewer, **values)


def _invite(request: ViewerRequest, form: InviteForm, case_id: UUID, meeting_id: UUID) -> bool:
    values: dict[str, Any] = {}
    if form.is_valid():
        values = {
            "invited": form.invited(),
            "interpreter_language": form.cleaned_data["interpreter"],
            "seen": form.shown_first(),
        }
    return perform(form, commands.invite, case=case_id, meeting_id=meeting_id, by=request.viewer, **values)


@page(section=Section.PLAN, right=Right.CONTRIBUTE, methods=("GET", "POST"))
def cancel(request: ViewerRequest, case_id: UUID, meeting_id: UUID) -> HttpResponse:
    shown = queries.meeting_page(request.viewer, case_id, meeting_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST":
        why = form.cleaned_data["why"] if form.is_valid() else ""
        if perform(form, commands.cancel_meeting, case=case_id, meeting_id=meeting_id, why=why, by=request.viewer):
            messages.success(request, _("Møtet er avlyst. Last ned kalenderfilen og send den, så forsvinner møtet."))
            return redirect("meetings:meeting", case_id, meeting_id)
    context = {"shown": shown, "case": shown.case, "meeting": shown.meeting, "form": form}
    return render(request, "meetings/cancel.html", context, status=422 if form.is_bound else 200)


@page(section=Section.PLAN)
def calendar(request: ViewerRequest, case_id: UUID, meeting_id: UUID) -> HttpResponse:
    """The meeting as a calendar file for the one who asks."""
    shown = queries.meeting_page(request.viewer, case_id, meeting_id)
    meeting = shown.meeting
    url = request.build_absolute_uri(reverse("meetings:meeting", args=[case_id, meeting_id]))
    own = request.viewer.is_participant
    content = calendar_file(meeting, shown.case.person, request.viewer.user, own=own, url=url)
    method = "CANCEL" if meeting.is_cancelled else "REQUEST"
    answer = HttpResponse(content, content_type=f'text/calendar; charset="utf-8"; method={method}')
    answer["Content-Disposition"] = 'attachment; filename="mote.ics"'
    answer["Cache-Control"] = "private, no-store"
    return answer
