"""The worker is killed in the middle of a list: nothing is half-done, and the list can be started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection

from samlop.cases.models import Case, JournalEntry
from samlop.core.time import now
from samlop.core.writing import writing
from samlop.exchange.imports import job
from samlop.exchange.imports.commands import receive_list, start_run
from samlop.exchange.models import ImportRun
from samlop.people.models import Person
from tests.exchange.files import csv_file, people
from tests.house import build

WORKER = """
import sys, time, uuid, django
django.setup()
from samlop.cases import journal
from samlop.exchange.imports import job
begin, calls = journal.begin, []
def slow(*args):
    begin(*args)
    calls.append(1)
    if len(calls) == 2:
        time.sleep(1)  # so that the next sign of life is due
    if len(calls) == 3:
        print("in the middle", flush=True)
        time.sleep(60)
journal.begin = slow
job.work(uuid.UUID(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_list() -> None:
    house = build()
    by = house.viewer("adviser")
    unit, user = house.units["refugee"], house.users["adviser"]
    run = receive_list(content=csv_file(*people(350)), name="liste.csv", owner_unit=unit, main_contact=user, by=by)
    with patch("samlop.exchange.imports.commands.queue"):
        start_run(run=run.pk, by=by)
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(run.pk)], env=_environment(), stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "in the middle"
    run.refresh_from_db()
    assert run.status == "running"
    assert run.done >= 100, "how far it has come is seen on the way"
    assert Case.objects.count() == 1, "nothing is seen before the end"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    _until_the_database_knows()
    assert (Case.objects.count(), Person.objects.count(), JournalEntry.objects.count()) == (1, 1, 0)
    with writing("test"):
        ImportRun.objects.update(alive_at=now() - timedelta(minutes=3))
    with patch("samlop.exchange.imports.commands.queue"):
        start_run(run=run.pk, by=by)
    job.work(run.pk)
    run.refresh_from_db()
    assert (run.status, run.fresh, run.content) == ("done", 350, None)
    assert Case.objects.count() == 351


def _environment() -> dict[str, str]:
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST']}"
    if found["PORT"]:
        address += f"&port={found['PORT']}"
    return {
        **os.environ,
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "samlop.site.settings",
        "PGPASSWORD": found["PASSWORD"],
    }


def _until_the_database_knows() -> None:
    """The server notices a dead connection when it next writes to it; the lock goes with it."""
    for _ in range(100):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the killed worker still holds its lock")
