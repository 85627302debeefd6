"""Addresses of the room; those of lists stand among the pages of cases, and the API has its own (``site.urls``)."""

from __future__ import annotations

from django.urls import path

from samlop.exchange.tokens import views

app_name = "exchange"
urlpatterns = [
    path("nokler/", views.listed, name="tokens"),
    path("nokler/<uuid:token_id>/trekk/", views.revoke, name="revoke_token"),
]
