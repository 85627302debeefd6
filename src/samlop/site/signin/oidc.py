"""Sign-in through an OpenID provider, stricter than the library that carries it.

django-allauth does state, PKCE, discovery and the exchange of the code. Here the identity token's signature, issuer,
audience, time, nonce and level of assurance are checked, and it is decided who the person is. Of what the provider
tells, only its pseudonym for the person (``sub``) is kept; a national identity number is compared and forgotten.
"""

from __future__ import annotations

import secrets
from typing import Any, NoReturn

import jwt
import requests
import structlog
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.core.errors import Refused
from samlop.people.models import Person, PersonIdentifier, User
from samlop.people.vocabulary import IdentifierKind
from samlop.site.signin.commands import connect_identity, open_participant_account
from samlop.site.signin.providers import Provider

log = structlog.get_logger("samlop.signin")

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY = 30  # seconds that two clocks may differ


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Checks the identity token although it came straight from the provider."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        if self.openid_config.get("issuer", "").rstrip("/") != app.settings["server_url"].rstrip("/"):
            raise OAuth2Error("issuer")
        try:
            return jwt.decode(
                id_token,
                self._key(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error(type(error).__name__) from error

    def _key(self, id_token: str) -> Any:
        """The provider's public key that the token says it is signed with."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        wanted = jwt.get_unverified_header(id_token).get("kid")
        keys = jwt.PyJWKSet.from_dict(response.json()).keys
        found = [key for key in keys if key.key_id == wanted or (wanted is None and len(keys) == 1)]
        if not found:
            raise OAuth2Error("unknown key")
        return found[0]


class StrictProvider(OpenIDConnectProvider):
    """A provider as the environment names it; nothing in the browser's address changes what is asked for."""

    oauth2_adapter_class = StrictAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: Any) -> dict[str, Any]:
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """What goes to the provider; the nonce also stays in the session, to be compared with the one in the answer."""
        kwargs: dict[str, Any] = super().get_redirect_from_request_kwargs(request)
        kwargs["nonce"] = secrets.token_urlsafe(24)
        kwargs["auth_params"]["nonce"] = kwargs["nonce"]
        return kwargs

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        return {}  # is stored: nothing

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Any) -> list[Any]:
        return []

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> Any:
        login = super().sociallogin_from_response(request, response)
        login.claims = response["id_token"]  # in memory, for ``recognise``
        return login


def start(request: HttpRequest, key: str) -> HttpResponse:
    """Send the browser to the provider. Raises ``Http404`` for one the environment does not name.

    By a page that goes on by itself, not by a redirect: the content security policy lets our forms lead nowhere but to
    ourselves, and browsers hold redirects to that too.
    """
    found = _with(OAuth2LoginView, request, key)
    if found.status_code != 302:
        return found
    context = {"provider": settings.OIDC[key], "where": found["Location"]}
    return render(request, "signin/to_provider.html", context)


def answer(request: HttpRequest, key: str) -> HttpResponse:
    """The browser is back from the provider."""
    return _with(OAuth2CallbackView, request, key)


def _with(view: Any, request: HttpRequest, key: str) -> HttpResponse:
    if key not in settings.OIDC:
        raise Http404
    try:
        found: HttpResponse = view.adapter_view(StrictAdapter(request, key))(request)
    except (requests.RequestException, OAuth2Error, KeyError, ValueError) as error:
        # The provider is down, or answers something else than an OpenID provider does.
        log.warning("signin.oidc_failed", provider=key, reason=type(error).__name__)
        return _page(request, settings.OIDC[key], _FAILED, status=502)
    return found


