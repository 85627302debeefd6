"""The API: the same commands, queries and refusals as the pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from samlop.access.models import Reading
from samlop.core.commands import Policy
from samlop.people.vocabulary import Role
from samlop.plan.models import Contribution
from tests.access.test_declarations import operations
from tests.access.walk import POSITIONS, STAFF, knocker
from tests.house import House

JSON = "application/json"
BODIES = {
    "/cases/{uuid:case_id}/contributions": {"text": "Amina er klar for B1 muntlig."},
    "/efforts": {"cases": [], "kind": "conversation"},
}


def signed_in(house: House, who: str) -> Client:
    client = Client()
    client.force_login(house.users[who])
    return client


def test_who_am_i(house: House) -> None:
    answer = signed_in(house, "nav").get("/api/v1/me").json()
    assert (answer["role"], answer["municipality"]) == ("nav_adviser", "Elvestad")
    assert "request_override" in answer["permissions"]


def test_a_contribution_by_the_api_is_in_the_plan_and_in_the_journal(house: House) -> None:
    client = signed_in(house, "nav")
    where = f"/api/v1/cases/{house.case.pk}"
    made = client.post(f"{where}/contributions", {"text": "Lønnstilskudd er mulig."}, content_type=JSON)
    assert made.status_code == 201
    plan = client.get(f"{where}/plan").json()
    assert "Lønnstilskudd er mulig." in str(plan["content"]["contributions"])
    journal = client.get(f"{where}/journal").json()
    assert journal[0]["who"] == "Nav"
    assert journal[0]["sentence"]


def test_the_same_key_makes_one_contribution(house: House) -> None:
    client = signed_in(house, "teacher")
    body = {"text": "Leser bedre.", "once": "01900000-0000-7000-8000-000000000001"}
    answers = [
        client.post(f"/api/v1/cases/{house.case.pk}/contributions", body, content_type=JSON).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert Contribution.objects.count() == 1


def test_an_effort_by_the_api_counts(house: House) -> None:
    body = {"cases": [str(house.case.pk)], "kind": "conversation", "minutes": 30}
    answer = signed_in(house, "nav").post("/api/v1/efforts", body, content_type=JSON)
    assert (answer.status_code, answer.json()) == (201, {"count": 1})


def test_the_list_holds_what_the_caller_may_see(house: House) -> None:
    assert signed_in(house, "adviser").get("/api/v1/cases").json()["count"] == 1
    assert signed_in(house, "stranger").get("/api/v1/cases").json() == {"count": 0, "items": []}


def test_reading_by_the_api_is_logged(house: House) -> None:
    signed_in(house, "nav").get(f"/api/v1/cases/{house.case.pk}/plan")
    assert Reading.objects.filter(user_id=house.users["nav"].pk, section="plan").exists()


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '{"text": 1}', '{"text": "a", "extra": 1}', "{}"],
)
def test_bad_input_is_refused_by_name_and_not_repeated(house: House, body: str) -> None:
    where = f"/api/v1/cases/{house.case.pk}/contributions"
    answer = signed_in(house, "nav").post(where, body, content_type=JSON)
    assert answer.status_code in (400, 422)
    assert {"error", "field", "message"} <= set(answer.json())


def test_nobody_signed_in_gets_nothing(house: House) -> None:
    answer = Client().get("/api/v1/cases")
    assert answer.status_code == 401
    assert answer.json()["error"] == "not_signed_in"


def test_a_post_without_the_token_of_the_session_is_refused(house: House) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(house.users["nav"])
    answer = client.post(f"/api/v1/cases/{house.case.pk}/contributions", {"text": "x"}, content_type=JSON)
    assert answer.status_code == 403


@pytest.mark.parametrize(("role", "position"), [(role, position) for role in STAFF for position in POSITIONS])
def test_operations_open_and_close_as_the_matrix_says(house: House, role: Role, position: str) -> None:
    one = knocker(house, role, position)
    client = Client()
    client.force_login(one.user)
    wrong = {}
    for name, function in operations():
        found = call(client, name, house)
        policy: Policy = function.policy
        expected = one.expected_answer(policy)
        if not (found == expected or (expected == 200 and found in (201, 400, 422))):
            wrong[name] = found
    assert wrong == {}


def call(client: Client, name: str, house: House) -> int:
    method, path = name.split(" ", 1)
    where = "/api/v1" + path.replace("{uuid:case_id}", str(house.case.pk))
    if method == "GET":
        return client.get(where).status_code
    body: Any = BODIES[path]
    return client.post(where, body, content_type=JSON).status_code
