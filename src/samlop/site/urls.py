"""Every address of the program: each room's own, and those of the site."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from samlop.cases import urls as cases
from samlop.exchange.api.routes import api
from samlop.exchange.imports import urls as imports
from samlop.site import style, views

ROOMS = (
    "people",
    "access",
    "cooperation",
    "programme",
    "effort",
    "norwegian",
    "plan",
    "meetings",
    "hours",
    "handover",
    "benefit",
    "overview",
    "portal",
    "exchange",
    "rulebook",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("samlop.site.signin.urls")),
    path("sprak/", views.language, name="language"),
    path("rolle/", views.roles, name="roles"),
    path("api/v1/", api.urls),
    # Lists are read a floor above the cases, but the pages belong among theirs (cases:import).
    path("", include((imports.urlpatterns + cases.urlpatterns, "cases"))),
    *(path("", include(f"samlop.{room}.urls")) for room in ROOMS if find_spec(f"samlop.{room}.urls")),
]

handler500 = "samlop.site.requests.failed"

if settings.DEMO:
    urlpatterns.append(path("stil/", style.style, name="style"))
