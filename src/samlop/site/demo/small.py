"""The small demo: four municipalities, about two hundred participants, two years of history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from samlop.people.models import County, Membership, Organisation, Unit, User
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from samlop.site.demo.days import next_workday
from samlop.site.demo.keys import Keys
from samlop.site.demo.life import Life, draw
from samlop.site.demo.load import Rows
from samlop.site.demo.story import RICH, Story, tell
from samlop.site.demo.story.attendance import write_rolls
from samlop.site.demo.story.pay import write_runs
from samlop.site.demo.story.weeks import plan_years
from samlop.site.demo.towns import NO_PASSWORD, OPENED, TOWNS, Actor, Town, add_staff, build, no_phone
from samlop.site.demo.users import DEMO_USERS


@dataclass(frozen=True)
class Wanted:
    """One case that the demo wants: months since the start, planned length, what is special about it."""

    months_in: float
    length: int | None = None
    traits: str = ""
    ended: float | None = None
    country: str = ""
    woman: bool | None = None

    def draw(self, rng: Random, today: date, serial: int) -> Life:
        return draw(
            rng,
            today,
            serial,
            months_in=self.months_in,
            length=self.length,
            ended_months_ago=self.ended,
            country=self.country,
            woman=self.woman,
            traits=frozenset(self.traits.split()),
        )


PARTICIPANT = Wanted(
    10.4,
    24,
    "hero whole_team talk_soon contradiction_settled objection_settled note account",
    country="syria",
    woman=True,
)
"""The case of the demo user ``deltaker``."""

ADVISERS_OWN = (
    PARTICIPANT,
    Wanted(-0.9, 24, "no_start no_plan"),
    Wanted(-0.4, 12),
    Wanted(0.6, 24, "account"),
    Wanted(1.5, 12, "talk_tomorrow"),
    Wanted(3.4, 24, "no_nav nav_unnamed unclarified"),
    Wanted(4.0, 24, "no_nav unclarified account"),
    Wanted(5.2, 12, "talk_today account partly"),
    Wanted(6.1, 24, "late_plan"),
    Wanted(7.3, 24, "contradiction_open account whole_team"),
    Wanted(8.0, 12, "handover_overdue"),
    Wanted(9.4, 36, "account disagrees"),
    Wanted(11.8, 24, "review_overdue"),
    Wanted(13.0, 24, "account objection"),
    Wanted(14.6, 24, "code_7"),
    Wanted(16.2, 24, ""),
    Wanted(18.7, 24, "account talk_soon"),
    Wanted(20.9, 24, "no_handover review_overdue"),
    Wanted(22.8, 24, "handover_overdue account"),
    Wanted(23.4, 24, "whole_team grant account"),
    Wanted(12.0, 12, "account", ended=2.0),
    Wanted(24.0, 24, "", ended=4.5),
    Wanted(24.0, 24, "", ended=8.2),
)
"""The cases of the demo user ``radgiver``: something of everything, so that «Min dag» has what a day has."""

SPECIAL = {
    "elvestad": (
        Wanted(7.5, 24, "override"),
        Wanted(15.1, 24, "override override_open"),
        Wanted(3.1, 24, "code_6"),
        Wanted(58.0, 60, "old_act lasts_long"),
        Wanted(1.2, 24, "no_number"),
    ),
    "skogdal": (
        Wanted(4.4, 24, "account contradiction_open"),
        Wanted(6.7, 24, "late_plan"),
        Wanted(9.0, 24, "code_7"),
        Wanted(19.5, 24, "handover_overdue account"),
        Wanted(12.3, 24, "disagrees account"),
        Wanted(8.6, 24, "moves", country="ukraina"),
    ),
    "lysvatn": (
        Wanted(5.5, 24, "account partly"),
        Wanted(11.2, 24, "contradiction_settled account"),
        Wanted(2.0, 24, "no_number"),
    ),
    "storasen": (Wanted(3.6, 24, "no_nav nav_unnamed unclarified"), Wanted(13.9, 24, "account review_overdue")),
}
COUNTS = {"elvestad": (56, 26), "skogdal": (32, 15), "lysvatn": (26, 12), "storasen": (17, 9)}
"""Participants in a programme and ended, the named cases included."""


def fill(rows: Rows, today: date) -> Iterator[str]:
    """Make everything; tells which municipality has just been made."""
    outside = Keys("outside")
    county = rows.add(County(id=outside("county"), code="97", name="Midtfjell", valid_from=OPENED))
    towns = {plan.key: build(rows, plan, county, number) for number, plan in enumerate(TOWNS, start=1)}
    _people_outside(rows, outside, county, towns)
    for town in towns.values():
        plan_years(rows, town, today)
    serial, moved = 0, None
    for town in towns.values():
        for case, adviser, number in _cases(town):
            serial += 1
            story = _tell(rows, town, case, adviser, number, today, serial)
            if story.life.has("moves"):
                moved = story
        yield town.municipality.name
    if moved is not None:
        _move(rows, moved, towns["elvestad"])
    for town in towns.values():
        write_runs(rows, town, today)
        write_rolls(rows, town, today)


def _move(rows: Rows, before: Story, town: Town) -> None:
    """The person goes on in another municipality, which makes its own case."""
    assert before.case.closed_at is not None
    settled = next_workday(before.case.closed_at.date() + timedelta(days=1))
    life = replace(before.life, settled=settled, traits=frozenset({"talk_soon"}))
    tell(rows, town, life, town.someone(Role.PROGRAMME_ADVISER, 1), MOVED_NUMBER, RICH, continues=before)


MOVED_NUMBER = 900
"""Beyond the numbers of the cases that a town has of its own."""


def _cases(town: Town) -> Iterator[tuple[Wanted, Actor, int]]:
    """Each wanted case with its adviser and number in the town."""
    advisers = town.staff[Role.PROGRAMME_ADVISER]
    own = ADVISERS_OWN if town.key == "elvestad" else ()
    number = 0
    for case in own:
        yield case, advisers[0], number
        number += 1
    others = advisers[1:] if own else advisers
    active, ended = COUNTS[town.key]
    special = SPECIAL[town.key]
    active -= len(special) + sum(case.ended is None for case in own)
    ended -= sum(case.ended is not None for case in own)
    rng = Random(f"{town.keys.path}/cases")  # noqa: S311 – the demo must be the same every time
    plain = [Wanted(round(rng.uniform(-1.5, 23.0), 2), None, rng.choice(("", "", "account"))) for _ in range(active)]
    gone = [Wanted(24.0, None, "", ended=round(rng.uniform(0.3, 13.0), 2)) for _ in range(ended)]
    for case in (*special, *plain, *gone):
        yield case, others[number % len(others)], number
        number += 1


def _tell(rows: Rows, town: Town, case: Wanted, adviser: Actor, number: int, today: date, serial: int) -> Story:
    rng = Random(f"{town.keys.path}/{number}/life")  # noqa: S311 – the demo must be the same every time
    life = case.draw(rng, today, serial)
    username = ""
    if case is PARTICIPANT:
        username = "deltaker"
        life.given, life.family = next(user.name for user in DEMO_USERS if user.username == "deltaker").split(" ", 1)
        life.direction, life.languages, life.children = "helse", ("ar", "en"), (4, 9)
    elif life.has("account"):
        username = f"{town.key}-deltaker-{number}"
    grantee = town.staff[Role.EMPLOYER][0] if life.has("grant") else None
    return tell(rows, town, life, adviser, number, RICH, username=username, grantee=grantee)


def _people_outside(rows: Rows, keys: Keys, county: County, towns: dict[str, Town]) -> None:
    """The county, the evaluator and the operator; an employer and a volunteer in Elvestad."""
    for index, (key, kind, unit_kind, organisation) in enumerate(OUTSIDE):
        made = rows.add(Organisation(id=keys("organisation", key), name=organisation, kind=kind.value))
        unit = rows.add(
            Unit(
                id=keys("unit", key),
                organisation=made,
                name=organisation,
                kind=unit_kind.value,
                county=county if key == "county" else None,
                phone=no_phone(900_000 + index),
                email=f"{key}@example.test",
            )
        )
        for demo in DEMO_USERS:
            if demo.unit == key:
                user = rows.add(
                    User(
                        id=keys("user", demo.username),
                        username=demo.username,
                        name=demo.name,
                        email=f"{demo.username}@example.test",
                        password=NO_PASSWORD,
                    )
                )
                rows.add(
                    Membership(
                        id=keys("membership", demo.username),
                        user=user,
                        unit=unit,
                        role=demo.role.value,
                        valid_from=OPENED,
                    )
                )
    elvestad = towns["elvestad"]
    add_staff(rows, elvestad, elvestad.units["employer"], Role.EMPLOYER, "elvestad-arbeidsgiver", "Hilde Åkervold")
    add_staff(rows, elvestad, elvestad.units["volunteers"], Role.VOLUNTEER, "elvestad-frivillig", "Sverre Bjørnås")


OUTSIDE = (
    ("county", OrganisationKind.COUNTY, UnitKind.COUNTY, "Midtfjell fylkeskommune"),
    ("research", OrganisationKind.RESEARCH, UnitKind.RESEARCH, "Fjellforsk"),
    ("operations", OrganisationKind.OPERATOR, UnitKind.OPERATIONS, "Samløp drift"),
)
