"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samlop.cooperation import views

app_name = "cooperation"
urlpatterns = [
    path("kommune/oppsett/", views.arrangement, name="arrangement"),
    path("kommune/oppsett/perioder/", views.periods, name="periods"),
    path("kommune/oppsett/modell/", views.model, name="model"),
    path("kommune/oppsett/ansvar/", views.owners, name="owners"),
    path("kommune/oppsett/samtaler/forslag/<slug:code>/", views.talk_preset, name="talk_preset"),
    path("kommune/oppsett/samtaler/ny/", views.add_rule, name="add_rule"),
    path("kommune/oppsett/samtaler/<uuid:rule_id>/fjern/", views.remove_rule, name="remove_rule"),
]
