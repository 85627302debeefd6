"""What every page knows: who looks, where one can go, and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samlop.site import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: ``viewer`` or none, ``navigation`` made when asked for, ``demo``, ``languages``."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "navigation": lambda: navigation.menu(viewer, request.path),
        "footer_links": lambda: navigation.footer(viewer, request.path),
        "demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "idle_minutes": settings.IDLE_MINUTES,
    }
