"""What the tests of this room share: a signed-in browser, and a filled form."""

from __future__ import annotations

from typing import Any

from django.test import Client

from samlop.cases.models import Case
from tests.house import House


def browser(house: House, who: str) -> Client:
    """The user's signed-in browser."""
    client = Client()
    client.force_login(house.users[who])
    return client


def family(*rows: dict[str, Any]) -> dict[str, Any]:
    """The rows of family relations as the form sends them."""
    sent: dict[str, Any] = {"family-TOTAL_FORMS": len(rows) + 2, "family-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        sent |= {f"family-{number}-{name}": value for name, value in row.items()}
    return sent


def registration(house: House, **told: Any) -> dict[str, Any]:
    """A registration as the form sends it: the adviser of the refugee service is main contact."""
    unit = house.units["refugee"].pk
    return {
        "given_name": "Selam",
        "family_name": "Tesfay",
        "protection": "none",
        "interpreter": "unknown",
        "settled_by_agreement": "on",
        "owner_unit": str(unit),
        "main_contact": f"{unit}:{house.users['adviser'].pk}",
        **family(),
        **told,
    }


def newest() -> Case:
    """The case registered last."""
    return Case.objects.select_related("person").order_by("-registered_at", "-pk")[0]


def text_of(answer: Any) -> str:
    """The page as one text."""
    return " ".join(answer.content.decode().split())
