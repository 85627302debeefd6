"""Puts the viewer on the request, turns refusals into answers, and writes the reading log before the answer leaves."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from samlop.access.commands import record_readings
from samlop.access.models import Taken
from samlop.access.session import viewer_of
from samlop.access.viewer import Viewer
from samlop.core.errors import Refused


class ViewerMiddleware:
    """``request.viewer`` is the acting viewer, or none for those not signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        self._remember_readings(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse(exception.as_dict(), status=exception.status)
        return render(request, "refused.html", {"refusal": exception}, status=exception.status)

    def _remember_readings(self, request: HttpRequest, response: HttpResponse) -> None:
        viewer = request.viewer  # type: ignore[attr-defined]
        wrapped = getattr(viewer, "_wrapped", viewer)
        if isinstance(wrapped, Viewer) and wrapped.seen:
            record_readings(viewer=wrapped, taken=_taken(request, response))


def _taken(request: HttpRequest, response: HttpResponse) -> Taken:
    """Whether what was opened was shown on a page or left as a file: told by the answer, whatever room made it."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind == "application/pdf":
        return Taken.PDF
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        return Taken.SHEET if "spreadsheet" in kind else Taken.FILE
    return Taken.SYSTEM if request.path.startswith("/api/") and kind == "application/json" else Taken.PAGE
