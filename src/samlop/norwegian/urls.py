"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.norwegian import views

app_name = "norwegian"
urlpatterns = [
    path("sak/<uuid:case_id>/norsk/", views.levels, name="levels"),
    path("sak/<uuid:case_id>/norsk/ny/", views.write, name="write"),
    path("sak/<uuid:case_id>/norsk/<uuid:level_id>/ta-tilbake/", views.take_back, name="take_back"),
]
