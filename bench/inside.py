"""How many queries a page asks, seen from inside the program."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages import TOKEN, Page


@dataclass(frozen=True)
class Queries:
    """Queries of one page, and the milliseconds the database was asked."""

    count: int
    milliseconds: float
    slowest: str
    slowest_milliseconds: float


def count(page: Page) -> Queries:
    """Open the page once to warm up, and once to count."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = page.session
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            if page.form:
                client.generic("POST", page.path, page.form(), "application/x-www-form-urlencoded")
            else:
                client.get(page.path)
    asked = [query for query in captured.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    slowest = max(asked, key=lambda query: float(query["time"]), default={"sql": "", "time": "0"})
    return Queries(
        len(asked),
        sum(float(query["time"]) for query in asked) * 1000,
        slowest["sql"],
        float(slowest["time"]) * 1000,
    )
