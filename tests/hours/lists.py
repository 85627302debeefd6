"""A class list on a Monday, and what teachers do with it in the tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from samlop.core.writing import writing
from samlop.hours.models import Group
from samlop.people.models import Membership, User
from tests.house import EARLY, House

MONDAY = date(2026, 10, 5)


def signed_in(house: House, name: str = "teacher") -> Client:
    client = Client()
    client.force_login(house.users[name])
    return client


def here(spor: Group, day: date = MONDAY) -> str:
    return reverse("hours:class_list", args=[spor.pk, day])


def press(client: Client, spor: Group, do: str, case: Any = None, day: date = MONDAY, **more: str) -> Any:
    typed = {"do": do, **({"case": str(case.pk)} if case else {}), **more}
    return client.post(here(spor, day), typed, headers={"hx-request": "true"} if more.pop("htmx", "") else {})


def second_teacher(house: House) -> Client:
    with writing("test"):
        user = User.objects.create_user("teacher_2", name="Lærer To")
        Membership.objects.create(user=user, unit=house.units["school"], role="teacher", valid_from=EARLY)
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())
