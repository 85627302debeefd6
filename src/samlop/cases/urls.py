"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.cases.views import details, register, team, timeline

app_name = "cases"
urlpatterns = [
    path("deltakere/ny/", register.register, name="register"),
    path("sak/<uuid:case_id>/opplysninger/", details.details, name="details"),
    path("sak/<uuid:case_id>/team/", team.team, name="team"),
    path("sak/<uuid:case_id>/team/<uuid:place_id>/", team.place, name="place"),
    path("sak/<uuid:case_id>/team/<uuid:place_id>/ut/", team.end, name="end_place"),
    path("sak/<uuid:case_id>/tidslinje/", timeline.timeline, name="journal"),
    path("sak/<uuid:case_id>/tidslinje/<int:seq>/rett/", timeline.correct, name="correct"),
]
