"""The run itself, in the worker: checks again, registers everything in one transaction, tells how far it has come.

Killed on the way nothing is saved, because nothing is saved before the end. What it tells on the way goes over a
connection of its own, so that the page can see it.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from samlop.access.session import current_memberships
from samlop.access.viewer import Viewer
from samlop.cases.commands.importing import import_cases
from samlop.core.errors import Refused
from samlop.core.organisation import note
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.exchange.imports import reading
from samlop.exchange.imports.checking import check
from samlop.exchange.imports.runs import chosen
from samlop.exchange.models import ImportRun, RunStatus
from samlop.people.models import Unit

log = logging.getLogger("samlop.imports")

EVERY = 0.5
"""Seconds between signs of life."""


def work(run_id: UUID) -> None:
    """Do a queued run. Whatever happens ends in its row, never in an exception that could carry what was read."""
    run = (
        ImportRun.objects.select_related("municipality", "owner_unit", "main_contact", "user").filter(pk=run_id).first()
    )
    if run is None or not run.is_under_way or run.content is None:
        return
    with override(run.user.language), Beat(run_id) as beat:
        try:
            _register(run, beat)
        except Refused as refusal:
            _end(run, RunStatus.FAILED, refusal.text)
        except Exception as trouble:
            # Only what kind of trouble: the text of a database error repeats what was to be saved.
            log.error("import failed", extra={"run": str(run_id), "trouble": type(trouble).__name__})
            _end(run, RunStatus.FAILED, _("Noe gikk galt hos oss. Ingenting er lagret. Prøv igjen, eller spør drift."))


def _register(run: ImportRun, beat: Beat) -> None:
    by = _acting(run)
    with transaction.atomic():
        if not _only_one(run.pk) or ImportRun.objects.filter(pk=run.pk, content__isnull=True).exists():
            return  # another worker has it, or has just done it
        sheet = reading.read(bytes(run.content or b""))
        found = check(
            sheet, municipality_id=run.municipality_id, choice=chosen(run.owner_unit, run.main_contact), by=by
        )
        if found.errors:
            raise Refused("changed_meanwhile", _("Noe er endret siden filen ble kontrollert. Last den opp på nytt."))
        result = import_cases(
            municipality_id=run.municipality_id,
            rows=found.rows,
            units=list(Unit.objects.filter(pk__in=run.units).order_by("name")),
            imported_as=str(run.pk),
            anyway=run.anyway,
            tick=beat.tell,
            by=by,
        )
        run.fresh, run.known = result.made, result.known
        with writing("exchange.imports.job"):
            note(by, "exchange.list_read", {"made": result.made})
        _end(run, RunStatus.DONE)


def _acting(run: ImportRun) -> Viewer:
    """Whoever started the run, in the role they had – if they still have it."""
    held = current_memberships(run.user.pk, today())
    membership = next((one for one in held if one.pk == run.membership_id), None)
    if membership is None or not run.user.is_active:
        raise Refused("no_role", _("Du har ikke lenger rollen som listen ble startet i. Ingenting er lagret."))
    return Viewer.acting(membership)


def _only_one(run_id: UUID) -> bool:
    """Take the run for this transaction; false where another worker has it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"import {run_id}"])
        return bool(cursor.fetchone()[0])


def _end(run: ImportRun, status: RunStatus, trouble: str = "") -> None:
    """The end of a run: nothing of the file is left."""
    with writing("exchange.imports.job"):
        ImportRun.objects.filter(pk=run.pk).update(
            status=status,
            trouble=trouble,
            content=None,
            preview=[],
            fresh=run.fresh,
            known=run.known,
            done=run.rows if status == RunStatus.DONE else 0,
            ended_at=now(),
        )


@dataclass
class Beat:
    """Signs of life, over a connection of its own: the run's transaction shows nothing before its end."""

    run_id: UUID
    told_at: float = 0.0
    _connection: Any = field(default=None, repr=False)

    def __enter__(self) -> Beat:
        self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        self._tell(0)
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._connection.close()

    def tell(self, done: int) -> None:
        """How many rows are done; told at most twice a second."""
        if time.monotonic() - self.told_at >= EVERY:
            self._tell(done)

    def _tell(self, done: int) -> None:
        self.told_at = time.monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(
                "UPDATE exchange_importrun SET done = %s, alive_at = %s, status = 'running' "
                "WHERE id = %s AND status IN ('queued', 'running')",
                [done, now(), self.run_id],
            )
