"""For whoever is signed in: idle time-out, the demand for a second factor, and pages that no cache keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.site.signin import sessions
from samlop.site.signin.views import needs_factor

UNATTENDED = "X-Unattended"
"""Sent by a page that asks by itself, with nobody there: it must not keep a session alive."""
OPEN_WITHOUT_FACTOR = ("/konto/", "/logg-inn/", "/logg-ut/", "/sprak/")


class SignedInMiddleware:
    """Stands after authentication and before the viewer is used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        if sessions.is_idle(request):
            self._time_out(request)
        elif UNATTENDED not in request.headers:
            sessions.touch(request)
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Before any page but those where it is added: a second factor, where one is demanded."""
        if not settings.REQUIRE_SECOND_FACTOR or request.path.startswith(OPEN_WITHOUT_FACTOR):
            return None
        if not request.user.is_authenticated or not needs_factor(request):
            return None
        if request.path.startswith("/api/"):
            text = _("Logg inn med bekreftelse i to trinn først.")
            return JsonResponse(Refused("no_second_factor", text).as_dict(), status=403)
        return redirect("account:settings")

    def _time_out(self, request: HttpRequest) -> None:
        """Sign out; the page that was asked for then leads to sign-in and back, and the tab keeps what was typed."""
        get_adapter(request).logout(request)
        messages.info(
            request,
            _(
                "Du er logget ut fordi det ikke skjedde noe på %(minutes)s minutter. "
                "Logg inn igjen, så kommer du tilbake til siden. Det du skrev, er tatt vare på i denne fanen."
            )
            % {"minutes": settings.IDLE_MINUTES},
        )
