"""The web servers that are measured: Samløp's own gunicorn, and one like it for the yardstick."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.request import urlopen

_PATIENCE = 60


def free_port() -> int:
    """A port on the loopback that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextlib.contextmanager
def serving(name: str, settings: str, application: str, **environment: str) -> Iterator[int]:
    """Run a gunicorn with Samløp's own configuration; yields its port and stops it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--config", "python:samlop.site.gunicorn", application]
    given = {"SAMLOP_BIND": f"127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": settings, "SAMLOP_DEMO": "1", **environment}
    log = subprocess.DEVNULL if not os.environ.get("BENCH_LOG") else None
    process = subprocess.Popen(command, env=os.environ | given, stdout=log, stderr=log)  # noqa: S603 – our own command
    try:
        _wait(name, process, port)
        yield port
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()


def _wait(name: str, process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            urlopen(f"http://127.0.0.1:{port}/logg-inn/", timeout=5).close()
            return
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit(f"bench: {name} svarer ikke. Kjør med BENCH_LOG=1 for å se hvorfor.")
