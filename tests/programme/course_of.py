"""A case whose facts are known, for tests of decisions, length and deadlines."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from samlop.cases.models import Case
from samlop.core.writing import writing
from samlop.programme import commands
from samlop.programme.models import Decision
from tests.house import House

GRANTED, SETTLED, START = date(2025, 11, 3), date(2026, 2, 10), date(2026, 3, 2)


def know(case: Case, *, born: date = date(1990, 5, 1), **values: Any) -> Case:
    """Write birth date, permit and settlement on a case: permit of letter A, by agreement, unless told."""
    known = {"permit": "A", "permit_granted_on": GRANTED, "arrived_on": None, "settled_on": SETTLED} | values
    with writing("test"):
        for name, value in known.items():
            setattr(case, name, value)
        case.save()
        case.person.birth_date = born
        case.person.save()
    return case


def facts(house: House, case: Case | None = None, **values: Any) -> None:
    """Write what the law asks about: no upper secondary, no work, lived here since settlement, unless told."""
    known = {
        "education": "below_upper_secondary",
        "nordic_or_eea": False,
        "weekly_work_hours": 0,
        "lived_in_municipality_since": SETTLED,
    } | values
    commands.set_facts(case=case or house.case, values=known, by=house.viewer("adviser"))


AWARD: dict[str, Any] = {
    "start_on": START,
    "planned_end_on": date(2028, 3, 1),
    "end_goal": "work",
    "benefit": True,
    "norwegian": True,
}


def decide(
    house: House, kind: str, data: dict[str, Any], *, on: date | None = None, case: Case | None = None, **more: Any
) -> Decision:
    """A decision drafted by the adviser and signed by the leader."""
    case = case or house.case
    draft = commands.propose_decision(
        case=case, kind=kind, data=data, reasons="Fordi loven sier det.", by=house.viewer("adviser"), **more
    )
    return commands.sign_decision(case=case, decision=draft.pk, decided_on=on, by=house.viewer("leader"))


def at(house: House, name: str, *args: Any) -> str:
    """The address of a page of the house's case."""
    return reverse(f"programme:{name}", args=[house.case.pk, *args])


def signed_in(house: House, client: Client, name: str) -> Client:
    client.force_login(house.users[name])
    return client
