"""Groups: made, filled and planned through the page, with names only for those who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samlop.cases.journal import sentence
from samlop.cases.models import JournalEntry
from samlop.core.time import at
from samlop.hours.models import ClassMember, ClassSlot, Group, SlotException
from tests.hours.weeks import course, group, hour, join
from tests.house import House, person
from tests.house import case as new_case


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with at(date(2026, 11, 20)):
        yield


def client(house: House, who: str = "teacher") -> Client:
    found = Client()
    found.force_login(house.users[who])
    return found


def test_the_teacher_makes_a_group_with_hours_and_participants(house: House) -> None:
    course(house.case)
    teacher = client(house)
    given = {"name": "Spor 2 B", "unit": str(house.units["school"].pk), "first_day": "23.11.2026", "last_day": ""}
    assert teacher.post("/grupper/", given).status_code == 302
    where = f"/grupper/{Group.objects.get().pk}/"
    hours = {
        "hour-weekdays": ["1", "2", "3"], "hour-starts": "9", "hour-ends": "11.15", "hour-content": "norwegian",
        "hour-provider": "adult_education", "hour-lessons": "3", "hour-pattern": "every",
        "hour-valid_from": "23.11.2026",
    }  # fmt: skip
    assert teacher.post(f"{where}time/ny/", hours).status_code == 302
    assert ClassSlot.objects.count() == 3
    members = {"members-participants": [str(house.case.pk)], "members-first_day": "23.11.2026"}
    assert teacher.post(f"{where}deltakere/", members).status_code == 302
    assert "Amina Østby" in teacher.get(where).content.decode()
    assert "satte deltakeren i gruppen Spor 2 B fra 23.11.2026" in [
        sentence(entry) for entry in JournalEntry.objects.filter(case=house.case)
    ]
    week = client(house, "participant").get(f"/sak/{house.case.pk}/uke/2026-48/").content.decode()
    assert "Spor 2 B" in week


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Fyll ut «Navn på gruppen»."),
        ({"name": "spor 1"}, "Det finnes allerede en gruppe med dette navnet."),
        ({"last_day": "1.11.2026"}, "Siste dag kan ikke være før første dag."),
        ({"unit": "tull"}, "gyldig"),
    ],
)
def test_a_wrong_group_is_named(house: House, wrong: dict[str, Any], says: str) -> None:
    group(house)
    given = {"name": "Ny", "unit": str(house.units["school"].pk), "first_day": "23.11.2026", "last_day": ""}
    answer = client(house).post("/grupper/", given | wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Group.objects.count() == 1


def test_nobody_is_in_a_group_twice_or_outside_its_period(house: House) -> None:
    school = group(house, valid_to=date(2027, 6, 18))
    join(house.case, school, end=date(2026, 12, 18))
    where = f"/grupper/{school.pk}/deltakere/"
    given = {"members-participants": [str(house.case.pk)], "members-first_day": "1.12.2026"}
    assert "er allerede i gruppen i den perioden" in client(house).post(where, given).content.decode()
    given = {**given, "members-first_day": "1.8.2027"}
    assert "Gruppen finnes ikke i hele den perioden." in client(house).post(where, given).content.decode()
    given = {**given, "members-first_day": "4.1.2027"}
    assert client(house).post(where, given).status_code == 302
    assert ClassMember.objects.count() == 2


def test_a_member_leaves_after_a_day(house: House) -> None:
    school = group(house)
    member = join(house.case, school)
    where = f"/grupper/{school.pk}/deltakere/{member.pk}/ut/"
    refused = client(house).post(where, {"last_day": "tull"})
    assert refused.status_code == 422
    assert "Vi forstår ikke datoen." in refused.content.decode()
    assert client(house).post(where, {"last_day": "20.11.2026"}).status_code == 302
    assert ClassMember.objects.get().valid_to == date(2026, 11, 20)


def test_only_participants_one_may_see_are_named_or_put_in_a_group(house: House) -> None:
    school = group(house)
    hidden = new_case(house, person(house.municipality, "Hemmelig", "Person", protection="confidential"))
    join(hidden, school)
    free = new_case(house, person(house.municipality, "Skjult", "Navn", protection="confidential"))
    colleague = client(house, "colleague")
    shown = colleague.get(f"/grupper/{school.pk}/").content.decode()
    assert "Hemmelig" not in shown
    assert "Skjult" not in shown
    given = {"members-participants": [str(free.pk)], "members-first_day": "1.12.2026"}
    assert colleague.post(f"/grupper/{school.pk}/deltakere/", given).status_code == 422
    assert "Hemmelig" in client(house, "adviser").get(f"/grupper/{school.pk}/").content.decode()


def test_groups_of_another_municipality_are_not_there(house: House) -> None:
    school = group(house)
    stranger = client(house, "stranger")
    assert "Spor 1" not in stranger.get("/grupper/").content.decode()
    for path in ("", "endre/", "deltakere/", "time/ny/"):
        where = f"/grupper/{school.pk}/{path}"
        answer = stranger.post(where, {}) if path else stranger.get(where)
        assert answer.status_code == 404, where
    for who in ("nav", "participant", "health"):
        assert client(house, who).get("/grupper/").status_code == 403


def test_what_clashes_for_a_member_is_shown(house: House) -> None:
    course(house.case)
    school = group(house)
    join(house.case, school)
    hour(school, 1, "09.00-12.00")
    hour(house.case, 1, "11.00-14.00")
    assert "er samtidig" not in client(house).get("/grupper/").content.decode()
    shown = " ".join(client(house).get(f"/grupper/{school.pk}/").content.decode().split())
    assert "norsk (mandag 09.00–12.00) og språkpraksis (11.00–14.00) samtidig" in shown


def test_a_class_hour_is_changed_from_a_day_called_off_and_stopped(house: House) -> None:
    school = group(house)
    slot = hour(school, 1, "09.00-11.15", lessons=3)
    where = f"/grupper/{school.pk}/time/{slot.pk}/"
    teacher = client(house)
    assert teacher.get(where).status_code == 200
    assert teacher.post(where, {"do": "except", "except-day": "23.11.2026", "except-note": "Tur"}).status_code == 302
    assert SlotException.objects.get().note == "Tur"
    assert teacher.post(f"{where}som-vanlig/", {"day": "2026-11-23"}).status_code == 302
    assert not SlotException.objects.exists()
    change = {
        "do": "change", "change-weekday": "2", "change-starts": "9", "change-ends": "11.15",
        "change-content": "norwegian", "change-provider": "adult_education", "change-lessons": "3",
        "change-pattern": "odd", "change-valid_from": "30.11.2026",
    }  # fmt: skip
    assert teacher.post(where, change).status_code == 302
    rows = ClassSlot.objects.order_by("valid_from").values_list("weekday", "pattern", "valid_to")
    assert list(rows) == [(1, "every", date(2026, 11, 29)), (2, "odd", None)]
    assert teacher.post(where, {"do": "stop", "stop-last_day": "tull"}).status_code == 422


def test_the_number_of_queries_does_not_grow_with_members(house: House) -> None:
    school = group(house)
    hour(school, 1, "09.00-11.15")
    teacher, where = client(house), f"/grupper/{school.pk}/"

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert teacher.get(where).status_code == 200
        return len(counted)

    join(house.case, school)
    queries()
    few = queries()
    for index in range(4):
        made = new_case(house, person(house.municipality, f"Nr{index}"))
        join(made, school)
        hour(made, 1, "10.00-12.00")
    assert queries() == few
