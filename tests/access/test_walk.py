"""Everybody knocks on every page; what opens is what the matrix says."""

from __future__ import annotations

from typing import Any

import pytest
from django import shortcuts
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

from samlop.core.commands import Policy
from samlop.people.vocabulary import Role
from samlop.site import middleware
from tests.access.samples import SAMPLES, make_samples
from tests.access.test_declarations import ALL_ADDRESSES
from tests.access.walk import MATRIX, POSITIONS, STAFF, Knocker, knocker
from tests.house import House

OURS = [(name, pattern) for name, pattern in ALL_ADDRESSES if hasattr(pattern.callback, "policy")]


def in_words(policy: Policy) -> str:
    """A page's declaration as the matrix file writes it: «plan S», «configure», «everyone signed in», «open»."""
    if policy.section:
        return f"{policy.section} {'-SCM'[policy.right]}"
    return str(policy.permission) if policy.permission else "stated"


def test_every_page_asks_for_what_the_matrix_says() -> None:
    declared = {name: in_words(pattern.callback.policy) for name, pattern in OURS}
    assert declared == MATRIX["pages"]


@pytest.mark.parametrize(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_every_page_has_samples_for_its_address(name: str, pattern: URLPattern) -> None:
    assert set(pattern.pattern.converters) <= set(SAMPLES), "add a sample to tests/access/samples.py"


@pytest.fixture
def _refusals_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each refusal's page is drawn the first time a knocker meets it; later on the walk its number is enough."""
    drawn: set[tuple[str, str]] = set()

    def render(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        refusal = context["refusal"]
        if (refusal.code, refusal.text) in drawn:
            return HttpResponse(status=status)
        drawn.add((refusal.code, refusal.text))
        return shortcuts.render(request, template, context, status=status)

    monkeypatch.setattr(middleware, "render", render)


@pytest.mark.usefixtures("_refusals_drawn_once")
@pytest.mark.parametrize(("role", "position"), [(role, position) for role in STAFF for position in POSITIONS])
def test_pages_open_and_close_as_the_matrix_says(house: House, role: Role, position: str) -> None:
    samples = make_samples(house)
    one = knocker(house, role, position)
    client = Client(raise_request_exception=True)
    client.force_login(one.user)
    wrong = {}
    for name, pattern in OURS:
        found = knock(client, name, pattern, samples)
        if not agrees(one, name, pattern, found):
            wrong[name] = found
    assert wrong == {}


def knock(client: Client, name: str, pattern: URLPattern, samples: dict[str, Any]) -> int:
    """Ask for the page (or send it an empty form) and undo whatever it did."""
    where = reverse(name, kwargs={key: samples[key] for key in pattern.pattern.converters})
    cookies = client.cookies.copy()  # a page may sign the knocker out
    with transaction.atomic():
        answer = client.get(where) if "GET" in pattern.callback.methods else client.post(where, {})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code


def agrees(one: Knocker, name: str, pattern: URLPattern, found: int) -> bool:
    """Whether the answer is the expected one: an opened page may also redirect or find the empty form wanting."""
    expected = one.expected_answer(pattern.callback.policy)
    if expected == 200:
        return found in (200, 302, 303, 400, 409, 422) or (found in (403, 404) and name in MATRIX["own_only"])
    return found == expected or (found in (403, 404) and name in MATRIX["own_only"])


def test_nobody_signed_in_reaches_nothing(house: House) -> None:
    samples = make_samples(house)
    for name, pattern in OURS:
        if name in MATRIX["open"]:
            continue
        assert knock(Client(), name, pattern, samples) in (302, 403), name
