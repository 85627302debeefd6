"""Jobs of the room. Found by procrastinate; arguments are keys only."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app


@app.task(name="exchange.import_list", queue="imports")
def import_list(run_id: str) -> None:
    """Read a list of participants in."""
    from samlop.exchange.imports.job import work

    work(UUID(run_id))


@app.periodic(cron="17 * * * *")
@app.task(name="exchange.clear_forgotten_lists", queue="imports")
def clear_forgotten_lists(timestamp: int) -> None:
    """Delete files that nobody started."""
    from samlop.access.viewer import Viewer
    from samlop.exchange.imports.commands import clear_forgotten

    clear_forgotten(by=Viewer.system("exchange"))
