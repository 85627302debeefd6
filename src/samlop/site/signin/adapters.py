"""How django-allauth is bent to the house: no sign-up, our lock-out, our words, writes with a reason."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samlop.core.writing import writing
from samlop.people.models import User
from samlop.site.language import remember
from samlop.site.signin.lockout import Attempt, wait

REAUTHENTICATION_SECONDS = 300
log = structlog.get_logger("samlop.signin")


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: made by those who run the service, never by a stranger."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Kontoen er stengt. Be lederen din om å åpne den."),
        "enter_current_password": gettext_lazy("Skriv passordet du har nå."),
        "incorrect_code": gettext_lazy(
            "Koden stemmer ikke. Vent på neste kode i appen og skriv den, eller bruk en reservekode."
        ),
        "incorrect_password": gettext_lazy("Passordet stemmer ikke."),
        "username_password_mismatch": gettext_lazy("Brukernavnet eller passordet stemmer ikke."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        return ["samlop.site.signin.stages.FactorStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the browser; empty where the web server is reached by a socket without a proxy's header."""
        return get_client_ip(request) or ""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check a password, unless the account is locked from here. Raises ``ValidationError`` when it is."""
        attempt = Attempt.of(request, credentials.get("username", ""))
        user = None
        with attempt.alone():
            until = attempt.locked_until()
            if until is None:
                user = super().authenticate(request, **credentials)
                attempt.failed() if user is None else attempt.succeeded()
        if until is not None:
            log.warning("signin.locked_out")
            raise wait(until)
        if user is None:
            log.info("signin.wrong_password")
        return user

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in is not asked again at once."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > REAUTHENTICATION_SECONDS

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(response, user.language)
        return response

    def set_password(self, user: Any, password: str) -> None:
        with writing("signin.set_password"):
            super().set_password(user, password)

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str | None = None, **kwargs: Any
    ) -> None:
        """Only messages that are ours: allauth's own come in other words."""
        if message:
            super().add_message(request, level, message=message)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, so that a copy of the database alone opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": gettext_lazy(
            "Du må ha minst én bekreftelse i to trinn. Legg til en annen først."
        ),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Legg til en kodeapp eller en passnøkkel før du lager reservekoder."
        ),
    }

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Where a second factor is demanded, the last one stays until there is another."""
        if not settings.REQUIRE_SECOND_FACTOR:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passnøkkel %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Samløp"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"name": user.username, "display_name": str(user)}


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Identities from OpenID providers; the rules stand in ``oidc``."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def new_user(self, request: HttpRequest, sociallogin: Any) -> User:
        """A user that is never saved: who someone is, is decided by ``oidc.recognise``."""
        return User(is_active=False)

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Any:
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        from samlop.site.signin import oidc

        oidc.recognise(request, sociallogin)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        from samlop.site.signin import oidc

        oidc.explain(request, provider, error, exception)


def is_strong(records: list[dict[str, Any]]) -> bool:
    """Whether the sign-in had a second factor, a passkey, or a provider that vouches for one."""
    for record in records:
        if record["method"] == "mfa":
            return True
        if record["method"] == "socialaccount":
            provider = settings.OIDC.get(str(record.get("provider")))
            if provider is not None and provider.is_strong:
                return True
    return False


def _keys() -> MultiFernet:
    """The keys that encrypt second factors: from the secret key, and from earlier ones for what they encrypted."""
    secrets = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_fernet_key(secret)) for secret in secrets])


def _fernet_key(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"samlop.factors:" + secret.encode()).digest())
