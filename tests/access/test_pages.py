"""The pages of access, as the people who use them meet them."""

from __future__ import annotations

import pytest
from django.test import Client

from samlop.access.models import Objection, Reading
from tests.house import House


def signed_in(house: House, who: str) -> Client:
    client = Client()
    client.force_login(house.users[who])
    return client


@pytest.mark.parametrize("who", ["adviser", "nav", "teacher", "participant", "leader"])
def test_who_sees_opens_for_those_who_see_the_case_and_is_logged(house: House, who: str) -> None:
    answer = signed_in(house, who).get(f"/sak/{house.case.pk}/innsyn/")
    assert answer.status_code == 200
    assert "Hvem ser hva" in answer.content.decode()
    assert Reading.objects.filter(user_id=house.users[who].pk, section="identity").count() == 1


@pytest.mark.parametrize(
    "who", ["stranger", "other_leader", "county", "evaluator", "operator", "employer", "volunteer"]
)
def test_others_are_told_nothing(house: House, who: str) -> None:
    answer = signed_in(house, who).get(f"/sak/{house.case.pk}/innsyn/")
    nothing = signed_in(house, who).get("/sak/01900000-0000-7000-8000-000000000000/innsyn/")
    assert answer.status_code == nothing.status_code == 404
    assert "Amina" not in answer.content.decode()


def test_the_participant_objects_on_the_page(house: House) -> None:
    client = signed_in(house, "participant")
    where = f"/sak/{house.case.pk}/innsyn/innvending/"
    refused = client.post(where, {"objection-text": ""})
    assert refused.status_code == 422
    assert client.post(where, {"objection-text": "Jeg vil ikke det."}).status_code == 302
    assert Objection.objects.get().text == "Jeg vil ikke det."


def test_a_double_click_objects_once(house: House) -> None:
    client = signed_in(house, "participant")
    where = f"/sak/{house.case.pk}/innsyn/innvending/"
    given = {"objection-text": "Nei takk.", "objection-once": "01900000-0000-7000-8000-000000000001"}
    assert [client.post(where, given).status_code for _ in range(2)] == [302, 302]
    assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("where", "may"),
    [
        ("/nodtilgang/", {"adviser", "nav", "leader", "nav_leader"}),
        ("/kontrolliste/", {"leader", "nav_leader"}),
        ("/kommune/tilgang/", {"leader"}),
        ("/tilgang/", {"adviser", "nav", "leader", "nav_leader", "teacher", "participant", "county", "operator"}),
    ],
)
def test_pages_of_permissions(house: House, where: str, may: set[str]) -> None:
    for who in ("adviser", "nav", "leader", "nav_leader", "teacher", "participant", "county", "operator"):
        assert signed_in(house, who).get(where).status_code == (200 if who in may else 403), who


def test_a_role_one_does_not_hold_is_refused(house: House) -> None:
    client = signed_in(house, "adviser")
    other = house.users["leader"].memberships.get().pk
    assert client.post("/rolle/velg/", {"acting": str(other)}).status_code == 403
    own = house.users["adviser"].memberships.get().pk
    assert client.post("/rolle/velg/", {"acting": str(own), "next": "https://evil.test/"}).headers["Location"] == "/"


def test_queries_of_who_sees_do_not_grow_with_readers(house: House, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(house, "adviser")
    with django_assert_max_num_queries(22):
        client.get(f"/sak/{house.case.pk}/innsyn/")
