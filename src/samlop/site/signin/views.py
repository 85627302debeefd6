"""Pages of sign-in that are the house's own: demo, sign-out, new password by link, and «Innlogging og sikkerhet»."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cases.vocabulary import CaseStatus
from samlop.core.errors import Refused
from samlop.core.forms import HouseForm
from samlop.core.pages import ViewerRequest, page, perform
from samlop.core.sorting import search_key
from samlop.people.models import User
from samlop.site.demo_people import BY_NAME, DEMO_PEOPLE
from samlop.site.language import remember
from samlop.site.signin import commands, sessions
from samlop.site.signin.forms import ChangePasswordForm, DemoNameForm, NewPasswordForm


def safe_next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this program; else the front page."""
    to = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return to if url_has_allowed_host_and_scheme(to, allowed_hosts=hosts, require_https=request.is_secure()) else "/"


@page(open_to="demo mode: an invented person signs in without a password; does not exist elsewhere", methods=("POST",))
def demo(request: HttpRequest, username: str) -> HttpResponse:
    """Sign one of the demo's fixed people in, or a participant that somebody has registered since, by name."""
    if not settings.DEMO:
        raise Http404
    if username == BY_NAME:
        form = DemoNameForm(request.POST)
        user = _participant_called(form.cleaned_data["name"]) if form.is_valid() else None
        if user is None:
            messages.error(request, _("Vi fant ingen deltaker med det navnet. Skriv hele navnet."))
            return redirect("account_login")
    else:
        user = User.objects.filter(username=username, is_active=True).first() if username in DEMO_PEOPLE else None
    if user is None:
        raise Http404
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    record_authentication(request, user, "demo")
    get_adapter(request).login(request, user)
    response = HttpResponseRedirect(safe_next(request))
    remember(response, user.language)
    return response


def _participant_called(name: str) -> User | None:
    """The account of the participant of that name whose open case is the newest; made if there is none."""
    named = Case.objects.filter(person__search_key=search_key(name), status=CaseStatus.ACTIVE)
    case = named.select_related("person__user").order_by("-registered_at").first()
    if case is None:
        return None
    return commands.open_participant_account(persons=[case.person], by=Viewer.system("demo"))


@never_cache
@page(open_to="signing out", methods=("GET", "POST"))
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out here. A plain visit asks first: a link from elsewhere must not sign anybody out."""
    if request.method != "POST":
        return render(request, "signin/sign_out.html")
    get_adapter(request).logout(request)
    messages.info(request, _("Du er logget ut."))
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache"'
    return response


@never_cache
@page(open_to="tells where to get help", methods=("GET",))
def forgotten(request: HttpRequest) -> HttpResponse:
    """Who has forgotten the password gets a link from those who know them, not from a machine that does not."""
    return render(request, "signin/forgotten.html")


@sensitive_post_parameters("password", "again")
@never_cache
@page(open_to="a personal link with a signature that holds for three days and once", methods=("GET", "POST"))
def new_password(request: HttpRequest, user_id: UUID, token: str) -> HttpResponse:
    """A new password by a personal link: the first one, or after it was forgotten."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "signin/link_over.html", status=404)
    form = NewPasswordForm(request.POST or None, user=user)
    by = Viewer.system("lenke til nytt passord")
    if request.method == "POST" and form.is_valid():
        commands.set_password(user=user, password=form.cleaned_data["password"], by=by)
        messages.success(request, _("Passordet er lagret. Logg inn med det."))
        return redirect("account_login")
    return render(request, "signin/new_password.html", {"form": form, "account": user})


@never_cache
@page(signed_in="one's own sign-in and sessions")
def security(request: ViewerRequest) -> HttpResponse:
    """«Innlogging og sikkerhet»: password, second factor, connected identities, and where one is signed in."""
    user = request.viewer.user
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    kinds = Authenticator.Type
    identities = list(SocialAccount.objects.filter(user=user).order_by("pk"))
    connected = {identity.provider for identity in identities}
    context: dict[str, Any] = {
        "app": next((factor for factor in factors if factor.type == kinds.TOTP), None),
        "passkeys": [factor for factor in factors if factor.type == kinds.WEBAUTHN],
        "codes": next((factor for factor in factors if factor.type == kinds.RECOVERY_CODES), None),
        "passkeys_work": passkeys_work(request),
        "has_password": user.has_usable_password(),
        "identities": [(one, settings.OIDC[one.provider]) for one in identities if one.provider in settings.OIDC],
        "providers": [one for key, one in settings.OIDC.items() if key not in connected],
        "places": sessions.places(user),
        "here": request.session.session_key,
        "must_add": needs_factor(request),
        "once": HouseForm(),
    }
    return render(request, "signin/security.html", context)


def needs_factor(request: Any) -> bool:
    """Whether the person has to add (or use) a second factor before anything else."""
    viewer = request.viewer
    if not settings.REQUIRE_SECOND_FACTOR or not viewer or viewer.is_participant:
        return False
    return not request.session.get(sessions.STRONG)


def passkeys_work(request: HttpRequest) -> bool:
    """Browsers tie passkeys to a name and refuse a bare number such as 127.0.0.1."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return not host.replace(".", "").isdigit() and not host.startswith("[")


@sensitive_post_parameters("current", "password", "again")
@never_cache
@page(signed_in="one's own password", methods=("GET", "POST"))
def change_password(request: ViewerRequest) -> HttpResponse:
    """Change the password; other places where one is signed in end, this one goes on."""
    user = request.viewer.user
    form = ChangePasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        commands.set_password(user=user, password=form.cleaned_data["password"], by=request.viewer)
        update_session_auth_hash(request, user)
        sessions.begin(request, user, "password", strong=bool(request.session.get(sessions.STRONG)))
        messages.success(request, _("Passordet er byttet. Andre steder du var logget inn, er logget ut."))
        return redirect("account:settings")
    return render(request, "signin/change_password.html", {"form": form})


@page(signed_in="one's own sessions", methods=("POST",))
def sign_out_one(request: ViewerRequest, place: UUID) -> HttpResponse:
    """End one of one's own sessions."""
    if perform(
        HouseForm(request.POST), commands.sign_out_one, user=request.viewer.user, place=place, by=request.viewer
    ):
        messages.success(request, _("Du er logget ut der."))
    return redirect("account:settings")


@page(signed_in="one's own sessions", methods=("POST",))
def sign_out_everywhere(request: ViewerRequest) -> HttpResponse:
    """End all of one's own sessions, this one too."""
    commands.sign_out_everywhere(user=request.viewer.user, by=request.viewer)
    get_adapter(request).logout(request)
    messages.info(request, _("Du er logget ut alle steder."))
    return redirect("account_login")


@page(signed_in="one's own connected identities", methods=("POST",))
def disconnect(request: ViewerRequest, key: int) -> HttpResponse:
    """Take a connected identity away."""
    try:
        commands.disconnect_identity(user=request.viewer.user, key=key, by=request.viewer)
        messages.success(request, _("Koblingen er fjernet."))
    except Refused as refusal:
        messages.error(request, refusal.text)
    return redirect("account:settings")


@never_cache
@page(signed_in="tells the page that the person is still there", methods=("POST",))
def still_here(request: ViewerRequest) -> HttpResponse:
    """Called by the page while somebody writes, and by the button «Fortsett»; the middleware has noted it."""
    return HttpResponse("ok", content_type="text/plain")
