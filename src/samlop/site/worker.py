"""``samlop worker``: does the jobs that were put off (imports, reminders, reports), from the queue in the database."""

from __future__ import annotations

from samlop.site.arguments import Arguments
from samlop.site.environment import number


def main(arguments: list[str]) -> int:
    """Work until told to stop; a job under way is finished first."""
    Arguments(
        "worker", "Gjør jobbene som ligger i køen. Stopp med Ctrl-C; jobben som er i gang, gjøres ferdig."
    ).parse_args(arguments)
    from samlop.site.cli import prepare

    prepare()
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
        working.run_worker(concurrency=number("SAMLOP_WORKER_CONCURRENCY", 1), shutdown_graceful_timeout=20)
    return 0
