"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.handover import views

HERE = "sak/<uuid:case_id>/overforing/"

app_name = "handover"
urlpatterns = [
    path(HERE, views.handover, name="handover"),
    path(f"{HERE}pakke.pdf", views.package, name="package"),
    path(f"{HERE}skriv/", views.write, name="write"),
    path(f"{HERE}apne/", views.reopen, name="reopen"),
]
