"""The yardstick: a bare Django with session and sign-in, and one page of 25 rows. Nothing of Samløp's layers."""

from __future__ import annotations

import os

ENVIRONMENT = "BENCH_MUNICIPALITY"

if __name__ != "__main__":
    SECRET_KEY = "bench-only"  # noqa: S105
    DEBUG = False
    ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    INSTALLED_APPS = [
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "samlop.core",
        "samlop.people",
    ]
    MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
    AUTH_USER_MODEL = "people.User"
    AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    ROOT_URLCONF = "bench.bare_page"
    TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"context_processors": []}}]
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    USE_TZ = True
    TIME_ZONE = "Europe/Oslo"

    from samlop.site.database import django_config

    DATABASES = {"default": django_config(os.environ["DATABASE_URL"])}
