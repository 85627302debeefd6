"""``samlop run``: everything on one machine – database, migrations, demo, web, worker – and one way to stop it."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import time

from samlop.site import database
from samlop.site.arguments import Arguments
from samlop.site.children import Children
from samlop.site.demo_people import DEMO_PEOPLE
from samlop.site.embedded import DatabaseTrouble
from samlop.site.environment import MissingSetting, text


def main(arguments: list[str]) -> int:
    """Start everything and serve until Ctrl-C or SIGTERM."""
    parser = Arguments("run", "Starter database, webtjener og arbeider, og stopper alt med Ctrl-C.")
    parser.add_argument("--port", type=int, default=_port_of(text("SAMLOP_BIND", "127.0.0.1:8000")), help="port (8000)")
    options = parser.parse_args(arguments)
    host = text("SAMLOP_BIND", "127.0.0.1:8000").rpartition(":")[0]
    if trouble := _cannot_listen(host, options.port):
        print(trouble, file=sys.stderr)
        return 1
    os.environ["SAMLOP_BIND"] = f"{host}:{options.port}"
    return _serve(host, options.port)


def web(arguments: list[str]) -> int:
    """``samlop web``: this process becomes gunicorn."""
    Arguments("web", "Starter bare webtjeneren. Adressen står i SAMLOP_BIND.").parse_args(arguments)
    database.ensure()
    os.execv(sys.executable, _gunicorn())  # noqa: S606 – our own interpreter


def _serve(host: str, port: int) -> int:
    from samlop.site.cli import prepare

    print("Starter databasen …")
    prepare()
    try:
        _connect()
        _make_ready()
        with Children() as children:
            children.add(_gunicorn())
            children.add([sys.executable, "-m", "samlop.site.cli", "worker"], again=True)
            if not children.wait_until(lambda: _listens(host, port)):
                return 1
            _greet(host, port)
            return children.watch(_keep_database if os.environ.get("SAMLOP_EMBEDDED") else _nothing)
    finally:
        if os.environ.get("SAMLOP_EMBEDDED"):
            from django.db import connections

            connections.close_all()
            database.embedded().stop_when_unused()


def _connect() -> None:
    """Connect at once: a run that is just stopping here stops the embedded server when nobody is connected.

    It may have done so between our start and our connection; then the server is started once more.
    """
    from django.db import OperationalError, connection

    for last in (False, False, True):
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if last or not os.environ.get("SAMLOP_EMBEDDED"):
                raise
            database.embedded().start()


def _make_ready() -> None:
    """Bring the tables up to date, and fill the demo if there is nobody yet."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from samlop.people.models import User
    from samlop.site.cli import SUBCOMMANDS

    print("Bringer tabellene à jour …")
    with connection.cursor() as cursor:
        # Two machines that start at once take turns.
        cursor.execute("SELECT pg_advisory_lock(hashtext('samlop.migrate'))")
        try:
            call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('samlop.migrate'))")
    call_command("collectstatic", verbosity=0, interactive=False)
    if settings.DEMO and SUBCOMMANDS["demo"].exists and not User.objects.exists():
        print("Lager oppdiktede mennesker til demoen …")
        SUBCOMMANDS["demo"].load()([])
    connection.close()


def _greet(host: str, port: int) -> None:
    from django.conf import settings

    print(f"\nSamløp er klar på http://{host}:{port}\n")
    if settings.DEMO:
        print("Demo med oppdiktede mennesker. Velg en av dem på innloggingssiden:")
        for name, who in DEMO_PEOPLE.items():
            print(f"  {name:<9} {who}")
    print("\nStopp med Ctrl-C.", flush=True)


def _keep_database() -> None:
    """Start the embedded server again if it has ended, by a kill or a full disk; pages say «try again» meanwhile."""
    server = database.embedded()
    if server.is_running():
        return
    try:
        server.start()
        print("Databasen hadde stoppet og er startet igjen.", file=sys.stderr)
    except DatabaseTrouble as trouble:
        print(trouble, file=sys.stderr)
        time.sleep(5)


def _nothing() -> None:
    """Another server than ours is looked after by others."""


def _gunicorn() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--config", "python:samlop.site.gunicorn"]


def _port_of(bind: str) -> int:
    port = bind.rpartition(":")[2]
    if not port.isdigit():
        raise MissingSetting("SAMLOP_BIND must be host:port")
    return int(port)


def _cannot_listen(host: str, port: int) -> str:
    """Why the address cannot be used, in words; nothing when it can."""
    try:
        with socket.create_server((host, port)):
            return ""
    except (OverflowError, PermissionError):
        return f"Port {port} kan ikke brukes. Velg en annen: make run PORT=8080"
    except OSError:
        return (
            f"Noe annet bruker allerede port {port} på denne maskinen, kanskje et Samløp som kjører fra før. "
            f"Stopp det, eller velg en annen port: make run PORT={port + 1}"
        )


def _listens(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False
