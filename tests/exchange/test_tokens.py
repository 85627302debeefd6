"""Another system acts for a unit: never more than a colleague there, only what was ticked, and always by its name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from samlop.access.models import ApiToken, Narrowing, Reading
from samlop.access.queries import who_sees
from samlop.access.tokens import CALLS, PREFIX, TokenViewer, viewer_of_secret
from samlop.cases.models import Case, JournalEntry
from samlop.core.errors import Refused
from samlop.core.models import OrganisationEntry
from samlop.core.organisation import sentence
from samlop.core.rights import Permission, Section
from samlop.core.time import at, now, today
from samlop.core.writing import writing
from samlop.exchange.tokens.commands import make_token, revoke_token
from samlop.people.models import User
from samlop.people.vocabulary import Protection
from samlop.plan.models import Contribution
from tests.access.test_declarations import operations
from tests.exchange.test_api import BODIES, JSON
from tests.house import House, case, person

ADVISER = "programme_adviser"
BASIC = (Section.IDENTITY, Section.PLAN)


def made(house: House, who: str = "leader", unit: str = "refugee", **given: Any) -> ApiToken:
    """A token, with its secret on it."""
    plain: dict[str, Any] = {
        "role": ADVISER, "name": "Velferdssystemet", "purpose": "Henter planen", "sees": BASIC, "writes": (),
        "valid_from": today(), "valid_to": today() + timedelta(days=30),
    }  # fmt: skip
    return make_token(unit=house.units[unit], **{**plain, **given}, by=house.viewer(who))


def system(token: ApiToken) -> Client:
    return Client(headers={"authorization": f"Bearer {token.secret}"}, enforce_csrf_checks=True)  # type: ignore[attr-defined]


def get(token: ApiToken, path: str) -> tuple[int, Any]:
    answer = system(token).get(f"/api/v1{path}")
    return answer.status_code, answer.json()


# ---- reading and writing


def test_a_system_reads_what_it_was_made_for_and_says_who_it_is(house: House) -> None:
    token = made(house)
    status, me = get(token, "/me")
    assert (status, me["name"], me["role"], me["permissions"]) == (200, "Velferdssystemet", ADVISER, [])
    assert me["unit"] == house.units["refugee"].name
    _status, cases = get(token, "/cases")
    assert [line["id"] for line in cases["items"]] == [str(house.case.pk)]
    assert get(token, f"/cases/{house.case.pk}/plan")[0] == 200
    rights = get(token, f"/cases/{house.case.pk}")[1]["rights"]
    assert {name for name, right in rights.items() if right != "none"} == {"identity", "plan"}


def test_what_it_writes_stands_in_its_name_and_for_its_unit(house: House) -> None:
    token = made(house, writes=(Section.PLAN,))
    where = f"/api/v1/cases/{house.case.pk}/contributions"
    body = {"text": "Har fått plass på kurs.", "once": "01900000-0000-7000-8000-000000000001"}
    answers = [system(token).post(where, body, content_type=JSON) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Contribution.objects.get().author_name == "Velferdssystemet"
    entry = JournalEntry.objects.get(case=house.case, code="plan.contribution.added")
    assert (entry.user_name, entry.unit_id, entry.role) == ("Velferdssystemet", house.units["refugee"].pk, ADVISER)


def test_an_effort_by_a_system_counts_for_its_unit(house: House) -> None:
    token = made(house, writes=(Section.PLAN,))
    body = {"cases": [str(house.case.pk)], "kind": "conversation"}
    assert system(token).post("/api/v1/efforts", body, content_type=JSON).status_code == 201
    assert JournalEntry.objects.get(effort="conversation").unit_id == house.units["refugee"].pk


def test_each_opening_stands_in_the_reading_log_by_the_systems_name(house: House) -> None:
    token = made(house)
    get(token, f"/cases/{house.case.pk}/plan")
    reading = Reading.objects.get(section="plan")
    assert (reading.user_name, reading.relation, reading.user_id) == ("Velferdssystemet", "unit", token.user_id)
    reader = next(
        one for one in who_sees(house.viewer("participant"), house.case.pk).readers if "fagsystem" in one.role
    )
    assert (reader.name, reader.unit) == ("Velferdssystemet", house.units["refugee"].name)
    assert {part.section for part in reader.parts} == set(BASIC)
    assert reader.last_opened is not None


# ---- never more than a colleague


def test_it_has_no_more_than_a_colleague_in_the_role_and_less_than_was_ticked_never_more(house: House) -> None:
    viewer = TokenViewer.of(made(house, sees=tuple(s for s in Section if s not in ("needs", "restricted"))))
    colleague = house.viewer("colleague")
    for model in (Case, JournalEntry):
        assert set(viewer.scope(model).values_list("pk", flat=True)) <= set(
            colleague.scope(model).values_list("pk", flat=True)
        )
    assert not any(viewer.may(permission) for permission in Permission)


def test_a_case_without_the_unit_in_its_team_is_not_there(house: House) -> None:
    other = case(house, person(house.municipality, "Samir", "Haddad"), team=("nav",))
    token = made(house)
    assert get(token, f"/cases/{other.pk}")[1]["error"] == "not_found"
    assert get(token, "/cases")[1]["count"] == 1


def test_a_protected_person_is_not_there(house: House) -> None:
    token = made(house)
    with writing("test"):
        house.case.person.protection = Protection.STRICTLY_CONFIDENTIAL
        house.case.person.save()
    assert get(token, f"/cases/{house.case.pk}")[0] == 404
    assert get(token, "/cases")[1]["count"] == 0
    assert not [one for one in who_sees(house.viewer("adviser"), house.case.pk).readers if "fagsystem" in one.role]


def test_a_leaders_wider_sight_is_not_lent(house: House) -> None:
    other = case(house, person(house.municipality, "Samir", "Haddad"), team=("nav",))
    token = made(house, role="leader")
    assert house.viewer("leader").scope(Case).filter(pk=other.pk).exists()
    assert get(token, f"/cases/{other.pk}")[0] == 404


def test_what_the_municipality_narrows_is_narrower_for_systems_too(house: House) -> None:
    token = made(house)
    with writing("test"):
        Narrowing.objects.create(
            municipality=house.municipality, role=ADVISER, section="plan", relation="unit", right=0, why="Avtale"
        )
        house.municipality.policy_version += 1
        house.municipality.save()
    status, refusal = get(token, f"/cases/{house.case.pk}/plan")
    assert (status, refusal["error"]) == (403, "no_right_plan")


# ---- refusals


def test_a_section_that_was_not_ticked_is_refused_by_name(house: House) -> None:
    token = made(house, sees=(Section.IDENTITY,))
    status, refusal = get(token, f"/cases/{house.case.pk}/plan")
    assert (status, refusal["error"]) == (403, "no_token_section")
    nothing = get(token, "/cases/01900000-0000-7000-8000-000000000000/plan")[1]
    assert nothing == refusal, "the same whether the case exists"


def test_one_that_may_only_read_cannot_write(house: House) -> None:
    token = made(house)
    answer = system(token).post(f"/api/v1/cases/{house.case.pk}/contributions", {"text": "Hei"}, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]) == (403, "no_token_section")
    assert not Contribution.objects.exists()


def test_an_unknown_secret_is_refused_even_beside_a_session(house: House) -> None:
    client = Client(headers={"authorization": f"Bearer {PREFIX}finnesikke"})
    client.force_login(house.users["adviser"])
    answer = client.get("/api/v1/cases")
    assert (answer.status_code, answer.json()["error"]) == (401, "unknown_token")


@pytest.mark.parametrize("days", [-1, 31])
def test_it_works_on_its_days_only(house: House, days: int) -> None:
    token = made(house)
    for working in (0, 30):
        with at(today() + timedelta(days=working)):
            assert get(token, "/me")[0] == 200
    with at(today() + timedelta(days=days)):
        status, refusal = get(token, "/me")
    assert (status, refusal["error"]) == (401, "expired_token")


def test_a_closed_unit_lends_nothing(house: House) -> None:
    token = made(house)
    with writing("test"):
        house.units["refugee"].closed_on = today() - timedelta(days=1)
        house.units["refugee"].save()
    assert get(token, "/me")[1]["error"] == "expired_token"


def test_a_revoked_one_stops_at_once(house: House) -> None:
    token = made(house)
    revoke_token(token=token.pk, by=house.viewer("leader"))
    status, refusal = get(token, "/me")
    assert (status, refusal["error"]) == (401, "revoked_token")
    entries = [sentence(entry) for entry in OrganisationEntry.objects.order_by("at")]
    assert any("laget en nøkkel til Velferdssystemet" in told for told in entries)
    assert any("trakk tilbake nøkkelen til Velferdssystemet" in told for told in entries)


def test_too_many_calls_are_told_when_to_come_back(house: House) -> None:
    token = made(house)
    secret = token.secret  # type: ignore[attr-defined]
    with writing("test"):
        ApiToken.objects.update(window_started_at=now(), window_calls=CALLS - 1)
    assert get(token, "/me")[0] == 200
    answer = system(token).get("/api/v1/me")
    assert (answer.status_code, answer.json()["error"], answer.headers["Retry-After"]) == (429, "too_many_calls", "60")
    for minutes in (2, -60):  # a clock that is set back shuts nobody out
        with at(now() + timedelta(minutes=minutes)):
            assert viewer_of_secret(secret)
            ApiToken.objects.filter(window_calls=1).get()


def test_a_token_opens_no_page(house: House) -> None:
    token = made(house)
    answer = system(token).get(f"/sak/{house.case.pk}/plan/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/logg-inn/")


def test_every_operation_answers_a_token_that_may_nothing_with_a_reason(house: House) -> None:
    token = made(house, sees=(Section.NORWEGIAN,))
    for name, function in operations():
        method, path = name.split(" ", 1)
        where = "/api/v1" + path.replace("{uuid:case_id}", str(house.case.pk))
        client = system(token)
        answer = client.get(where) if method == "GET" else client.post(where, BODIES[path], content_type=JSON)
        if function.policy.section:
            assert (answer.status_code, answer.json()["error"]) == (403, "no_token_section"), name
        else:
            assert answer.status_code in (200, 422), name


# ---- making


@pytest.mark.usefixtures("contexts")
def test_the_secret_is_shown_once_and_kept_nowhere(house: House) -> None:
    client = Client()
    client.force_login(house.users["leader"])
    given = {
        "name": "Skolesystemet", "purpose": "Melder nivå", "place": f"{house.units['school'].pk}:teacher",
        "sees": ["identity", "norwegian"], "writes": ["norwegian"], "valid_from": f"{today():%d.%m.%Y}",
        "valid_to": f"{today() + timedelta(days=100):%d.%m.%Y}", "once": "01900000-0000-7000-8000-000000000009",
    }  # fmt: skip
    answer = client.post("/nokler/", given)
    assert answer.status_code == 200
    secret = answer.context["secret"]
    assert secret.startswith(PREFIX)
    assert secret in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert viewer_of_secret(secret).name == "Skolesystemet"
    again = client.post("/nokler/", given)
    assert "allerede laget og vist" in again.content.decode()
    assert ApiToken.objects.count() == 1
    token = ApiToken.objects.get()
    for entry in (*OrganisationEntry.objects.values(), *ApiToken.objects.values()):
        assert secret not in str(entry)
    assert secret not in client.get("/nokler/").content.decode()
    assert client.post(f"/nokler/{token.pk}/trekk/").status_code == 302
    assert "trukket tilbake" in client.get("/nokler/").content.decode()


def test_nobody_can_sign_in_as_a_system(house: House) -> None:
    user = made(house).user
    assert not user.is_active
    assert not user.has_usable_password()
    assert not user.memberships.exists()


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"unit": "nav"}, "unknown_unit", "place"),
        ({"unit": "other_refugee"}, "unknown_unit", "place"),
        ({"role": "nav_adviser"}, "role_not_here", "place"),
        ({"role": "operator"}, "role_not_here", "place"),
        ({"name": "  "}, "missing_name", "name"),
        ({"purpose": ""}, "missing_purpose", "purpose"),
        ({"sees": ()}, "token_sections", "sees"),
        ({"sees": (Section.NEEDS,)}, "token_sections", "sees"),
        ({"sees": (Section.RESTRICTED,)}, "token_sections", "sees"),
        ({"writes": (Section.PROGRAMME,)}, "token_sections", "writes"),
        ({"sees": BASIC, "writes": (Section.MAPPING,)}, "token_sections", "writes"),
        ({"valid_to": date(2020, 1, 1)}, "token_period", "valid_to"),
        ({"valid_to": date(2100, 1, 1)}, "token_period", "valid_to"),
    ],
)
def test_a_token_that_would_be_too_much_is_not_made(
    house: House, changed: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        made(house, **changed)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not ApiToken.objects.exists()
    assert not User.objects.filter(username__startswith="system-").exists()


def test_navs_leader_makes_navs_and_sees_only_those(house: House) -> None:
    made(house)
    made(house, "nav_leader", "nav", role="nav_adviser", name="NAVs system")
    client = Client()
    client.force_login(house.users["nav_leader"])
    page = client.get("/nokler/").content.decode()
    assert "NAVs system" in page
    assert "Velferdssystemet" not in page
    with pytest.raises(Refused):
        revoke_token(token=ApiToken.objects.get(name="Velferdssystemet").pk, by=house.viewer("nav_leader"))


@pytest.mark.usefixtures("contexts")
def test_the_page_keeps_what_was_typed_when_something_is_wrong(house: House) -> None:
    client = Client()
    client.force_login(house.users["leader"])
    answer = client.post("/nokler/", {"name": "Skolesystemet", "valid_to": "1.1.2020"})
    assert answer.status_code == 422
    assert 'value="Skolesystemet"' in answer.content.decode()
    assert {"purpose", "place", "sees", "valid_from"} <= set(answer.context["form"].errors)


def test_the_page_asks_as_often_for_many_tokens_as_for_one(house: House, django_assert_num_queries: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(house.users["leader"])
    made(house)
    client.get("/nokler/")
    with CaptureQueriesContext(connection) as few:
        client.get("/nokler/")
    for number in range(5):
        made(house, name=f"System {number}")
    with django_assert_num_queries(len(few)):
        client.get("/nokler/")
