"""What is shown when something is wrong: in the house's style, in words that say what to do."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views import defaults

from samlop.core.errors import Refused, not_found
from samlop.site.middleware import ViewerMiddleware
from tests.house import House


def test_an_address_that_is_not_there(client: Client, db: None) -> None:
    answer = client.get("/finnes-ikke/")
    assert answer.status_code == 404
    assert "Vi fant ikke siden" in answer.content.decode()


def test_the_server_error_page_needs_nothing() -> None:
    answer = defaults.server_error(RequestFactory().get("/"))
    assert "Noe gikk galt hos oss" in answer.content.decode()


@pytest.mark.parametrize(
    ("view", "words"), [(defaults.bad_request, "Vi forsto ikke"), (defaults.permission_denied, "Du har ikke tilgang")]
)
def test_the_framework_s_own_refusals(view: object, words: str) -> None:
    answer = view(RequestFactory().get("/"), exception=Exception())  # type: ignore[operator]
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("refusal", "status", "heading"),
    [
        (not_found(), 404, "Vi fant ikke siden"),
        (Refused("no_permission", "Rollen du har valgt, kan ikke gjøre dette."), 403, "Du har ikke tilgang"),
        (Refused("changed_meanwhile", "Noen har endret planen."), 409, "Det gikk ikke"),
    ],
)
def test_a_refusal_says_why_and_carries_its_code(refusal: Refused, status: int, heading: str, db: None) -> None:
    def never(request: HttpRequest) -> HttpResponse:
        raise AssertionError

    request = RequestFactory().get("/")
    answer = ViewerMiddleware(never).process_exception(request, refusal)
    assert answer is not None
    assert answer.status_code == status
    html = answer.content.decode()
    assert heading in html
    assert refusal.text in html
    assert refusal.code in html
    assert "data-problem" in html, "what was typed in the form before is kept"


def test_a_stale_form_is_told_that_nothing_is_lost(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.users["adviser"])
    answer = client.post("/stil/", {"goal": "noe"})
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "det du skrev, er ikke borte" in html
    assert 'href="/stil/"' in html
