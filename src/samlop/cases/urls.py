"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.cases.views import details, moving, notes, register, staff, team, timeline

app_name = "cases"
urlpatterns = [
    path("kommune/ansatte/", staff.staff, name="staff"),
    path("kommune/ansatte/ny/", staff.add, name="staff_add"),
    path("kommune/ansatte/<uuid:membership_id>/", staff.member, name="staff_member"),
    path("kommune/ansatte/<uuid:membership_id>/slutter/", staff.leave, name="staff_leave"),
    path("kommune/ansatte/<uuid:membership_id>/passord/", staff.password_link, name="staff_password"),
    path("deltakere/ny/", register.register, name="register"),
    path("sak/<uuid:case_id>/opplysninger/", details.show, name="details"),
    path("sak/<uuid:case_id>/opplysninger/kontakt/", details.contact, name="contact"),
    path("sak/<uuid:case_id>/opplysninger/person/", details.person, name="person"),
    path("sak/<uuid:case_id>/opplysninger/familie/", details.family, name="family"),
    path("sak/<uuid:case_id>/opplysninger/tilrettelegging/", details.adaptation, name="needs"),
    path("sak/<uuid:case_id>/opplysninger/avklar/<uuid:suspicion_id>/", details.settle, name="settle"),
    path("sak/<uuid:case_id>/avslutning/", details.close, name="close"),
    path("sak/<uuid:case_id>/notater/", notes.notes, name="notes"),
    path("sak/<uuid:case_id>/flytting/", moving.move, name="move"),
    path("sak/<uuid:case_id>/team/", team.team, name="team"),
    path("sak/<uuid:case_id>/team/<uuid:place_id>/", team.place, name="place"),
    path("sak/<uuid:case_id>/team/<uuid:place_id>/ut/", team.end, name="end_place"),
    path("sak/<uuid:case_id>/tidslinje/", timeline.timeline, name="journal"),
    path("sak/<uuid:case_id>/tidslinje/<int:seq>/rett/", timeline.correct, name="correct"),
]
