"""Pages of the shell itself: language, choice of role, the style page, and what is shown when something is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from samlop.access.session import AS_PARTICIPANT, choices
from samlop.core.pages import ViewerRequest, page
from samlop.site.language import LANGUAGES, remember
from samlop.site.signin.commands import choose_language


@page(open_to="the language of the pages says nothing about anybody", methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages; back to where one was."""
    response = HttpResponseRedirect(back(request))
    chosen = request.POST.get("language", "")
    remember(response, chosen)
    viewer = getattr(request, "viewer", None)
    if viewer and viewer.user.language != chosen and chosen in LANGUAGES:
        choose_language(user=viewer.user, language=chosen, by=viewer)
    return response


@page(signed_in="one's own roles")
def roles(request: ViewerRequest) -> HttpResponse:
    """The roles one can act in; as a fragment when the menu of the page asks for it."""
    membership = request.viewer.membership
    acting = str(membership.pk) if membership else AS_PARTICIPANT
    context = {"choices": choices(request.viewer.signed_in), "acting": acting, "next": request.GET.get("next", "/")}
    return render(request, "roles.html#choices" if request.htmx else "roles.html", context)


def back(request: HttpRequest) -> str:
    """Where a small form came from (its ``next``), if that is a page of this program."""
    to = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if here else "/"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or comes from elsewhere. Nothing was saved, and nothing typed is gone."""
    return render(request, "403_csrf.html", {"path": request.path}, status=403)
