"""Putting jobs of the room in the queue, in the transaction under way: they are there exactly when it is kept."""

from __future__ import annotations

from uuid import UUID


def queue_work(run_id: UUID) -> None:
    """Work a run out in the worker."""
    from samlop.benefit.tasks import work_out

    work_out.defer(run_id=str(run_id))


def queue_differences(municipality_id: UUID) -> None:
    """Look for differences in a municipality's closed months in the worker."""
    from samlop.benefit.tasks import look_in

    look_in.defer(municipality_id=str(municipality_id))
