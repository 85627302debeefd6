"""What only matters outside the demo: loud settings, health, headers, and a database that is away."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from samlop.core.pages import page
from samlop.site import health
from samlop.site.database import ROOT
from samlop.site.urls import handler500 as handler500
from samlop.site.urls import urlpatterns as addresses
from tests.house import House


@page(open_to="test")
def away(request: HttpRequest) -> HttpResponse:
    raise {"drift": OperationalError, "lukket": InterfaceError, "vår": ValueError}[request.GET["hva"]]("secret words")


urlpatterns = [path("api/borte", away), path("borte/", away), *addresses]


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A new process with only this environment, as an operator starts it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "samlop.site.cli", *arguments],
        cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


KEY = "0123456789abcdef" * 4
WHOLE = {"SAMLOP_SECRET_KEY": KEY, "SAMLOP_HOSTS": "samlop.example.test", "DATABASE_URL": "postgresql:///none"}


@pytest.mark.parametrize("missing", ["SAMLOP_SECRET_KEY", "SAMLOP_HOSTS"])
def test_production_does_not_start_without_what_it_must_know(missing: str) -> None:
    found = run("manage", "check", **{name: value for name, value in WHOLE.items() if name != missing})
    assert found.returncode == 1
    assert f"{missing} must be set in the environment" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("SAMLOP_IDLE_MINUTES", "en time"), ("SAMLOP_BEHIND_PROXY", "kanskje"), ("DATABASE_URL", "mysql://x/y")],
)
def test_a_setting_that_says_nothing_stops_the_start(name: str, value: str) -> None:
    found = run("manage", "check", **WHOLE | {name: value})
    assert found.returncode == 1
    assert name in found.stderr
    assert "Traceback" not in found.stderr


def test_a_short_key_stops_the_start() -> None:
    assert "SAMLOP_SECRET_KEY" in run("manage", "check", **WHOLE | {"SAMLOP_SECRET_KEY": "kort"}).stderr


def test_a_secret_may_stand_in_a_file(tmp_path: Any) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    given = WHOLE | {"SAMLOP_SECRET_KEY_FILE": str(tmp_path / "key")}
    del given["SAMLOP_SECRET_KEY"]
    found = run("manage", "check", "--deploy", "--fail-level", "ERROR", **given)
    assert found.returncode == 0, found.stderr


def test_djangos_own_list_for_production_has_no_remarks() -> None:
    found = run("manage", "check", "--deploy", **WHOLE | {"SAMLOP_HTTPS_REDIRECT": "1"})
    assert "no issues" in found.stdout, found.stdout + found.stderr


def test_alive_needs_no_database_host_or_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/helse/", headers={"host": "10.0.0.7"}).content == b"ok\n"


def test_ready_tells_about_database_and_tables(client: Client, db: None) -> None:
    response = client.get("/klar/")
    assert (response.status_code, response.json()) == (200, {"database": "ok", "migrations": "ok"})


def test_not_ready_while_a_migration_is_missing(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'signin' AND name = '0002_cache'")
    response = client.get("/klar/")
    assert (response.status_code, response.json()["migrations"]) == (503, "behind")


def test_not_ready_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> bool:
        raise OperationalError

    monkeypatch.setattr(health, "_is_migrated", gone)
    response = client.get("/klar/")
    assert (response.status_code, response.json()) == (503, {"database": "away"})


def test_a_worker_that_is_silent_is_told(client: Client, db: None) -> None:
    assert client.get("/klar/arbeider/").status_code == 503
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/klar/arbeider/").json() == {"worker": "ok"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert client.get("/klar/arbeider/").json() == {"worker": "silent"}


@pytest.mark.parametrize("what", ["drift", "lukket"])
def test_while_the_database_is_away_a_page_says_when_to_try_again(
    client: Client, settings: Settings, what: str
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get(f"/borte/?hva={what}")
    text = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Det du sendte inn nå, er aldri lagret bare delvis." in text
    assert response["X-Request-ID"] in text
    assert "secret words" not in text


def test_a_program_is_told_so_as_json(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/api/borte?hva=drift")
    assert (response.status_code, response.json()["error"]) == (503, "unavailable")
    assert client.get("/api/borte?hva=vår").json()["error"] == "failed"


def test_our_own_fault_is_called_that(client: Client, settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/borte/?hva=vår")
    assert response.status_code == 500
    assert "Noe gikk galt hos oss" in response.content.decode()


def test_every_answer_carries_headers_for_safety(client: Client, house: House) -> None:
    for address in ("/logg-inn/", "/finnes-ikke/", "/konto/"):
        headers = client.get(address).headers
        assert "camera=()" in headers["Permissions-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
