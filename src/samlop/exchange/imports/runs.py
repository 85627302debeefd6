"""What follows from a run: what was chosen for it, whether it has stopped, whether the file has been read before."""

from __future__ import annotations

from datetime import timedelta

from samlop.cases.registration import Place
from samlop.cases.vocabulary import TeamFunction
from samlop.core.time import now
from samlop.exchange.imports.checking import Choice
from samlop.exchange.models import ImportRun, RunStatus
from samlop.people.models import Unit, User

STOPPED = timedelta(minutes=2)
"""A run that has not given a sign of life for so long has stopped."""


def chosen(owner_unit: Unit, main_contact: User | None) -> Choice:
    """What holds for rows that say nothing of unit and contact."""
    return Choice(owner_unit, Place(owner_unit, main_contact, function=TeamFunction.MAIN_CONTACT, is_editor=True))


def has_stopped(run: ImportRun) -> bool:
    """Whether a run gave its last sign of life too long ago: the worker was killed, and nothing was saved."""
    return run.status == RunStatus.RUNNING and (run.alive_at is None or now() - run.alive_at > STOPPED)


def read_before(run: ImportRun) -> ImportRun | None:
    """The run that has read exactly this file into the municipality already."""
    rows = ImportRun.objects.filter(municipality_id=run.municipality_id, digest=run.digest, status=RunStatus.DONE)
    found: ImportRun | None = rows.exclude(pk=run.pk).order_by("-ended_at").first()
    return found
