"""The page where a leader looks after the tokens of other systems."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.access.tokens import CALLS
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.rights import Permission
from samlop.core.time import today
from samlop.exchange.tokens.commands import make_token, revoke_token
from samlop.exchange.tokens.forms import TokenForm
from samlop.exchange.tokens.queries import tokens, units_for_tokens


@page(permission=Permission.MANAGE_UNITS, methods=("GET", "POST"))
def listed(request: ViewerRequest) -> HttpResponse:
    """The tokens of one's units, and a form for a new one.

    The answer to a new token is the page itself, not a redirect: the secret is shown this once and kept nowhere, and so
    cannot wait in a session.
    """
    units = units_for_tokens(request.viewer)
    form = TokenForm(request.POST or None, units=units, giver=request.viewer.role)
    made: Any = None
    if request.method == "POST" and perform(form, make_token, by=request.viewer, **_given(form)):
        made, form = form.result, TokenForm(units=units, giver=request.viewer.role)
    context = {
        "form": form,
        "made": made,
        "secret": getattr(made, "secret", ""),
        "tokens": tokens(request.viewer, today()),
        "calls": CALLS,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    answer = render(request, "exchange/tokens.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _given(form: TokenForm) -> dict[str, Any]:
    if not form.is_valid():
        return {}
    unit, role = form.cleaned_data["place"]
    names = ("name", "purpose", "sees", "writes", "valid_from", "valid_to")
    return {"unit": unit, "role": role} | {name: form.cleaned_data[name] for name in names}


@page(permission=Permission.MANAGE_UNITS, methods=("POST",))
def revoke(request: ViewerRequest, token_id: UUID) -> HttpResponse:
    """Take a token back."""
    row = revoke_token(token=token_id, by=request.viewer)
    messages.success(
        request, _("Nøkkelen til %(name)s er trukket tilbake. Den virker ikke lenger.") % {"name": row.name}
    )
    return redirect("exchange:tokens")
