"""Addresses of lists that are read in; they stand among those of the cases (see ``site/urls.py``)."""

from __future__ import annotations

from django.urls import path

from samlop.exchange.imports import views

urlpatterns = [
    path("deltakere/import/", views.upload, name="import"),
    path("deltakere/import/mal.xlsx", views.template_file, name="import_template"),
    path("deltakere/import/<uuid:run_id>/", views.run, name="import_run"),
    path("deltakere/import/<uuid:run_id>/framdrift/", views.progress, name="import_progress"),
    path("deltakere/import/<uuid:run_id>/start/", views.start, name="import_start"),
    path("deltakere/import/<uuid:run_id>/slett/", views.discard, name="import_discard"),
]
