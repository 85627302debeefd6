"""What waits because of the team: derived from facts, gone when they change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from samlop.cases.caseload import caseload
from samlop.cases.due import due_items
from samlop.cases.models import Case, DuplicateSuspicion, TeamMember
from samlop.core.due import DueItem
from samlop.core.time import now, today
from samlop.core.writing import writing
from samlop.people.models import Membership
from tests.house import House, case, person


def due(house: House, who: str = "leader") -> dict[str, DueItem]:
    return {item.code: item for item in due_items(caseload(house.viewer(who)), today())}


def test_nothing_is_due_when_all_is_well(house: House) -> None:
    assert due(house) == {}


def test_a_place_without_a_person_is_the_units(house: House) -> None:
    with writing("test"):
        house.case.team.filter(user=house.users["nav"]).update(user=None)
    item = due(house, "nav_leader")["cases.unnamed_place"]
    assert (item.unit_id, item.user_id) == (house.units["nav"].pk, None)


def test_somebody_who_has_left_by_another_door(house: House) -> None:
    with writing("test"):
        Membership.objects.filter(user=house.users["nav"]).update(valid_to=today() - timedelta(days=1))
    item = due(house, "nav_leader")["cases.holder_left"]
    assert "Nav arbeider ikke lenger" in item.why


def test_no_main_contact(house: House) -> None:
    with writing("test"):
        TeamMember.objects.filter(function="main_contact").delete()
    assert due(house)["cases.no_main_contact"].unit_id == house.units["refugee"].pk


def test_no_date_of_settlement(house: House) -> None:
    with writing("test"):
        Case.objects.update(settled_on=None)
    item = due(house, "adviser")["cases.no_settlement"]
    assert item.user_id == house.users["adviser"].pk
    assert "§ 12" in item.why


def test_perhaps_registered_twice_is_for_the_main_contact(house: House) -> None:
    newer = case(house, person(house.municipality), team=("nav",))
    with writing("test"):
        DuplicateSuspicion.objects.create(case=house.case, newer=newer, by_number=True, noted_at=now())
    assert due(house, "adviser")["cases.maybe_twice"].user_id == house.users["adviser"].pk


def test_queries_do_not_grow(house: House, django_assert_num_queries: Any) -> None:
    for number in range(10):
        case(house, person(house.municipality, f"Navn {number}"))
    load = caseload(house.viewer("leader"))
    with django_assert_num_queries(2):
        due_items(load, today())
