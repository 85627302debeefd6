"""Settings of sign-in, taken into ``site.settings``. What an operator chooses comes from the environment."""

from __future__ import annotations

from typing import Any

from samlop.site.environment import flag, number
from samlop.site.signin.providers import Provider, from_environment

_DEMO = flag("SAMLOP_DEMO")

# -- what an operator chooses ------------------------------------------------------------------------------------------
IDLE_MINUTES = number("SAMLOP_IDLE_MINUTES", 30)
SESSION_COOKIE_AGE = number("SAMLOP_SESSION_HOURS", 12) * 3600
REQUIRE_SECOND_FACTOR = flag("SAMLOP_REQUIRE_SECOND_FACTOR", not _DEMO)
ALLAUTH_TRUSTED_PROXY_COUNT = number("SAMLOP_PROXIES", 1 if flag("SAMLOP_BEHIND_PROXY") else 0)
OIDC: dict[str, Provider] = from_environment()

# -- Django ------------------------------------------------------------------------------------------------------------
SESSION_ENGINE = "samlop.site.signin.store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_HASHER = "MD5PasswordHasher" if flag("SAMLOP_TESTING") else "Argon2PasswordHasher"  # tests need not be slow to guess
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{_HASHER}"]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # how long a link for a new password holds
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# In the database, because several processes and machines must agree that a one-time code is used.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "signin_cache"}}

# -- django-allauth ----------------------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "samlop.site.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth wants to know what a name is
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False  # our own lock-out says how long (lockout.py)
ACCOUNT_LOGOUT_REDIRECT_URL = "/logg-inn/"
ACCOUNT_FORMS = {
    "login": "samlop.site.signin.forms.SignInForm",
    "reauthenticate": "samlop.site.signin.forms.PasswordAgainForm",
}
MFA_ADAPTER = "samlop.site.signin.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Samløp"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = False
MFA_FORMS = {
    "authenticate": "samlop.site.signin.forms.CodeForm",
    "reauthenticate": "samlop.site.signin.forms.CodeAgainForm",
    "activate_totp": "samlop.site.signin.forms.ActivateAppForm",
    "add_webauthn": "samlop.site.signin.forms.AddPasskeyForm",
    "edit_webauthn": "samlop.site.signin.forms.PasskeyNameForm",
    "login_webauthn": "samlop.site.signin.forms.PasskeyForm",
    "authenticate_webauthn": "samlop.site.signin.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "samlop.site.signin.forms.PasskeyAgainForm",
}
SOCIALACCOUNT_ADAPTER = "samlop.site.signin.adapters.IdentityAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "samlop.site.signin.oidc.StrictProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [provider.as_app() for provider in OIDC.values()],
    }
}
