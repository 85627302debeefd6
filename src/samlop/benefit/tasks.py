"""Jobs of the room. Found by procrastinate; arguments are keys only."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

log = logging.getLogger("samlop.benefit")


@app.task(name="benefit.work_out", queue="benefit")
def work_out(run_id: str) -> None:
    """Work a run out, or go on where it stopped."""
    from samlop.benefit.preparing import work

    work(UUID(run_id))


@app.periodic(cron="*/5 * * * *")
@app.task(name="benefit.go_on", queueing_lock="benefit.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Go on with runs that stopped on the way: the worker was killed, or the machine was turned off."""
    from samlop.benefit.preparing import stopped_runs, work

    for run_id in stopped_runs():
        work(run_id)


@app.periodic(cron="40 3 * * *")
@app.task(name="benefit.look_for_differences", queueing_lock="benefit.look_for_differences", pass_context=False)
def look_for_differences(timestamp: int) -> None:
    """Every night: look for differences in closed months, so that nobody has to remember it.

    A municipality at a time, each kept by itself: trouble in one does not stop the others.
    """
    from samlop.access.viewer import Viewer
    from samlop.benefit.commands.corrections import look_in_municipality
    from samlop.benefit.corrections import municipalities_paid

    for municipality in municipalities_paid():
        try:
            look_in_municipality(municipality_id=municipality, by=Viewer.system("samlop nattjobb"))
        except Exception as trouble:
            # Only what kind of trouble: the text of a database error repeats what was to be saved.
            log.error(
                "benefit look failed", extra={"municipality": str(municipality), "trouble": type(trouble).__name__}
            )


@app.task(name="benefit.look_in", queue="benefit")
def look_in(municipality_id: str) -> None:
    """Look for differences in a municipality's closed months."""
    from samlop.access.viewer import Viewer
    from samlop.benefit.commands.corrections import look_in_municipality

    look_in_municipality(municipality_id=UUID(municipality_id), by=Viewer.system("samlop stønad"))
