"""Bad days, tried on a whole installation: the database dies under load, processes are killed, the disk is full.

Each time the same must hold: a page is either right or says «try again»; what was told to be saved is saved, whole,
with its line in the journal; and the service comes back by itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psutil
import psycopg
import pytest
import requests

from samlop.site.database import ROOT
from tests.site.installation import Browser, Installation, free_port, installation

pytestmark = pytest.mark.trial
WRITE = "/sak/{}/plan/bidrag/ny/"


@pytest.fixture(scope="module")
def running() -> Iterator[Installation]:
    with installation() as made:
        yield made


@dataclass
class Load:
    """People at work: some read, one writes. ``seen`` are the answers, ``saved`` what the writer was told is saved."""

    where: Installation
    browser: Browser
    case: str
    mark: str
    seen: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    sent: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def read(self) -> None:
        while not self.over.is_set():
            self._note(lambda: self.browser.page(f"/sak/{self.case}/plan/"))

    def write(self) -> None:
        while not self.over.is_set():
            self.sent += 1
            given = {"text": f"{self.mark} {self.sent:04d}", "once": str(uuid4())}
            # As the page tells: sent again with the same form until it is saved.
            while self._note(lambda given=given: self.browser.submit(WRITE.format(self.case), **given)) != 302:  # type: ignore[misc]
                if self.over.is_set():
                    return
            self.saved.append(given["text"])

    def _note(self, ask) -> int:  # type: ignore[no-untyped-def]
        try:
            answer: requests.Response = ask()
        except requests.ConnectionError:
            return 0  # a process was killed while it answered
        self.seen.append(answer.status_code)
        if answer.status_code == 503:
            self.texts.append(answer.text)
            time.sleep(0.1)
        return answer.status_code


@contextmanager
def at_work(where: Installation, mark: str) -> Iterator[Load]:
    browser = where.sign_in()
    load = Load(where, browser, browser.case(), mark)
    threads = [threading.Thread(target=load.read) for _ in range(2)] + [threading.Thread(target=load.write)]
    for thread in threads:
        thread.start()
    time.sleep(1.5)
    try:
        yield load
    finally:
        load.over.set()
        for thread in threads:
            thread.join()


def is_well_again(where: Installation, load: Load) -> None:
    """Pages come, something can be saved, and everything that was told to be saved is there, whole and once."""
    where.wait(lambda: load.browser.page(f"/sak/{load.case}/plan/").status_code == 200, 60)
    assert load.browser.submit(WRITE.format(load.case), text=f"{load.mark} etterpå").status_code == 302
    with psycopg.connect(where.database.url()) as connection:
        query = "SELECT text, (SELECT count(*) FROM cases_journalentry e WHERE e.data->>'contribution' = c.id::text)"
        rows = connection.execute(f"{query} FROM plan_contribution c WHERE text LIKE %s", [f"{load.mark} %"]).fetchall()  # type: ignore[call-overload]
    kept = [text for text, _entries in rows]
    assert len(kept) == len(set(kept))
    assert set(load.saved) <= set(kept), "what was told to be saved is saved"
    found = subprocess.run(
        [sys.executable, "-m", "samlop.site.cli", "check", "journal"], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": where.database.url(), "SAMLOP_DEMO": "1"}, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_database_is_killed_under_load_and_comes_back_by_itself(running: Installation) -> None:
    with at_work(running, "drept") as load:
        pid = running.database._pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        time.sleep(4)
    assert set(load.seen) <= {200, 302, 503}, sorted(set(load.seen))
    assert load.saved, "something was saved before"
    is_well_again(running, load)


def test_the_database_is_restarted_under_load_and_pages_say_when_to_try_again(running: Installation) -> None:
    with at_work(running, "omstart") as load:
        running.database.stop()
        time.sleep(4)
    assert set(load.seen) <= {200, 302, 503}, sorted(set(load.seen))
    assert 503 in load.seen
    assert all("blir det ikke lagret to ganger" in text for text in load.texts)
    assert load.seen[-1] in (200, 302), "they came back without anybody's help"
    is_well_again(running, load)


def test_processes_are_killed_in_the_middle_of_saving(running: Installation) -> None:
    with at_work(running, "prosess") as load:
        for _ in range(3):
            for process in running.web_processes():
                process.kill()
            time.sleep(1.5)
    assert set(load.seen) <= {200, 302, 503}, sorted(set(load.seen))
    is_well_again(running, load)


def test_the_worker_comes_back_after_the_database_was_away(running: Installation) -> None:
    running.database.stop()
    running.wait(lambda: running.get("/klar/") == 200, 60)
    running.wait(lambda: running.get("/klar/arbeider/") == 200, 90)


def test_everything_is_killed_and_started_again_with_the_same_command(running: Installation) -> None:
    assert running.process is not None
    os.kill(running.process.pid, signal.SIGKILL)
    running.process.wait()
    deadline = time.monotonic() + 30
    while running.get("/helse/") and time.monotonic() < deadline:
        time.sleep(0.2)
    assert running.get("/helse/") == 0, "the web server ends with the one that started it, and frees the port"
    running.start()
    browser = running.sign_in()
    assert browser.page(f"/sak/{browser.case()}/plan/").status_code == 200


def test_a_power_cut_loses_nothing_that_was_told_to_be_saved(running: Installation) -> None:
    """Everything ends at once, the database too. A real power cut also tries the disk; PostgreSQL waits for it."""
    with at_work(running, "strøm") as load:
        for process in running.every_process():
            with suppress(psutil.NoSuchProcess):
                process.kill()
    assert running.process is not None
    running.process.wait()
    running.start()
    load.browser = running.sign_in()
    is_well_again(running, load)


def test_a_lost_disk_is_put_back_from_the_copy(running: Installation) -> None:
    copy = running.folder / "kopi"
    assert running.command("backup", str(copy)).returncode == 0
    browser = running.sign_in()
    case = browser.case()
    assert running.stop() == 0
    (running.folder / "postgres").rename(running.folder / "borte")
    assert running.command("restore", str(copy)).returncode == 0
    whole = running.command("check", "journal")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    running.start()
    assert running.sign_in().page(f"/sak/{case}/plan/").status_code == 200


def test_a_start_while_the_one_before_is_stopping_does_not_lose_the_database(running: Installation) -> None:
    for pause in (0.2, 1.0, 1.8):
        assert running.process is not None
        before = running.process
        before.send_signal(signal.SIGINT)
        time.sleep(pause)
        running.port = free_port()  # the old one may still be held
        running.start()
        assert before.wait(60) == 0
        assert running.get("/klar/") == 200


def test_it_stops_as_a_whole_when_told_to(running: Installation) -> None:
    assert running.stop() == 0
    assert running.get("/helse/") == 0
    assert not running.database.is_running()
    running.start()


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of half a gigabyte, in memory."""
    disk = Path(tempfile.mkdtemp(prefix="samlop-disk-"))
    mounted = os.geteuid() == 0 and sys.platform == "linux"
    command = ["mount", "-t", "tmpfs", "-o", "size=500m,mode=755", "tmpfs", str(disk)]
    if not mounted or subprocess.run(command, capture_output=True, check=False).returncode:
        disk.rmdir()
        pytest.skip("a small disk can be made by root on Linux only")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)
    disk.rmdir()


def test_a_full_disk_saves_nothing_by_halves_and_passes_when_there_is_room(small_disk: Path) -> None:
    with installation(small_disk) as made:
        with at_work(made, "fullt") as load:
            ballast = small_disk / "ballast"
            with ballast.open("wb") as file:
                try:
                    while True:
                        file.write(bytes(1_000_000))
                        file.flush()
                except OSError:
                    pass
            time.sleep(6)
            full = list(load.seen)
            ballast.unlink()
            time.sleep(4)
        assert set(full) <= {200, 302, 503}, sorted(set(full))
        is_well_again(made, load)
        assert 503 in full, "the disk was never full enough to matter"
