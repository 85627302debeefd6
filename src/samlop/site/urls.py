"""Every address of the program."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from samlop.site import style, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sprak/", views.language, name="language"),
    path("rolle/", views.roles, name="roles"),
]

if settings.DEMO:
    urlpatterns.append(path("stil/", style.style, name="style"))
