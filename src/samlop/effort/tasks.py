"""Jobs of the room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from samlop.access.viewer import Viewer
from samlop.effort.refresh import refresh


@app.periodic(cron="20 2 * * *")
@app.task(name="effort.refresh_extracts", queueing_lock="effort.refresh_extracts", pass_context=False)
def refresh_extracts(timestamp: int) -> None:
    """Every night: count anew what the county reads."""
    refresh(Viewer.system("samlop nattjobb"))
