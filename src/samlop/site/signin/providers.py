"""The OpenID providers that the environment names: ID-porten, Ansattporten, Entra – all plain OpenID Connect.

``SAMLOP_OIDC=idporten,entra`` lists them; each has ``SAMLOP_OIDC_IDPORTEN_ISSUER``, ``…_CLIENT_ID``,
``…_CLIENT_SECRET`` and, when wanted, the others in ``docs/operations.md``. Read once, before Django is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from samlop.site.environment import MissingSetting, flag, text, words

NAMES = {"idporten": "ID-porten", "ansattporten": "Ansattporten", "entra": "jobbkontoen (Microsoft)"}
MATCHES = ("none", "email", "pid")


@dataclass(frozen=True)
class Provider:
    """One provider.

    ``match`` says how a person who signs in for the first time is found: ``pid`` – a participant, by the national
    identity number in the claim ``pid``; ``email`` – a colleague, by the address the provider vouches for; ``none`` –
    only who has connected the identity to the account. ``acr``/``amr`` are the levels of assurance of which the answer
    must hold one; with either, the sign-in counts as one with a second factor.
    """

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    match: str = "none"
    acr: tuple[str, ...] = ()
    amr: tuple[str, ...] = ()
    scope: tuple[str, ...] = ("openid",)
    pid_claim: str = "pid"

    @property
    def is_strong(self) -> bool:
        """Whether the provider has to vouch for more than a password."""
        return bool(self.acr or self.amr)

    def as_app(self) -> dict[str, Any]:
        """The provider as django-allauth wants it."""
        asked = {"acr_values": " ".join(self.acr)} if self.acr else {}
        return {
            "provider_id": self.key,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {
                "server_url": self.issuer,
                "scope": list(self.scope),
                "auth_params": {**asked, "ui_locales": "nb"},
                "fetch_userinfo": False,  # what decides is signed in the identity token
            },
        }


def from_environment() -> dict[str, Provider]:
    """The providers by key. Raises ``MissingSetting``."""
    return {key: _read(key) for key in words("SAMLOP_OIDC")}


def _read(key: str) -> Provider:
    if not re.fullmatch(r"[a-z][a-z0-9]{1,29}", key):
        raise MissingSetting("SAMLOP_OIDC must be a comma-separated list of names of lower-case letters and digits")
    prefix = f"SAMLOP_OIDC_{key.upper()}"
    issuer = text(f"{prefix}_ISSUER").rstrip("/")
    if not issuer.startswith("https://") and not (flag("SAMLOP_DEMO") and issuer.startswith("http://127.0.0.1:")):
        raise MissingSetting(f"{prefix}_ISSUER must begin with https://")
    match = text(f"{prefix}_MATCH", "pid" if key == "idporten" else "none")
    if match not in MATCHES:
        raise MissingSetting(f"{prefix}_MATCH must be one of {', '.join(MATCHES)}")
    return Provider(
        key=key,
        name=text(f"{prefix}_NAME", NAMES.get(key, key)),
        issuer=issuer,
        client_id=text(f"{prefix}_CLIENT_ID"),
        client_secret=text(f"{prefix}_CLIENT_SECRET"),
        match=match,
        acr=tuple(words(f"{prefix}_ACR")),
        amr=tuple(words(f"{prefix}_AMR")),
        scope=tuple(words(f"{prefix}_SCOPE", "openid,profile,email" if match == "email" else "openid,profile")),
        pid_claim=text(f"{prefix}_PID_CLAIM", "pid"),
    )
