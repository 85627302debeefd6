"""What every page knows: who looks, and whether this is the demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Context of every template: ``viewer`` (or none) and ``demo``."""
    return {"viewer": getattr(request, "viewer", None), "demo": settings.DEMO}
