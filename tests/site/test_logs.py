"""The log: one JSON object a line, found again by its request id, and nothing in it about a person."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from samlop.core.pages import page
from samlop.core.writing import writing
from samlop.people.models import PersonIdentifier
from samlop.people.vocabulary import IdentifierKind
from samlop.site import logs
from samlop.site.urls import handler500 as handler500
from samlop.site.urls import urlpatterns as addresses
from tests.house import House

NUMBER = "05899599814"
PASSWORD = "fire hester i regn"


@page(open_to="test")
def quotes_a_row(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Fails the way a database does: with the row in the message."""
    original = PersonIdentifier.objects.get()
    with writing("test"), transaction.atomic():
        PersonIdentifier.objects.create(
            person=original.person, municipality=original.municipality, kind=original.kind, value=original.value
        )
    raise AssertionError


@page(open_to="test")
def tells_a_library(request: HttpRequest) -> HttpResponse:
    """A library that writes what it was given."""
    logging.getLogger("some.library").warning("Could not handle %s", request.GET["navn"])
    return HttpResponse("ok")


urlpatterns = [path("feiler/<uuid:case_id>/", quotes_a_row), path("bibliotek/", tells_a_library), *addresses]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What production would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = logs.config(json=True, level="INFO")["formatters"]["line"]
    handler.setFormatter(formatter.pop("()")(**formatter))
    root, ours = logging.getLogger(), logging.getLogger("samlop")
    before = root.handlers[:], ours.level
    root.handlers = [handler]
    ours.setLevel(logging.INFO)
    yield stream
    root.handlers = before[0]
    ours.setLevel(before[1])
    structlog.contextvars.clear_contextvars()


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_day_at_work_leaves_nothing_about_people(
    house: House, log: io.StringIO, settings: Settings, client: Client
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    user, person = house.users["adviser"], house.case.person
    user.set_password(PASSWORD)
    with writing("test"):
        user.save()
        PersonIdentifier.objects.create(
            person=person, municipality=person.municipality, kind=IdentifierKind.BIRTH_NUMBER, value=NUMBER
        )
    client.post("/logg-inn/", {"login": "adviser", "password": "feil passord"})
    client.post("/logg-inn/", {"login": "adviser", "password": PASSWORD})
    for address in (
        "/konto/",
        f"/sak/{house.case.pk}/innsyn/",
        f"/deltakere/?q={person.family_name}",
        f"/finnes-ikke/{person.family_name}/?nummer={NUMBER}",
        f"/feiler/{house.case.pk}/?nummer={NUMBER}",
        f"/bibliotek/?navn={person.given_name}",
        f"/logg-inn/nytt-passord/{user.pk}/hemmelig-lenke/",
        "/nodtilgang/",
    ):
        client.get(address)
    text = log.getvalue()
    told = (NUMBER, "Amina", "Østby", "stby", PASSWORD, "feil passord", "hemmelig-lenke", "adviser@", "?", "127.0.0.1")
    assert [word for word in told if word in text] == []
    assert "Adviser" not in text
    assert len(lines(log)) >= 9


def test_each_line_is_json_with_time_level_and_request(house: House, log: io.StringIO, client: Client) -> None:
    client.force_login(house.users["adviser"])
    client.get("/konto/?a=b", headers={"x-request-id": "abc-12345678"})
    line = lines(log)[-1]
    assert line["event"] == "request"
    assert line["request_id"] == "abc-12345678"
    assert (line["method"], line["route"], line["status"]) == ("GET", "konto/", 200)
    assert line["user"] == str(house.users["adviser"].pk)
    assert {"timestamp", "level", "ms", "logger"} <= line.keys()


def test_the_request_id_is_given_back_and_a_strange_one_replaced(client: Client, db: None) -> None:
    assert client.get("/logg-inn/", headers={"x-request-id": "proxy-0001"})["X-Request-ID"] == "proxy-0001"
    for strange in ("", "kort", "x" * 65, "a b c d e f g h", 'abc"def\\ghi'):
        given = client.get("/logg-inn/", headers={"x-request-id": strange})["X-Request-ID"]
        assert given != strange
        assert len(given) == 32


def test_a_fault_is_found_by_its_id_with_its_places_and_without_its_message(
    house: House, log: io.StringIO, settings: Settings, client: Client
) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    with writing("test"):
        PersonIdentifier.objects.create(
            person=house.case.person, municipality=house.municipality, kind=IdentifierKind.BIRTH_NUMBER, value=NUMBER
        )
    response = client.get(f"/feiler/{house.case.pk}/", headers={"x-request-id": "find-me-again"})
    assert response.status_code == 500
    assert "find-me-again" in response.content.decode(), "the person can tell it to those who help"
    [fault] = [line for line in lines(log) if line["event"] == "failed"]
    assert fault["request_id"] == "find-me-again"
    assert fault["fault"] == "django.db.utils.IntegrityError"
    assert any("test_logs.py" in place and "quotes_a_row" in place for place in fault["places"])


def test_a_library_is_quoted_without_the_values(log: io.StringIO) -> None:
    try:
        raise IntegrityError(f"Key (value)=({NUMBER}) already exists.")
    except IntegrityError:
        logging.getLogger("some.library").exception("Failed for %s", "Amina Østby")
    [line] = lines(log)
    assert line["event"] == "Failed for %s"
    assert line["fault"] == "django.db.utils.IntegrityError"
    assert NUMBER not in log.getvalue()


def test_the_log_costs_no_query(client: Client, db: None, django_assert_num_queries: Any) -> None:
    connection.ensure_connection()
    with django_assert_num_queries(0):
        client.get("/finnes-ikke/")
