"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.programme import views

app_name = "programme"
urlpatterns = [
    path("sak/<uuid:case_id>/program/", views.course, name="course"),
    path("sak/<uuid:case_id>/program/datoer/", views.dates, name="dates"),
    path("sak/<uuid:case_id>/program/sluttmal/", views.end_goal, name="end_goal"),
    path("sak/<uuid:case_id>/program/kartlegging/", views.mapping, name="mapping"),
    path("sak/<uuid:case_id>/program/nav/", views.nav_need, name="nav_need"),
    path("sak/<uuid:case_id>/program/avslutt/", views.end, name="end"),
    path("sak/<uuid:case_id>/program/lukk/", views.close, name="close"),
    path("sak/<uuid:case_id>/program/gjenapne/", views.reopen, name="reopen"),
]
