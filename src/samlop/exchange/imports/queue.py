"""Putting a run in the queue. The job's only argument is the key of the run."""

from __future__ import annotations

from uuid import UUID


def queue(run_id: UUID) -> None:
    """Queue the job in the transaction under way: it is there exactly when the run says that it waits."""
    from samlop.exchange.tasks import import_list

    import_list.defer(run_id=str(run_id))
