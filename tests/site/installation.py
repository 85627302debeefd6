"""A whole installation beside the tests: ``samlop run`` in a folder of its own, with the demo's people."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from samlop.site.database import ROOT
from samlop.site.embedded import Server

START_SECONDS = 240


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Installation:
    """``folder`` holds its data; ``address`` is where it serves."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Server:
        return Server(self.folder / "postgres")

    def start(self) -> None:
        """Run it, and wait until it serves."""
        with (self.folder / "run.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "samlop.site.cli", "run", "--port", str(self.port)],
                cwd=ROOT, env=self._environment(), stdout=log, stderr=log, text=True, start_new_session=True,
            )  # fmt: skip
        self.wait(lambda: self.get("/klar/") == 200)

    def wait(self, done: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            told = (self.folder / "run.log").read_text()
            assert self.process is not None
            assert self.process.poll() is None, told
            assert time.monotonic() < deadline, told
            time.sleep(0.2)

    def stop(self) -> int:
        """As Ctrl-C does; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def get(self, path: str) -> int:
        """Status of a page for a stranger; 0 when nobody answers."""
        try:
            return requests.get(self.address + path, timeout=10, allow_redirects=False).status_code
        except requests.RequestException:
            return 0

    def sign_in(self, name: str = "radgiver") -> Browser:
        return Browser(self.address, name)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """``samlop …`` on this installation's data."""
        return subprocess.run(
            [sys.executable, "-m", "samlop.site.cli", *words], cwd=ROOT, env=self._environment(), text=True,
            capture_output=True, check=False,
        )  # fmt: skip

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return kept | {"SAMLOP_DEMO": "1", "SAMLOP_VAR": str(self.folder), "PYTHONUNBUFFERED": "1"}

    def every_process(self) -> list[psutil.Process]:
        """All of it: the one that was started, what it started, and the database."""
        assert self.process is not None
        pid = self.database._pid()
        roots = [psutil.Process(number) for number in (self.process.pid, pid) if number]
        return [one for root in roots for one in (root, *root.children(recursive=True))]

    def web_processes(self) -> list[psutil.Process]:
        """Gunicorn's processes that answer (not the one that minds them)."""
        assert self.process is not None
        parents = [one for one in psutil.Process(self.process.pid).children() if "gunicorn" in " ".join(one.cmdline())]
        return [child for parent in parents for child in parent.children()]


class Browser(requests.Session):
    """Signed in as one of the demo's people."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__()
        self.address = address
        self.get(f"{address}/logg-inn/", timeout=60)
        answer = self.post(f"{address}/logg-inn/demo/{name}/", headers=self.proof, timeout=60, allow_redirects=False)
        assert answer.status_code == 302, answer.text

    @property
    def proof(self) -> dict[str, str]:
        return {"X-CSRFToken": self.cookies["csrftoken"]}

    def page(self, path: str) -> requests.Response:
        return self.get(self.address + path, timeout=60)

    def submit(self, path: str, **given: str) -> requests.Response:
        return self.post(self.address + path, given, headers=self.proof, timeout=60, allow_redirects=False)

    def case(self) -> str:
        """The key of a case that this person sees."""
        found = re.search(r"/sak/([0-9a-f-]{36})/", self.page("/deltakere/").text)
        assert found
        return found[1]


@contextmanager
def installation(within: Path | None = None) -> Iterator[Installation]:
    """Start one in a new folder, and leave nothing running.

    Not in pytest's own folder, which is for its owner alone: where the tests run as root, the database does not.
    """
    with tempfile.TemporaryDirectory(prefix="samlop-trial-", dir=within) as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Installation(folder)
        try:
            made.start()
            yield made
        finally:
            if made.process is not None and made.process.poll() is None:
                made.process.terminate()
                made.process.wait(60)
            made.database.stop()
