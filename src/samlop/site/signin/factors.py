"""The library's pages for the second factor, declared as the house's pages are."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from samlop.core.pages import page
from samlop.people.models import User
from samlop.site.demo_people import DEMO_PEOPLE
from samlop.site.signin import oidc, sessions
from samlop.site.signin.views import passkeys_work

BOTH = ("GET", "POST")
BEFORE = "sign-in itself"
OWN = "one's own second factor; asks for proof again before a change"


class SignIn(account.LoginView):
    """The sign-in page: password, passkey, providers, and in the demo its people."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["providers"] = settings.OIDC.values()
        context["passkeys_work"] = passkeys_work(self.request)
        context["next"] = self.request.POST.get(REDIRECT_FIELD_NAME) or self.request.GET.get(REDIRECT_FIELD_NAME, "")
        if settings.DEMO:
            there = dict(User.objects.filter(username__in=DEMO_PEOPLE).values_list("username", "name"))
            context["demo_people"] = [(key, there[key], who) for key, who in DEMO_PEOPLE.items() if key in there]
        return context


class AddPasskey(webauthn.AddWebAuthnView):
    """A new passkey: always one that can be used alone, so the browser is asked to keep it and to check the holder."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["js_data"] = {"creation_options": auth.begin_registration(self.request.user, True)}
        return context

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session[sessions.STRONG] = True
        return response


class ActivateApp(totp.ActivateTOTPView):
    """A new app for codes; who has just shown a code from it has used a second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session[sessions.STRONG] = True
        return response


@page(open_to=BEFORE, methods=("POST",))
def provider_start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the provider: to sign in, or – for one who is signed in and has just proved it – to connect the identity."""
    if request.GET.get("process") not in (None, "connect"):
        raise Http404
    if request.GET.get("process") == "connect":
        raise_if_reauthentication_required(request, app="")
    return oidc.start(request, provider_id)


@page(open_to=BEFORE)
def provider_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider."""
    return oidc.answer(request, provider_id)


@page(open_to=BEFORE)
def inactive(request: HttpRequest) -> HttpResponse:
    """The account is closed."""
    return render(request, "account/account_inactive.html", status=403)


sign_in = page(open_to=BEFORE, methods=BOTH)(SignIn.as_view())
sign_in_passkey = page(open_to=BEFORE, methods=BOTH)(webauthn.login_webauthn)
second_step = page(open_to=BEFORE, methods=BOTH)(base.authenticate)

again_password = page(signed_in=OWN, methods=BOTH)(account.reauthenticate)
again_code = page(signed_in=OWN, methods=BOTH)(base.reauthenticate)
again_passkey = page(signed_in=OWN, methods=BOTH)(webauthn.reauthenticate_webauthn)
app_on = page(signed_in=OWN, methods=BOTH)(ActivateApp.as_view())
app_off = page(signed_in=OWN, methods=BOTH)(totp.deactivate_totp)
codes_show = page(signed_in=OWN)(codes.view_recovery_codes)
codes_new = page(signed_in=OWN, methods=BOTH)(codes.generate_recovery_codes)
passkey_add = page(signed_in=OWN, methods=BOTH)(AddPasskey.as_view())
passkey_remove = page(signed_in=OWN, methods=BOTH)(webauthn.remove_webauthn)
passkey_rename = page(signed_in=OWN, methods=BOTH)(webauthn.edit_webauthn)
