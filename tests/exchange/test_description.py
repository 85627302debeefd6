"""The API keeps to its own description, whatever it is sent: nothing breaks, every answer has the shape it promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from samlop.access import tokens
from samlop.core.rights import Section
from samlop.core.time import today
from samlop.exchange.tokens.commands import make_token
from samlop.site.wsgi import application
from tests.house import House

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The requests come in the test's own transaction, as Django's test client does it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def described(house: House, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(tokens, "CALLS", 1_000_000)
    made = make_token(
        unit=house.units["refugee"], role="programme_adviser", name="Prøve", purpose="Prøve",
        sees=[Section.IDENTITY, Section.PLAN], writes=[Section.PLAN], valid_from=today(),
        valid_to=today() + timedelta(days=1), by=house.viewer("leader"),
    )  # fmt: skip
    head = {"Authorization": f"Bearer {made.secret}"}  # type: ignore[attr-defined]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, headers=head), head


def test_every_answer_is_as_described(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    schema, head = described(house, monkeypatch)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 7
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def keeps(case: Any) -> None:
            if case.path_parameters and "case_id" in case.path_parameters and len(str(case.query or "")) % 2:
                case.path_parameters["case_id"] = str(house.case.pk)
            with transaction.atomic():
                case.call_and_validate(headers=head, checks=CHECKS)
                transaction.set_rollback(True)

        keeps()


def test_the_description_tells_how_to_sign_in_and_how_it_says_no(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    schema, _head = described(house, monkeypatch)
    raw = schema.raw_schema
    assert raw["components"]["securitySchemes"]["WithToken"] == {"type": "http", "scheme": "bearer"}
    for path in raw["paths"].values():
        for operation in path.values():
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
