"""Settings of the program, all from the environment (docs/operations.md lists them).

``SAMLOP_DEMO=1`` is the mode of ``make run``: invented people, one-click sign-in, a key of no value. Without it the
program is in production and refuses to start until it has been told what it must know.
"""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from samlop.site import database, logs
from samlop.site.environment import flag, number, secret, text, words
from samlop.site.signin.options import *  # noqa: F403 – settings are names in this module

PACKAGE = Path(__file__).resolve().parents[1]

DEMO = flag("SAMLOP_DEMO")
TESTING = flag("SAMLOP_TESTING")
DEBUG = False
SECRET_KEY = secret("SAMLOP_SECRET_KEY", "demo-only-not-a-secret" if DEMO else None)
SECRET_KEY_FALLBACKS = words("SAMLOP_SECRET_KEY_FALLBACKS")  # earlier keys, while sessions and factors still hold them
ALLOWED_HOSTS = (
    words("SAMLOP_HOSTS", "127.0.0.1,localhost,testserver") if DEMO else words("SAMLOP_HOSTS") or [text("SAMLOP_HOSTS")]
)
DATABASES = {"default": database.django_config(text("DATABASE_URL", "postgresql:///samlop" if DEMO else None))}
FORM_RENDERER = "samlop.core.widgets.Renderer"
KEEP_LINES = True
"""Whether a process keeps the lines of *Min dag* until something behind them changes (``overview.kept``)."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "procrastinate.contrib.django",
    "samlop.site.signin",  # before allauth, whose templates it replaces
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "samlop.core",
    "samlop.people",
    "samlop.access",
    "samlop.cases",
    "samlop.cooperation",
    "samlop.programme",
    "samlop.effort",
    "samlop.norwegian",
    "samlop.plan",
    "samlop.meetings",
    "samlop.hours",
    "samlop.benefit",
    "samlop.handover",
    "samlop.overview",
    "samlop.portal",
    "samlop.exchange",
    "samlop.rulebook",
    "samlop.site",
]

MIDDLEWARE = [
    "samlop.site.health.HealthMiddleware",
    "samlop.site.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samlop.site.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samlop.site.middleware.ViewerMiddleware",
    "samlop.site.signin.middleware.SignedInMiddleware",
]

ROOT_URLCONF = "samlop.site.urls"
WSGI_APPLICATION = "samlop.site.wsgi.application"
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/logg-inn/"
LOGIN_REDIRECT_URL = "/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # Parts of a page for htmx; each template kept once for each language; then where templates lie.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("samlop.core.template_loading.Loader", ["django.template.loaders.app_directories.Loader"])],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "samlop.site.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "samlop.core.templatetags.samlop",
                "samlop.core.templatetags.status",
                "samlop.core.templatetags.texts",
            ],
        },
    }
]

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "bokmål"), ("nn", "nynorsk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "site" / "locale"]
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True

FILE_UPLOAD_HANDLERS = ["samlop.core.uploads.CappedUpload"]

logs.configure()
LOGGING = logs.config(json=not DEMO, level=text("SAMLOP_LOG_LEVEL", "WARNING" if DEMO else "INFO"))

STATIC_URL = "/static/"
STATIC_ROOT = database.var() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # Tests and work on templates read the files where they lie; else `collectstatic` has given them lasting names.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING

CSRF_FAILURE_VIEW = "samlop.site.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = flag("SAMLOP_HTTPS_REDIRECT", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("SAMLOP_BEHIND_PROXY", False) else None
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # subdomains and preload lists are for who owns the domain
SECURE_HSTS_SECONDS = 0 if DEMO else number("SAMLOP_HSTS_SECONDS", 31_536_000)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
