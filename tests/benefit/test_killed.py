"""The worker is killed between two batches of a run: what is done stands, and the rest is done later."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from samlop.benefit.commands.run import go_on_with_run, start_run
from samlop.benefit.models import BenefitRun, Draft
from samlop.benefit.preparing import has_stopped, stopped_runs, work
from samlop.core.time import at, now
from samlop.core.writing import writing
from tests.benefit.setting import AFTER, example, more, no_queue
from tests.exchange.test_killed import _environment, _until_the_database_knows
from tests.house import build

WORKER = """
import sys, time, uuid, django
django.setup()
from samlop.benefit import preparing
preparing.BATCH = 3
batch, calls = preparing._batch, []
def slow(run_id):
    calls.append(1)
    if len(calls) == 3:
        print("between two batches", flush=True)
        time.sleep(60)
    return batch(run_id)
preparing._batch = slow
preparing.work(uuid.UUID(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_killed_between_two_batches() -> None:
    house = build()
    example(house)
    more(house, 9)
    with at(AFTER), no_queue():
        run = start_run(month="2026-11", by=house.viewer("adviser"))
    worker = subprocess.Popen(
        [sys.executable, "-c", WORKER, str(run.pk)], env=_environment(), stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    assert worker.stdout.readline().strip() == "between two batches"
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    _until_the_database_knows()
    run.refresh_from_db()
    assert (run.status, run.done, run.people, Draft.objects.count()) == ("calculating", 6, 10, 6)
    done = set(Draft.objects.values_list("pk", flat=True))
    with writing("test"):
        BenefitRun.objects.update(alive_at=now() - timedelta(minutes=3))
    run.refresh_from_db()
    assert has_stopped(run)
    assert stopped_runs() == [run.pk]
    with no_queue():
        go_on_with_run(month="2026-11", by=house.viewer("adviser"))
    work(run.pk)
    run.refresh_from_db()
    assert (run.status, run.done, Draft.objects.count()) == ("ready", 10, 10)
    assert done <= set(Draft.objects.values_list("pk", flat=True)), "what was done is not done again"
