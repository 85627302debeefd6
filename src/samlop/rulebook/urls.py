"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("regelboken/", views.contents, name="contents"),
    path("regelboken/gjaldt/", views.on_day, name="on_day"),
    path("regelboken/paragraf/", views.paragraph, name="paragraph"),
    path("regelboken/regelboken.pdf", views.as_pdf, name="pdf"),
    path("regelboken/regn/<slug:calculator>/", views.calculate, name="calculate"),
    path("regelboken/<slug:rule>/", views.rule, name="rule"),
]
