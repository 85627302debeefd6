"""My payment: every line in plain words, why, and how to object."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from samlop.benefit.queries.payment import my_payments, my_statement
from samlop.benefit.statement_pdf import statement_pdf
from samlop.benefit.telling import Words, words
from samlop.core.pages import ViewerRequest, page
from samlop.core.pdf import pdf_response


def _language(request: ViewerRequest) -> str:
    """The wanted language («?sprak=en»), else the page's own; any that has words."""
    wanted = request.GET.get("sprak") or (get_language() or "nb")[:2]
    return wanted if wanted in words() else "nb"


def _languages() -> list[Words]:
    """The languages of this page's own switch: only where it has more of them than the program, whose switch is at the
    top of every page."""
    ours = {code for code, _name in settings.LANGUAGES}
    return [] if words().keys() <= ours else list(words().values())


@page(signed_in="the participant's own payments; others are sent to theirs")
def payments(request: ViewerRequest) -> HttpResponse:
    if not request.viewer.is_participant:
        return redirect("overview:my_day")
    language = _language(request)
    found = my_payments(request.viewer, language)
    context = {"found": found, "words": words()[language], "languages_of_page": _languages()}
    return render(request, "portal/payments.html", context)


@page(signed_in="the participant's own payment; others find nothing")
def payment_pdf(request: ViewerRequest, month: str) -> HttpResponse:
    """One payment as PDF."""
    case, statement = my_statement(request.viewer, month)
    return pdf_response(statement_pdf(case, statement, _language(request)), "utbetaling")
