"""What the tests stand on: a house that is copied is the house that was built, and nothing is left after a test."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from samlop.cases.journal import append
from samlop.cases.models import JournalEntry
from samlop.core.gate import Entry
from samlop.core.rights import Section
from samlop.core.time import at, now
from samlop.core.writing import writing
from samlop.people.models import Membership, Person
from tests.access.samples import make_samples
from tests.databases import Emptier
from tests.house import House, _build, build


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row there is, in the order of the keys, by table."""
    found = {model._meta.label: model._base_manager.order_by("pk").values() for model in apps.get_models()}
    return {label: list(held) for label, held in found.items() if held}


def without_keys(held: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows with each key as the number of its place among all keys, and without moments of writing."""
    keys = sorted(
        {value for table in held.values() for row in table for value in row.values() if isinstance(value, UUID)}
    )
    number = {key: place for place, key in enumerate(keys)}
    moments = ("created_at", "password")  # a password that cannot be used is drawn by lot
    return {
        label: [{name: number.get(value, value) for name, value in row.items() if name not in moments} for row in table]
        for label, table in held.items()
        if label.partition(".")[0] not in ("contenttypes", "auth")
    }


def without_links(held: dict[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
    """The rows with any key as any other: two keys of a millisecond have no order when they are made one by one."""
    nameless = {
        label: [{name: "key" if isinstance(value, UUID) else value for name, value in row.items()} for row in table]
        for label, table in held.items()
    }
    return {label: sorted(map(repr, table)) for label, table in without_keys(nameless).items()}


@pytest.mark.django_db
def test_a_copied_house_is_as_the_built_one() -> None:
    found = []
    for make in (_build, build, build, build):
        with transaction.atomic():
            made = make()
            assert {membership.user_id for membership in Membership.objects.all()} <= {
                user.pk for user in made.users.values()
            }
            found.append(rows())
            transaction.set_rollback(True)
    assert without_keys(found[1]) == without_keys(found[2]) == without_keys(found[3])
    assert without_links(found[0]) == without_links(found[3])
    assert len(found[0]["people.User"]) == 17
    keys = [{row["id"] for row in held["people.User"]} for held in found]
    assert not keys[2] & keys[3]


def test_a_copied_house_can_be_lived_in(house: House) -> None:
    for field in fields(house):
        assert getattr(house, field.name)
    assert house.case.person.user is house.users["participant"]
    assert house.case.refreshed().owner_unit == house.units["refugee"]
    assert house.case.team.count() == 3
    client = Client()
    client.force_login(house.users["adviser"])
    assert client.get(f"/sak/{house.case.pk}/").status_code == 200


def test_under_a_set_clock_the_house_is_built_anew(db: None) -> None:
    with at(now().replace(year=2024)):
        assert build().case.settled_on.year < 2025


def test_later_rows_come_after_the_house_s(house: House) -> None:
    with writing("test"):
        later = Person.objects.create(municipality=house.municipality, given_name="Senere", family_name="Rad")
    assert Person.objects.order_by("pk").last() == later


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_after_a_test_that_saves_for_real() -> None:
    empty = rows()
    emptier = Emptier()
    house = build()
    make_samples(house)
    with writing("test"):
        append(house.case, house.viewer("adviser"), Entry(code="effort.registered", section=Section.PLAN, data={}))
    assert len(rows()) > 30
    assert JournalEntry.objects.exists(), "a table whose rows may not be deleted"
    assert emptier.empty()
    assert rows() == empty
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'")
        assert cursor.fetchone() == (0,), "what stands is guarded again"
