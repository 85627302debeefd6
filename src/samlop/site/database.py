"""Where the database is: any PostgreSQL by ``DATABASE_URL``, else an embedded one with its data in ``var/``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from samlop.site.embedded import Server
from samlop.site.environment import MissingSetting

PREPARE_AFTER = 2
"""How many times a connection has asked the same before PostgreSQL keeps the plan of it."""

ROOT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """The folder for data of this installation (``SAMLOP_VAR``, else ``var/`` in the checkout or where we stand)."""
    folder = Path(
        os.environ.get("SAMLOP_VAR") or (ROOT / "var" if (ROOT / "pyproject.toml").exists() else Path.cwd() / "var")
    )
    folder.mkdir(parents=True, exist_ok=True)
    return folder.resolve()


def embedded(folder: str = "postgres", *, durable: bool = True) -> Server:
    """The embedded server of this installation, running or not."""
    return Server(var() / folder, durable)


def ensure(*, folder: str = "postgres", durable: bool = True) -> str:
    """Make sure a server answers, and leave its address in ``DATABASE_URL``.

    Starts the embedded server where no address is given; it goes on after this process so that web, worker and command
    line share it. ``durable=False`` (tests only) trades crash safety for speed. Raises ``DatabaseTrouble``.
    """
    if url := os.environ.get("DATABASE_URL"):
        return url
    server = embedded(folder, durable=durable)
    server.start()
    os.environ["DATABASE_URL"] = server.url()
    os.environ["SAMLOP_EMBEDDED"] = "1"
    return server.url()


def django_config(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address. Raises ``MissingSetting`` for another kind of database."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise MissingSetting("DATABASE_URL must begin with postgresql://")
    options: dict[str, Any] = {"connect_timeout": "5"} | dict(parse_qsl(parts.query))  # a page is not to hang
    # The same questions come again and again on a connection that is kept: PostgreSQL plans them once. A pooler that
    # hands a connection to others between transactions must say prepare_threshold=0 in the address.
    prepare = int(options.pop("prepare_threshold", PREPARE_AFTER))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "samlop",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(options.pop("port", None) or parts.port or ""),
        "OPTIONS": options | {"server_side_binding": bool(prepare), "prepare_threshold": prepare or None},
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
