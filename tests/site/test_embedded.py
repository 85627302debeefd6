"""The embedded PostgreSQL: starts anywhere, survives being killed, and stops when nobody uses it."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samlop.site.database import ROOT
from samlop.site.embedded import Server


def let_through(path: Path) -> None:
    """Pytest makes its folders for their owner alone. Others may pass through; the machine's own folders stay."""
    if os.geteuid() == 0:
        for folder in (path, *path.parents):
            if (mode := folder.stat().st_mode) & 0o001 == 0:
                folder.chmod(mode | 0o001)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    let_through(tmp_path)
    made = Server(tmp_path / "postgres")
    yield made
    made.stop()


def ask(server: Server, question: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def test_it_starts_once_and_listens_to_nobody_outside(server: Server) -> None:
    assert server.start() is True
    assert server.start() is False
    assert ask(server, "SHOW listen_addresses") == ""
    assert ask(server, "SELECT lower('ÆØÅ') || lower('ŠČ')") == "æøåšč"
    assert ask(server, "SHOW fsync") == "on"
    assert os.stat(server.folder).st_mode & 0o077 == 0


def test_what_was_saved_is_there_after_a_kill(server: Server) -> None:
    server.start()
    connection = psycopg.connect(server.url())
    connection.execute("CREATE TABLE saved AS SELECT 1 AS one")
    connection.commit()
    connection.execute("INSERT INTO saved VALUES (2)")
    pid = server._pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT pg_sleep(5)")
    assert server.start() is True
    assert ask(server, "SELECT count(*) FROM saved") == 1


def test_a_number_left_by_a_dead_run_does_not_stop_the_start(server: Server) -> None:
    server.start()
    server.stop()
    text = f"{os.getpid()}\n{server.folder}\n1\n5432\n{server.folder}\n\n\nready\n"
    (server.folder / "postmaster.pid").write_text(text)
    assert server.start() is True


def test_a_first_run_that_was_killed_half_way_is_begun_anew(server: Server) -> None:
    server.folder.mkdir()
    (server.folder / "half").write_text("made")
    assert server.start() is True
    assert ask(server, "SELECT 1") == 1


def test_it_stops_only_when_nobody_uses_it(server: Server) -> None:
    server.start()
    with psycopg.connect(server.url()):
        assert server.stop_when_unused() is False
    for _ in range(50):  # the server needs a moment to see that the visitor has gone
        if stopped := server.stop_when_unused():
            break
        time.sleep(0.1)
    assert stopped
    assert server._pid() is None


def test_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    server = Server(tmp_path / ("x" * 60) / ("y" * 60) / "postgres")
    let_through(tmp_path)
    try:
        server.start()
        assert ask(server, "SELECT 1") == 1
        assert server.socket_folder.parent != server.folder.parent
    finally:
        server.stop()
        shutil.rmtree(server.socket_folder, ignore_errors=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_ordinary_user_starts_it_too(tmp_path: Path) -> None:
    user = pwd.getpwnam("nobody")
    let_through(tmp_path)
    home = tmp_path / "home"
    home.mkdir()
    os.chown(home, user.pw_uid, user.pw_gid)
    program = (
        "from pathlib import Path; from samlop.site.embedded import Server; "
        f"s = Server(Path({str(home / 'postgres')!r})); s.start(); print(s.user, s._pid()); s.stop()"
    )
    if subprocess.run(["/bin/sh", "-c", f"test -x {sys.executable}"], user=user.pw_uid, check=False).returncode:
        pytest.skip("this Python lies where others may not go")
    found = subprocess.run(
        [sys.executable, "-c", program], user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("None ")
