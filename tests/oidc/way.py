"""A real OpenID provider beside the tests, and the way a browser goes to it and back."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client
from pytest_django import Settings

from samlop.site import static_build
from samlop.site.signin.providers import from_environment

PID = "05899599814"  # synthetic: the month is raised by 80
PEOPLE = {
    "amina": {"name": "Amina Østby", "pid": PID},
    "stranger": {"name": "Ukjent Person", "pid": "13883199720"},
    "colleague": {"name": "Kari Kollega", "email": "Adviser@example.test", "email_verified": True},
    "unproved": {"name": "Kari Kollega", "email": "adviser@example.test", "email_verified": False},
}
ANSWER = "http://testserver/logg-inn/med/{}/svar/"


@dataclass
class Way:
    """Sign-in by way of the provider, as a browser goes: out, to the provider, and back."""

    client: Client
    key: str = "idporten"

    def out(self, query: str = "", **given: str) -> str:
        """Press the button; returns the provider's address that the browser is sent to."""
        response = self.client.post(f"/logg-inn/med/{self.key}/{query}", given)
        assert response.status_code == 200, response.content.decode()
        found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', response.content.decode())
        assert found
        return html.unescape(found[1])

    def through(self, where: str, sub: str, **how: Any) -> str:
        """Be ``sub`` at the provider; returns the address that the browser comes back to."""
        browser = requests.Session()
        asked = browser.get(where, allow_redirects=False)
        assert asked.status_code == 303, asked.text
        interaction = requests.compat.urljoin(where, asked.headers["location"])
        proved = browser.post(interaction, json={"accountId": sub, **how}, allow_redirects=False)
        back = browser.get(proved.headers["location"], allow_redirects=False)
        return str(back.headers["location"])

    def back(self, where: str) -> Any:
        parts = urlsplit(where)
        return self.client.get(f"{parts.path}?{parts.query}")

    def sign_in(self, sub: str, **how: Any) -> Any:
        return self.back(self.through(self.out(), sub, **{"acr": "high", **how}))

    @property
    def is_in(self) -> bool:
        return self.client.get("/konto/").status_code == 200


Configure = Callable[..., Way]


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """The provider's address; it is started once."""
    static_build.main(["--dev"])
    environment = os.environ | {
        "PEOPLE": json.dumps(PEOPLE),
        "REDIRECT": ",".join(ANSWER.format(key) for key in ("idporten", "entra")),
        "NODE_NO_WARNINGS": "1",
    }
    command = [*static_build.node(), "tests/oidc/provider.mjs"]
    with subprocess.Popen(
        command, cwd=static_build.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        line = next((line for line in process.stdout if line.startswith("{")), "")
        assert line, "the provider did not start"
        yield str(json.loads(line)["issuer"])
        process.terminate()


@pytest.fixture
def configure(issuer: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Configure:
    """Name a provider in the environment, as an operator does."""

    def named(key: str, **extra: str) -> Way:
        given = {"ISSUER": issuer, "CLIENT_ID": "samlop", "CLIENT_SECRET": "secret of samlop", **extra}
        monkeypatch.setenv("SAMLOP_OIDC", key)
        for name, value in given.items():
            monkeypatch.setenv(f"SAMLOP_OIDC_{key.upper()}_{name}", value)
        settings.OIDC = from_environment()
        apps = [provider.as_app() for provider in settings.OIDC.values()]
        chosen = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": apps}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": chosen}
        return Way(Client(), key)

    return named
