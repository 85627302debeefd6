"""What changes a run: the file is taken, started, given up, and cleared away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.registration import check_owner
from samlop.cases.team import check_place
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.rights import Permission
from samlop.core.time import now
from samlop.exchange.imports import reading
from samlop.exchange.imports.checking import Checked, check
from samlop.exchange.imports.preview import lines
from samlop.exchange.imports.queue import queue
from samlop.exchange.imports.runs import chosen, has_stopped, read_before
from samlop.exchange.models import ImportRun, RunStatus
from samlop.people.models import Unit, User

KEPT = timedelta(hours=24)
"""A file that nobody starts is cleared away after this."""


@command(permission=Permission.IMPORT_CASES)
def receive_list(
    *,
    content: bytes,
    name: str,
    owner_unit: Unit,
    main_contact: User | None,
    units: Iterable[Unit] = (),
    by: Viewer,
) -> ImportRun:
    """Read and check a file; keep it if every cell is right, else only what is wrong. Raises ``FileRefused``."""
    check_owner(owner_unit, by)
    municipality = owner_unit.municipality
    assert municipality is not None  # an owner has one, see check_owner
    check_place(municipality, owner_unit, main_contact, None)
    others = [unit for unit in units if unit != owner_unit]
    for unit in others:
        check_place(municipality, unit, None, None)
    sheet = reading.read(content, name)
    choice = chosen(owner_unit, main_contact)
    found = check(sheet, municipality_id=municipality.pk, choice=choice, by=by)
    run = ImportRun(
        municipality=municipality,
        user=by.signed_in,
        membership=by.membership,
        owner_unit=owner_unit,
        main_contact=main_contact,
        units=[unit.pk for unit in others],
        status=RunStatus.INVALID if found.errors else RunStatus.READY,
        kind=sheet.kind,
        size=len(content),
        digest=reading.digest(content),
        content=None if found.errors else content,
        note=sheet.note,
        errors=[error.kept() for error in found.errors],
        created_at=now(),
    )
    _count(run, found)
    run.save(force_insert=True)
    return run


def _count(run: ImportRun, found: Checked) -> None:
    run.rows = len(found.rows)
    verdicts = [one.verdict.value for one in found.judged]
    run.fresh, run.known, run.alike = (verdicts.count(word) for word in ("new", "known", "alike"))
    run.preview = lines(found.judged)


@command(permission=Permission.IMPORT_CASES)
def start_run(*, run: UUID, anyway: bool = False, by: Viewer) -> ImportRun:
    """Put a checked list in the queue; also one that stopped on the way, which has changed nothing.

    Raises ``Refused``: ``list_read_before``, ``likely_duplicate`` where rows are like somebody and it is not said that
    they are others, ``nothing_new``, ``run_ended``.
    """
    row = _own(run, by)
    if row.is_under_way and not has_stopped(row):
        return row
    if row.content is None:
        raise Refused("run_ended", _("Listen er lest inn eller slettet. Last opp filen på nytt."))
    if read_before(row):
        raise Refused("list_read_before", _("Akkurat denne filen er lest inn før. Den endrer ingenting."))
    if row.fresh + row.alike == 0:
        raise Refused("nothing_new", _("Alle i listen er registrert fra før."))
    if row.alike and not anyway:
        raise Refused(
            "likely_duplicate",
            _("Se på dem som ligner på noen, og kryss av for at det er andre personer."),
            "anyway",
        )
    row.status, row.anyway, row.done, row.trouble, row.alive_at = RunStatus.QUEUED, anyway, 0, "", now()
    row.membership = by.membership
    row.save()
    queue(row.pk)
    return row


@command(permission=Permission.IMPORT_CASES)
def discard_run(*, run: UUID, by: Viewer) -> None:
    """Give a list up: the file is deleted at once."""
    row = _own(run, by)
    if row.is_under_way and not has_stopped(row):
        raise Refused("run_under_way", _("Listen leses inn nå, og kan ikke stoppes. Alt eller ingenting blir lagret."))
    row.delete()


def _own(run: UUID, by: Viewer) -> ImportRun:
    row: ImportRun | None = by.scope(ImportRun).select_for_update(of=("self",)).filter(pk=run).first()
    if row is None or row.municipality_id != by.municipality_id:
        raise not_found()
    return row


@command(why_open="clears away files that nobody has used for a day; run by the worker")
def clear_forgotten(*, by: Any) -> int:
    """Delete the files of lists that nobody started. How many there were."""
    rows = ImportRun.objects.filter(content__isnull=False, created_at__lt=now() - KEPT)
    forgotten = [row.pk for row in rows if not row.is_under_way or has_stopped(row)]
    ImportRun.objects.filter(pk__in=forgotten).delete()
    return len(forgotten)
