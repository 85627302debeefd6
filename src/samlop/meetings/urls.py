"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.meetings.views import actions, meeting, planning

MEETING = "sak/<uuid:case_id>/moter/<uuid:meeting_id>/"
ACTION = "sak/<uuid:case_id>/oppgaver/<uuid:action_id>/"

app_name = "meetings"
urlpatterns = [
    path("sak/<uuid:case_id>/moter/", planning.meeting_list, name="list"),
    path("sak/<uuid:case_id>/moter/nytt/<slug:kind>/", planning.new, name="new"),
    path(MEETING, meeting.meeting, name="meeting"),
    path(f"{MEETING}endre/", planning.change, name="change"),
    path(f"{MEETING}avlys/", planning.cancel, name="cancel"),
    path(f"{MEETING}tillegg/", meeting.amend, name="amend"),
    path(f"{MEETING}mote.ics", planning.calendar, name="calendar"),
    path(ACTION, actions.action, name="action"),
    path(f"{ACTION}endre/", actions.change, name="change_action"),
    path(f"{ACTION}gjort/", actions.finish, name="finish"),
    path(f"{ACTION}dropp/", actions.drop, name="drop"),
    path(f"{ACTION}apne/", actions.reopen, name="reopen"),
]
