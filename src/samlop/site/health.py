"""Is the program alive, and is it ready? Asked by load balancers and monitors, also by address and without HTTPS.

``/helse/`` – the process answers; no database. ``/klar/`` – the database answers and its tables are up to date: send
people here. ``/klar/arbeider/`` – a worker has shown itself within a minute; without one pages work, but jobs wait.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from samlop.core.time import now

WORKER_SILENT = timedelta(minutes=1)
_migrated = False


class HealthMiddleware:
    """Outermost: answers before host, session and user are looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = ANSWERS.get(request.path)
        if answer is None or request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        response = answer()
        response["Cache-Control"] = "no-store"
        return response


def alive() -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def ready() -> HttpResponse:
    """503 while the database is away or its tables are older than the program."""
    try:
        states = {"database": "ok", "migrations": "ok" if _is_migrated() else "behind"}
    except DatabaseError:
        states = {"database": "away"}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


def worker() -> HttpResponse:
    """503 when no worker has shown itself lately."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(last_heartbeat) FROM procrastinate_workers")
            row = cursor.fetchone()
        silent = not row or row[0] is None or now() - row[0] > WORKER_SILENT
        state = "silent" if silent else "ok"
    except DatabaseError:
        state = "unknown"
    return JsonResponse({"worker": state}, status=200 if state == "ok" else 503)


def _is_migrated() -> bool:
    """Whether every migration has been run. Once true it stays true for this process; until then it is looked up."""
    global _migrated
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


ANSWERS: dict[str, Callable[[], HttpResponse]] = {"/helse/": alive, "/klar/": ready, "/klar/arbeider/": worker}