def recognise(request: HttpRequest, login: Any) -> None:
    """Decide who a person is that a provider has identified; ends the sign-in with a page when that cannot be said."""
    provider: Provider = settings.OIDC[login.account.provider]
    claims, login.claims, login.token = login.claims, None, None
    if fault := _fault(provider, claims, login.state):
        log.warning("signin.oidc_refused", provider=provider.key, reason=fault)
        _stop(request, provider, _UNSAFE, status=403)
    if login.state.get("process") == "connect":
        _connect(request, provider, claims["sub"])
    user = login.user if login.is_existing else _match(provider, claims)
    if user is None or not user.is_active:
        log.warning("signin.oidc_refused", provider=provider.key, reason="unknown" if user is None else "inactive")
        _stop(request, provider, _UNKNOWN, status=403)
    connect_identity(user=user, provider=provider.key, subject=claims["sub"], by=Viewer.system("innlogging"))
    login.user = user
    login.account = SocialAccount.objects.get(provider=provider.key, uid=claims["sub"])


def explain(request: HttpRequest, provider: Any, error: Any, exception: Exception | None) -> NoReturn:
    """The page for a sign-in that did not come through; the log gets the kind of fault, never what was sent."""
    chosen = settings.OIDC[provider.app.provider_id]
    cancelled = str(getattr(error, "value", error)) == "cancelled"
    reason = type(exception).__name__ if exception is not None else str(getattr(error, "value", error))
    log.warning("signin.oidc_failed", provider=chosen.key, reason=reason)
    _stop(request, chosen, _CANCELLED if cancelled else _FAILED, status=200 if cancelled else 502)


_UNSAFE, _UNKNOWN, _CANCELLED, _FAILED = "unsafe", "unknown", "cancelled", "failed"


def _stop(request: HttpRequest, provider: Provider, why: str, *, status: int) -> NoReturn:
    raise ImmediateHttpResponse(_page(request, provider, why, status=status))


def _page(request: HttpRequest, provider: Provider, why: str, *, status: int) -> HttpResponse:
    return render(request, "signin/identity_refused.html", {"provider": provider, "why": why}, status=status)


def _fault(provider: Provider, claims: dict[str, Any], state: dict[str, Any]) -> str:
    """What is wrong with a signed answer, in a word for the log; nothing when it is the answer to what we asked."""
    if not state.get("nonce") or not secrets.compare_digest(str(claims.get("nonce", "")), state["nonce"]):
        return "nonce"
    if claims.get("azp", provider.client_id) != provider.client_id:
        return "azp"
    if provider.acr and claims.get("acr") not in provider.acr:
        return "acr"
    if provider.amr and not set(claims.get("amr") or ()) & set(provider.amr):
        return "amr"
    return ""


def _connect(request: HttpRequest, provider: Provider, subject: str) -> NoReturn:
    """The signed-in person connects the identity to their own account."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if not viewer or viewer.user is None:
        _stop(request, provider, _FAILED, status=403)
    try:
        connect_identity(user=viewer.user, provider=provider.key, subject=subject, by=viewer)
        messages.success(request, _("%(name)s er koblet til kontoen din.") % {"name": provider.name})
    except Refused as refusal:
        messages.error(request, refusal.text)
    raise ImmediateHttpResponse(redirect("account:settings"))


def _match(provider: Provider, claims: dict[str, Any]) -> User | None:
    """The user that a new identity belongs to, by what the operator has said may be trusted; none when nobody is."""
    if provider.match == "email":
        address = str(claims.get("email", "")).strip()
        if not address or claims.get("email_verified") is False:
            return None
        found = list(User.objects.filter(email__iexact=address, is_active=True)[:2])
        return found[0] if len(found) == 1 else None
    if provider.match == "pid" and claims.get(provider.pid_claim):
        return _participant(str(claims[provider.pid_claim]))
    return None


def _participant(number: str) -> User | None:
    """The account of the participant with the national identity number, which is compared and forgotten."""
    kinds = (IdentifierKind.BIRTH_NUMBER, IdentifierKind.D_NUMBER)
    holders = PersonIdentifier.objects.filter(kind__in=kinds, value=number).values("person_id")
    persons = list(Person.objects.filter(pk__in=holders).select_related("user").order_by("created_at", "pk"))
    if not persons:
        return None
    return open_participant_account(persons=persons, by=Viewer.system("innlogging"))
