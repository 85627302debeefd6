"""The units a leader looks after: new ones, and how they are reached."""

from __future__ import annotations

from typing import Any

import pytest

from samlop.core.models import OrganisationEntry
from samlop.core.writing import writing
from samlop.people.models import Unit
from tests.cases.doors import browser, text_of
from tests.house import House

WHERE = "/kommune/enheter/"


def new(house: House, by: str = "leader", **told: Any) -> Any:
    return browser(house, by).post(f"{WHERE}ny/", {"kind": "employer", "name": "Kafé Nord", **told})


def test_an_employer_whom_a_participant_can_let_in(house: House) -> None:
    assert new(house).status_code == 302
    made = Unit.objects.get(name="Kafé Nord")
    assert (made.organisation.kind, made.organisation.name) == ("employer", "Kafé Nord")
    assert made.municipality == house.municipality
    assert "Kafé Nord" in text_of(browser(house, "leader").get("/kommune/ansatte/"))
    assert OrganisationEntry.objects.get().code == "people.unit_added"


@pytest.mark.parametrize(
    ("by", "told", "says"),
    [
        ("leader", {"kind": "nav_state"}, "gyldig valg"),
        ("leader", {"kind": "operations"}, "gyldig valg"),
        ("nav_leader", {"kind": "refugee_service"}, "gyldig valg"),
        ("leader", {"name": ""}, "Fyll ut «Navn på enheten»"),
        ("leader", {"email": "ikke en adresse"}, "e-post"),
    ],
)
def test_what_is_refused_is_said_and_nothing_lost(house: House, by: str, told: dict[str, str], says: str) -> None:
    answer = new(house, by, phone="400 00 000", **told)
    assert (answer.status_code, says in text_of(answer), "400 00 000" in text_of(answer)) == (422, True, True)


def test_navs_leader_adds_navs(house: House) -> None:
    assert new(house, "nav_leader", kind="nav_municipal", name="NAV kommunal").status_code == 302
    assert Unit.objects.get(name="NAV kommunal").organisation == house.units["nav"].organisation


def test_how_a_unit_is_reached_is_changed(house: House) -> None:
    unit = house.units["school"]
    client = browser(house, "leader")
    told = {"name": "Elvestad læringssenter", "phone": "61 00 00 00", "email": "", "address": "Storgata 1"}
    assert client.post(f"{WHERE}{unit.pk}/", told).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.phone) == ("Elvestad læringssenter", "61 00 00 00")
    assert "a enheten Voksenopplæring elvestad navnet Elvestad læringssenter" in text_of(
        client.get("/kommune/endringer/")
    )


def test_what_a_colleague_changed_meanwhile_stays(house: House) -> None:
    unit = house.units["school"]
    shown = {"initial-name": unit.name, "initial-phone": "", "initial-email": "", "initial-address": ""}
    with writing("test"):
        unit.phone = "61 00 00 00"
        unit.save()
    told = {"name": unit.name, "phone": "", "email": "post@example.test", "address": "", **shown}
    assert browser(house, "leader").post(f"{WHERE}{unit.pk}/", told).status_code == 302
    unit.refresh_from_db()
    assert (unit.phone, unit.email) == ("61 00 00 00", "post@example.test")
    answer = browser(house, "leader").post(f"{WHERE}{unit.pk}/", {**told, "phone": "62 00 00 00"})
    assert (answer.status_code, "61 00 00 00" in text_of(answer)) == (409, True)


@pytest.mark.parametrize("unit", ["nav", "other_refugee", "county"])
def test_another_services_unit_is_not_there(house: House, unit: str) -> None:
    assert browser(house, "leader").get(f"{WHERE}{house.units[unit].pk}/").status_code == 404
