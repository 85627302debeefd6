"""Uploading and reading in a list of participants, at the door, for the tests of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samlop.exchange.imports import job
from samlop.exchange.models import ImportRun
from samlop.identifiers import synthetic_birth_number
from tests.cases.doors import browser, text_of
from tests.house import House

WHERE = "/deltakere/import/"
NUMBER = synthetic_birth_number(date(1990, 4, 2), 0)
SELAM = ("Selam", "Tesfay", NUMBER, "", "ti")


QUEUED: list[Any] = []


def run_all() -> None:
    while QUEUED:
        job.work(QUEUED.pop(0))


def upload(client: Client, house: House, content: bytes, name: str = "liste.csv", **more: Any) -> Any:
    sent = {
        "file": SimpleUploadedFile(name, content),
        "main_contact": f"{house.units['refugee'].pk}:{house.users['adviser'].pk}",
        **more,
    }
    return client.post(WHERE, sent)


def checked(house: House, content: bytes, who: str = "adviser", **more: Any) -> tuple[Client, ImportRun]:
    """Upload a list that can be read; the browser and the run."""
    client = browser(house, who)
    answer = upload(client, house, content, **more)
    assert answer.status_code == 302, text_of(answer)
    return client, ImportRun.objects.order_by("-created_at", "-pk")[0]


def start(client: Client, run: ImportRun, **more: Any) -> ImportRun:
    assert client.post(f"{WHERE}{run.pk}/start/", more).status_code == 302
    run_all()
    run.refresh_from_db()
    return run


def read_in(house: House, content: bytes, who: str = "adviser") -> ImportRun:
    client, run = checked(house, content, who)
    return start(client, run)


def letters(number: int) -> str:
    """A number in letters: names have no digits."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
