"""Round every request: an id to find it again by, a line in the log, headers for safety, a page for what failed."""

from __future__ import annotations

import re
import sys
import time
import uuid
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from samlop.site.logs import faulty_places

log = structlog.get_logger("samlop.request")

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
HEADERS = {
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
}
RETRY_SECONDS = 5


class RequestMiddleware:
    """``request.request_id`` is taken from ``X-Request-ID`` (a proxy's) or made, and given back in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = request_id  # type: ignore[attr-defined]
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            self._log(request, response, time.perf_counter() - started)
        response["X-Request-ID"] = request_id
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _log(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        """The route, not the address: an address can hold a personal link, and a query what somebody searched for."""
        match = request.resolver_match
        user = getattr(request, "_cached_user", None)  # only if it was needed; never fetched for the log
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            user=str(user.pk) if user is not None and user.pk else None,
            token=getattr(request, "api_token", None),
        )


def failed(request: HttpRequest) -> HttpResponse:
    """Answers an exception nobody caught (``handler500``): «not now» when the database is away, else «our fault»."""
    fault = sys.exc_info()
    away = isinstance(fault[1], OperationalError | InterfaceError)
    log.error("database_away" if away else "failed", **faulty_places(fault))
    request_id = getattr(request, "request_id", "")
    if request.path.startswith("/api/"):
        text = _("Samløp er opptatt akkurat nå. Prøv igjen om litt.") if away else _("Noe gikk galt hos oss.")
        content = {"error": "unavailable" if away else "failed", "field": None, "message": text, "request": request_id}
        response: HttpResponse = JsonResponse(content)
    else:
        response = HttpResponse(render_to_string("503.html" if away else "500.html", {"request_id": request_id}))
    response.status_code = 503 if away else 500
    if away:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response
