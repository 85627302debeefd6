"""Reading pages over HTTP, one at a time or several at once, for a bounded time."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

WARM_UP = 4
_WRITTEN = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back for one page."""

    status: int
    size: int
    seconds: float
    location: str = ""


@dataclass
class Times:
    """How long the answers took, and how long all of it."""

    seconds: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    failed: int = 0

    def at(self, share: float) -> float:
        """The time in milliseconds that this share of the answers stayed within."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else float("nan")

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.elapsed if self.elapsed else 0.0


@dataclass(frozen=True)
class Target:
    """A page at a server: where, with which cookies, and the body of a POST if it is one."""

    port: int
    path: str
    cookie: str
    form: Callable[[], str] | None = None

    def ask(self, connection: http.client.HTTPConnection) -> Answer:
        """Ask once on a connection that is kept open."""
        headers = {"Cookie": self.cookie, "Accept": "text/html"}
        body = self.form() if self.form else None
        if body:
            headers["Content-Type"] = _WRITTEN
        begun = time.perf_counter()
        connection.request("POST" if body else "GET", self.path, body, headers)
        response = connection.getresponse()
        size = len(response.read())
        return Answer(response.status, size, time.perf_counter() - begun, response.headers.get("Location", ""))

    def is_right(self, answer: Answer) -> bool:
        """A page that was shown, or a form that was saved; not a way to the sign-in page or an error."""
        if self.form:
            return answer.status in (302, 303) and "logg-inn" not in answer.location
        return answer.status == 200


def connect(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def in_turn(targets: list[Target], seconds: float, most: int) -> list[Times]:
    """Ask the targets turn about, one request at a time, so that all meet the same machine."""
    times = [Times() for _ in targets]
    connections = [connect(target.port) for target in targets]
    for target, connection in zip(targets, connections, strict=True):
        for _ in range(WARM_UP):
            target.ask(connection)
    until = time.perf_counter() + seconds
    for _ in range(most):
        for target, connection, kept in zip(targets, connections, times, strict=True):
            answer = target.ask(connection)
            kept.seconds.append(answer.seconds)
            kept.elapsed += answer.seconds
            kept.failed += not target.is_right(answer)
        if time.perf_counter() > until:
            break
    return times


def at_once(target: Target, concurrency: int, seconds: float, most: int) -> Times:
    """Ask one target from several connections at once."""
    times, guard, left = Times(), threading.Lock(), [most]
    until = time.perf_counter() + seconds

    def one() -> None:
        connection = connect(target.port)
        while time.perf_counter() < until:
            with guard:
                if left[0] <= 0:
                    break
                left[0] -= 1
            answer = target.ask(connection)
            with guard:
                times.seconds.append(answer.seconds)
                times.failed += not target.is_right(answer)

    threads = [threading.Thread(target=one) for _ in range(concurrency)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.elapsed = time.perf_counter() - begun
    return times
