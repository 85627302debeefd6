"""The team: who is round the participant, at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from samlop.cases.models import JournalEntry, TeamMember
from samlop.core.time import today
from samlop.core.writing import writing
from samlop.people.vocabulary import Protection
from tests.cases.doors import browser, text_of
from tests.house import House


def where(house: House, place: TeamMember | None = None) -> str:
    return f"/sak/{house.case.pk}/team/" + (f"{place.pk}/" if place else "")


def key(house: House, who: str, unit: str) -> str:
    return f"{house.units[unit].pk}:{house.users[who].pk}"


def place_of(house: House, who: str) -> TeamMember:
    return house.case.team.get(user=house.users[who], valid_to=None)


def current(house: House) -> dict[str, str]:
    """Function → who has it today."""
    day = today()
    return {
        row.function: row.user.username if row.user else row.unit.name
        for row in house.case.team.select_related("user", "unit")
        if row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)
    }


@pytest.mark.parametrize("who", ["adviser", "nav", "teacher", "participant", "leader", "colleague"])
def test_everyone_with_the_case_sees_whom_to_call(house: House, who: str) -> None:
    page = text_of(browser(house, who).get(where(house)))
    assert "nav@example.test" in page
    assert "Hovedkontakt, planansvarlig" in page


@pytest.mark.parametrize("who", ["stranger", "employer", "volunteer", "county"])
def test_others_are_told_nothing(house: House, who: str) -> None:
    assert browser(house, who).get(where(house)).status_code == 404


def test_the_main_contact_takes_somebody_in(house: House) -> None:
    told = {"who": key(house, "health", "health"), "function": "health"}
    assert browser(house, "adviser").post(where(house), told).status_code == 302
    assert current(house)["health"] == "health"
    entry = JournalEntry.objects.get(case=house.case)
    assert entry.data == {
        "unit": house.units["health"].name,
        "person": "Health",
        "function": "health",
        "editor": False,
    }


def test_a_unit_may_come_in_before_it_has_named_anyone(house: House) -> None:
    told = {"who": str(house.units["health"].pk), "function": "health"}
    assert browser(house, "adviser").post(where(house), told).status_code == 302
    assert house.case.team.get(unit=house.units["health"]).user is None


def test_a_new_main_contact_takes_over_from_today(house: House) -> None:
    told = {"who": key(house, "colleague", "refugee"), "function": "main_contact", "is_editor": "on"}
    assert browser(house, "adviser").post(where(house), told).status_code == 302
    assert current(house)["main_contact"] == "colleague"
    assert current(house)["other"] == "adviser"
    old = house.case.team.get(user=house.users["adviser"], function="main_contact")
    assert (old.valid_to, old.is_editor) == (today() - timedelta(days=1), True), "it is known who was it when"
    assert house.case.team.get(is_editor=True, valid_to=None).user == house.users["colleague"]


def test_a_place_is_given_to_a_colleague_with_a_deputy(house: House) -> None:
    told = {"who": key(house, "nav_colleague", "nav"), "deputy": key(house, "nav", "nav"), "function": "nav_contact"}
    assert browser(house, "adviser").post(where(house, place_of(house, "nav")), told).status_code == 302
    now = house.case.team.get(function="nav_contact", valid_to=None)
    assert (now.user, now.deputy) == (house.users["nav_colleague"], house.users["nav"])
    assert JournalEntry.objects.get(case=house.case).code == "team.changed"


def test_a_place_is_ended(house: House) -> None:
    assert browser(house, "adviser").post(where(house, place_of(house, "teacher")) + "ut/").status_code == 302
    assert "teacher" not in current(house)
    assert browser(house, "teacher").get(where(house)).status_code == 404


def test_the_main_contact_cannot_be_left_out(house: House) -> None:
    answer = browser(house, "adviser").post(where(house, place_of(house, "adviser")) + "ut/", follow=True)
    assert "Velg først en ny hovedkontakt" in text_of(answer)
    told = {"who": key(house, "adviser", "refugee"), "function": "other"}
    answer = browser(house, "adviser").post(where(house, place_of(house, "adviser")), told)
    assert (answer.status_code, "Velg først en ny hovedkontakt" in text_of(answer)) == (422, True)


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"who": ""}, "Hvem"),
        ({"who": "refugee:nav"}, "Hvem"),
        ({"who": "nav:nav", "function": "nav_contact"}, "finnes allerede"),
        ({"who": "health", "deputy": "refugee:colleague"}, "Velg først hvem"),
        ({"who": "health:health", "deputy": "health:health"}, "sin egen stedfortreder"),
        ({"who": "health:health", "deputy": "refugee:colleague"}, "arbeider ikke ved"),
    ],
)
def test_refusals(house: House, told: dict[str, str], says: str) -> None:
    sent = {"function": "health"} | {name: _sent(house, value) for name, value in told.items()}
    answer = browser(house, "adviser").post(where(house), sent)
    assert answer.status_code == 422
    assert says in text_of(answer)


def _sent(house: House, value: str) -> str:
    unit, _colon, who = value.partition(":")
    if unit not in house.units:
        return value
    return key(house, who, unit) if who else str(house.units[unit].pk)


def test_a_nav_leader_names_who_it_is_for_nav_only(house: House) -> None:
    client = browser(house, "nav_leader")
    assert "Nav colleague" in text_of(client.get(where(house)))
    told = {"who": key(house, "nav_colleague", "nav"), "function": "nav_contact"}
    assert client.post(where(house, place_of(house, "nav")), told).status_code == 302
    assert current(house)["nav_contact"] == "nav_colleague"
    assert client.get(where(house, place_of(house, "teacher"))).status_code == 404
    told = {"who": key(house, "nav", "nav"), "function": "main_contact"}
    assert client.post(where(house), told).status_code == 403


@pytest.mark.parametrize("who", ["nav", "teacher", "colleague", "participant"])
def test_others_see_but_do_not_change(house: House, who: str) -> None:
    client = browser(house, who)
    assert "Ta med noen" not in text_of(client.get(where(house)))
    assert client.post(where(house), {"who": str(house.units["health"].pk), "function": "other"}).status_code in (
        403,
        404,
    )
    assert house.case.team.count() == 3


def test_a_protected_case_never_loses_its_last_person(house: House) -> None:
    with writing("test"):
        house.case.team.exclude(user=house.users["adviser"]).delete()
        house.case.person.protection = Protection.CONFIDENTIAL
        house.case.person.save()
    told = {"who": str(house.units["refugee"].pk), "function": "main_contact", "is_editor": "on"}
    answer = browser(house, "adviser").post(where(house, place_of(house, "adviser")), told)
    assert (answer.status_code, "bare navngitte personer" in text_of(answer)) == (422, True)
    assert place_of(house, "adviser")


def test_a_stale_page_changes_nothing(house: House) -> None:
    place = place_of(house, "teacher")
    browser(house, "leader").post(where(house, place) + "ut/")
    answer = browser(house, "adviser").post(where(house, place) + "ut/", follow=True)
    assert "Noen andre har endret" in text_of(answer)


def test_queries_do_not_grow_with_the_team(house: House, django_assert_max_num_queries: Any) -> None:
    client = browser(house, "adviser")
    with writing("test"):
        for number in range(20):
            TeamMember.objects.create(
                case=house.case, unit=house.units["health"], function="other",
                valid_from=today() + timedelta(days=number),
            )  # fmt: skip
    with django_assert_max_num_queries(18):
        client.get(where(house))
