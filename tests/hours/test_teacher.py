"""Somebody answers for a group by name: its roll waits for them, and when they leave somebody else takes over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samlop.cases.caseload import caseload
from samlop.cases.commands.leaving import end_membership
from samlop.core.due import DueItem
from samlop.core.models import OrganisationEntry
from samlop.core.organisation import sentence
from samlop.core.time import at
from samlop.core.writing import writing
from samlop.hours import roll_due
from samlop.hours.models import Group
from samlop.people.models import Membership, User
from tests.hours.presence import took_roll
from tests.hours.weeks import course, group, hour, join
from tests.house import EARLY, House

TODAY = date(2026, 10, 7)  # a Wednesday


@pytest.fixture(autouse=True)
def _that_day() -> Iterator[None]:
    with at(TODAY):
        yield


@pytest.fixture
def spor(house: House) -> Group:
    course(house.case)
    made = group(house, teacher=house.users["teacher"])
    join(house.case, made, start=date(2026, 9, 28))
    hour(made, 1, "09.00-14.00", valid_from=date(2026, 9, 28))
    return made


def colleague(house: House, name: str = "teacher_2", role: str = "teacher") -> User:
    with writing("test"):
        user = User.objects.create_user(name, name="Lærer To")
        Membership.objects.create(user=user, unit=house.units["school"], role=role, valid_from=EARLY)
    return user


def signed_in(house: House, name: str = "teacher") -> Client:
    client = Client()
    client.force_login(house.users[name])
    return client


def missing(house: House, who: str = "teacher") -> list[DueItem]:
    found = roll_due.due_items(caseload(house.viewer(who)), TODAY)
    return [item for item in found if item.code == "hours.roll_missing"]


def leaves(house: House, last_day: date = TODAY) -> None:
    leader = colleague(house, "rector", "leader")
    house.users["rector"] = leader
    place = Membership.objects.get(user=house.users["teacher"])
    end_membership(membership=place.pk, last_day=last_day, by=house.viewer("rector"))


def change(house: House, spor: Group, teacher: Any) -> Any:
    typed = {
        "change-name": "Spor 1",
        "change-first_day": "3.8.2026",
        "change-teacher": str(teacher.pk if teacher else ""),
    }
    return signed_in(house).post(reverse("hours:change_group", args=[spor.pk]), typed)


def test_a_roll_nobody_took_waits_for_the_one_who_answers(house: House, spor: Group) -> None:
    [found] = missing(house)
    assert found.what == "Før oppropene fra 28.09.2026 i Spor 1: 2 dager mangler"
    assert (found.user_id, found.unit_id) == (house.users["teacher"].pk, house.units["school"].pk)
    assert found.url == f"/klasser/{spor.pk}/2026-09-28/"
    took_roll(house, spor, date(2026, 9, 28))
    assert missing(house)[0].what == "Før oppropet 05.10.2026 i Spor 1"
    took_roll(house, spor, date(2026, 10, 5))
    assert missing(house) == []


def test_a_roll_is_only_the_units_own(house: House, spor: Group) -> None:
    for who in ("adviser", "nav", "leader"):
        assert missing(house, who) == []


def test_todays_roll_is_not_missing_yet(house: House, spor: Group) -> None:
    hour(spor, 3, "09.00-10.00", valid_from=TODAY)
    assert missing(house)[0].what.endswith("2 dager mangler")


def test_another_of_the_unit_is_chosen_on_the_page(house: House, spor: Group) -> None:
    other = colleague(house)
    assert change(house, spor, other).status_code == 302
    page = " ".join(signed_in(house).get(reverse("hours:group", args=[spor.pk])).content.decode().split())
    assert "Lærer To har ansvaret" in page
    assert missing(house)[0].user_id == other.pk
    assert sentence(OrganisationEntry.objects.get(code="hours.group_teacher")) == (
        "ga Lærer To ansvaret for gruppen Spor 1"
    )
    assert change(house, spor, None).status_code == 302
    assert missing(house)[0].user_id is None


def test_somebody_of_another_unit_cannot_be_chosen(house: House, spor: Group) -> None:
    answer = change(house, spor, house.users["adviser"])
    assert answer.status_code == 422
    spor.refresh_from_db()
    assert spor.teacher == house.users["teacher"]


def test_a_teacher_who_makes_a_group_answers_for_it(house: House) -> None:
    typed = {"name": "Spor 9", "unit": str(house.units["school"].pk), "first_day": "12.10.2026"}
    assert signed_in(house).post(reverse("hours:groups"), typed).status_code == 302
    assert Group.objects.get().teacher == house.users["teacher"]


def test_who_leaves_has_the_group_to_the_last_day_and_then_the_leader(house: House, spor: Group) -> None:
    last = TODAY + timedelta(days=20)
    leaves(house, last)
    spor.refresh_from_db()
    assert spor.teacher_on(last) == house.users["teacher"]
    assert spor.teacher_on(last + timedelta(days=1)) == house.users["rector"]
    assert sentence(OrganisationEntry.objects.get(code="hours.group_passed_on")) == (
        "ga Lærer To ansvaret for gruppen Spor 1 etter Teacher, som slutter"
    )


def test_the_deputy_comes_before_the_leader(house: House, spor: Group) -> None:
    with writing("test"):
        deputy = User.objects.create_user("deputy", name="Vikar")
        Membership.objects.create(user=deputy, unit=house.units["school"], role="teacher", valid_from=EARLY)
        Membership.objects.filter(user=house.users["teacher"]).update(deputy=deputy)
    leaves(house)
    spor.refresh_from_db()
    assert spor.next_teacher == deputy


def test_the_page_lists_the_groups_before_it_is_confirmed_and_another_can_be_chosen(house: House, spor: Group) -> None:
    other = colleague(house)
    house.users["rector"] = colleague(house, "rector", "leader")
    place = Membership.objects.get(user=house.users["teacher"])
    client, here = signed_in(house, "rector"), reverse("cases:staff_leave", args=[place.pk])
    page = " ".join(client.get(here).content.decode().split())
    assert "Hvem får gruppene?" in page
    assert "Spor 1" in page
    name = f"work_{spor.pk.hex}"
    assert re.search(f'name="{name}".*?<option value="{house.users["rector"].pk}" selected>', page)
    assert client.post(here, {"last_day": "7.10.2026", name: str(other.pk)}).status_code == 302
    spor.refresh_from_db()
    assert (spor.teacher_until, spor.next_teacher) == (TODAY, other)


def test_a_group_that_stops_by_then_is_not_listed(house: House, spor: Group) -> None:
    with writing("test"):
        spor.valid_to = TODAY
        spor.save()
    house.users["rector"] = colleague(house, "rector", "leader")
    place = Membership.objects.get(user=house.users["teacher"])
    page = signed_in(house, "rector").get(reverse("cases:staff_leave", args=[place.pk]) + "?siste_dag=2026-10-07")
    assert "Hvem får gruppene?" not in page.content.decode()


def test_who_was_to_take_over_and_leaves_too_is_replaced(house: House, spor: Group) -> None:
    first = colleague(house)
    with writing("test"):
        spor.teacher, spor.teacher_until, spor.next_teacher = first, TODAY, house.users["teacher"]
        spor.save()
    leaves(house, TODAY + timedelta(days=30))
    spor.refresh_from_db()
    assert (spor.teacher, spor.next_teacher) == (first, house.users["rector"])


def test_the_own_groups_come_first_among_the_rolls(house: House, spor: Group) -> None:
    hour(spor, 3, "09.00-10.00", valid_from=TODAY)
    other = group(house, "Alfa", teacher=colleague(house))
    hour(other, 3, "09.00-10.00", valid_from=TODAY)
    page = signed_in(house).get(reverse("hours:rolls")).content.decode()
    assert page.index("<strong>Spor 1</strong>") < page.index("<strong>Alfa</strong>")
    assert "<small>Lærer To</small>" in page
