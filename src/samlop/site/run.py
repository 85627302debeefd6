"""``samlop run``: everything on one machine – database, migrations, demo, web, worker – and one way to stop it."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from samlop.site import database
from samlop.site.arguments import Arguments
from samlop.site.demo_people import DEMO_PEOPLE
from samlop.site.environment import MissingSetting, text

_PATIENCE = 30.0  # seconds a child gets to stop by itself
_PR_SET_PDEATHSIG = 1


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
        _make_ready()
        with Children() as children:
            children.add(_gunicorn())
            children.add([sys.executable, "-m", "samlop.site.cli", "worker"], again=True)
            if not children.wait_until(lambda: _listens(host, port)):
                return 1
            _greet(host, port)
            return children.watch()
    finally:
        if os.environ.get("SAMLOP_EMBEDDED"):
            from django.db import connections

            connections.close_all()
            database.embedded().stop_when_unused()


def _make_ready() -> None:
    """Bring the tables up to date, and fill the demo if there is nobody yet."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from samlop.people.models import User
    from samlop.site.cli import SUBCOMMANDS

    print("Bringer tabellene à jour …")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_lock(hashtext('samlop.migrate'))"
        )  # two machines that start at once take turns
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


@dataclass
class Child:
    """One process. ``again`` starts it anew when it ends by itself (the worker, after the database was away)."""

    command: list[str]
    again: bool = False
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    not_before: float = 0.0

    def start(self) -> None:
        # Own session: Ctrl-C in the terminal reaches us alone, and we stop the others in order.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603
        self.not_before = time.monotonic() + self.pause
        self.pause = min(self.pause * 2, 30.0)

    def is_alive(self) -> bool:
        """Whether it runs, or will when its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return True
        if self.again and time.monotonic() >= self.not_before:
            self.start()
        return self.again


class Children:
    """The processes that do the work: they start together, and when one ends for good or we are told to, all stop."""

    def __init__(self) -> None:
        self._all: list[Child] = []
        self._told_to_stop = False

    def __enter__(self) -> Children:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        """Ask all to stop, wait, and end those who do not."""
        running = [child.process for child in self._all if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def add(self, command: list[str], *, again: bool = False) -> None:
        child = Child(command, again)
        child.start()
        self._all.append(child)

    def wait_until(self, ready: Callable[[], bool]) -> bool:
        """Wait till the children serve; false when one of them ended instead or we were told to stop."""
        while not self._told_to_stop and self._all_alive():
            if ready():
                return True
            time.sleep(0.05)
        return False

    def watch(self) -> int:
        """Wait until told to stop (0) or a child has ended for good (1)."""
        while not self._told_to_stop:
            if not self._all_alive():
                print("Webtjeneren stoppet uventet. Alt stoppes; start på nytt med samme kommando.", file=sys.stderr)
                return 1
            time.sleep(0.2)
        print("\nStopper …", flush=True)
        return 0

    def _all_alive(self) -> bool:
        alive = [child.is_alive() for child in self._all]  # a list: each is asked, so that each can be started anew
        return all(alive)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._told_to_stop = True


def die_with_parent() -> None:
    """On Linux, a child ends when the one that started it is killed; else it would keep port or database."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


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
