"""What every page declares, and the one way from a form to a command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation import gettext as _

from samlop.core.commands import Policy
from samlop.core.errors import Refused
from samlop.core.forms import HouseForm
from samlop.core.gate import Acting, gate
from samlop.core.rights import Permission, Right, Section


class ViewerRequest(HttpRequest):
    """A request of someone signed in."""

    viewer: Any
    htmx: Any


View = Callable[..., HttpResponse]


class _Decorated(Protocol):
    policy: Policy


def page(
    *,
    section: Section | None = None,
    right: Right = Right.SEE,
    permission: Permission | None = None,
    signed_in: str = "",
    open_to: str = "",
    methods: tuple[str, ...] = ("GET",),
) -> Callable[[View], View]:
    """Declare who may open a view, and refuse the others before it runs.

    One of: ``section`` (a right on a section of the case that the address names as ``case_id``; checked here, and once
    more by the view's query or command), ``permission`` (checked here), ``signed_in`` (why any signed-in person may
    open it), ``open_to`` (why anyone may).
    A test fails on an address whose view declares nothing.
    """
    if sum(map(bool, (section, permission, signed_in, open_to))) != 1:
        raise TypeError("A page declares exactly one of section, permission, signed_in and open_to")

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def run(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponseNotAllowed(methods)
            if open_to:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            if not request.viewer:
                raise Refused(
                    "no_role",
                    _("Du er logget inn, men har ingen rolle i Samløp ennå. Be lederen din om å gi deg en rolle."),
                )
            # The viewer itself, not the proxy that finds it: a long list asks it many thousand times who it is.
            request.viewer = getattr(request.viewer, "_wrapped", request.viewer)
            if permission:
                gate().authorise_permission(request.viewer, permission)
            if section and "case_id" in kwargs:
                gate().open(request.viewer, kwargs["case_id"], section, right)
            return view(request, *args, **kwargs)

        run.policy = Policy(section, right if section else Right.NONE, permission, signed_in or open_to)  # type: ignore[attr-defined]
        run.methods = methods  # type: ignore[attr-defined]
        return run

    return decorate


def _to_sign_in(request: Any) -> HttpResponse:
    """To sign-in, and back afterwards: to this page, or – where it only receives a form – to the page with the form."""
    back = request.get_full_path()
    if getattr(request, "htmx", False):
        back = request.htmx.current_url_abs_path or "/"
    elif request.method not in ("GET", "HEAD"):
        came_from = urlsplit(request.headers.get("referer", ""))
        back = (came_from.path or "/") if came_from.netloc == request.get_host() else "/"
    where = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if getattr(request, "htmx", False):  # the whole page goes there, not the part that was to change
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def perform(form: HouseForm, act: Callable[..., Any], *, by: Acting, **arguments: Any) -> bool:
    """Validate a form and call a command; a refusal lands on the form, with everything that was typed.

    The command gets ``once`` from the form, so that a double click changes nothing twice. What it returned is left in
    ``form.result``. Access refusals are raised on: they are not about what was typed.
    """
    if not form.is_valid():
        return False
    try:
        form.result = act(by=by, once=form.cleaned_data.get("once"), **arguments)
    except Refused as refusal:
        if refusal.status in (403, 404):
            raise
        form.refuse(refusal)
        return False
    return True
