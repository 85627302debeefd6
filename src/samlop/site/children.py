"""Processes that one process starts, minds and stops together (``samlop run``, and the fill of the large demo)."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

_PATIENCE = 30.0  # seconds a child gets to stop by itself
_LONG_LIFE = 60.0  # one that lived this long did not fail at once
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process. ``again`` starts it anew when it ends by itself (the worker, after the database was away)."""

    command: list[str]
    again: bool = False
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1.0
    started: float = 0.0

    def start(self) -> None:
        # Own session: Ctrl-C in the terminal reaches us alone, and we stop the others in order.
        self.process = subprocess.Popen(self.command, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603
        self.started = time.monotonic()

    def is_alive(self) -> bool:
        """Whether it runs, or will when its pause is over."""
        if self.process is not None and self.process.poll() is None:
            return True
        lived = time.monotonic() - self.started
        if self.again and lived >= self.pause:
            self.pause = 1.0 if lived > _LONG_LIFE else min(self.pause * 2, 30.0)
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

    def watch(self, look_after: Callable[[], None]) -> int:
        """Wait until told to stop (0) or a child has ended for good (1); call ``look_after`` now and then."""
        while not self._told_to_stop:
            look_after()
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
