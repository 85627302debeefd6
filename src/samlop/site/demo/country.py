"""The whole country: invented counties and municipalities with sizes as skewed as the real ones.

Each municipality is one transaction, so that an interrupted fill leaves whole municipalities and the next run goes on
where it stopped. The same number of municipalities gives the same people every time.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from random import Random

from django.db import connection, transaction

from samlop.cooperation.models import OrganisationModel, TalkKind, Which
from samlop.core.writing import writing
from samlop.people.models import County, Municipality
from samlop.people.vocabulary import OrganisationKind, Role, UnitKind
from samlop.site.demo.keys import Keys
from samlop.site.demo.life import draw
from samlop.site.demo.load import Rows
from samlop.site.demo.story import LEAN, LEANEST, tell
from samlop.site.demo.story.attendance import write_rolls
from samlop.site.demo.story.weeks import plan_holiday
from samlop.site.demo.towns import OPENED, Town, TownPlan, UnitPlan, build, corner, tasks
from samlop.site.demo.words import words
from samlop.site.demo.workers import ready

WHOLE, ACTIVE, ENDED = 350, 35_000, 150_000
"""Municipalities in the whole country, and their participants in a programme and ended."""
_LARGEST = (2_500, 1_500, 1_150, 950, 800, 700, 620, 560, 500, 460, 420, 390, 360, 340, 320, 300, 285, 270, 255, 240)
_CHUNK = 250
"""Participants kept in memory at a time."""
ROLL_DAYS = 40
"""How far back the rolls of the country are kept: the month that is paid, and this one."""
_FIRST_SERIAL = 1_000
"""Person numbers below belong to the small demo."""
DISTRICT = 200
"""Participants per refugee service and NAV office; a larger municipality has several, as cities have districts."""


@dataclass(frozen=True)
class Size:
    """One municipality to be: its number, how many are in a programme, how many have ended, first person number."""

    number: int
    active: int
    ended: int
    first_serial: int

    @property
    def key(self) -> str:
        return f"m{self.number:03d}"

    @property
    def place(self) -> int:
        """Where its keys stand: after those of the small demo."""
        return 100 + self.number


def sizes(municipalities: int = WHOLE) -> list[Size]:
    """How the participants are spread: a few large municipalities, most with ten to sixty.

    Fewer than all are taken evenly from the whole country, so that small and large are among them, and each is as it is
    in the whole.
    """
    rest = WHOLE - len(_LARGEST)
    # From 200 down to ten, steeply first and then slowly.
    tail = [10 + 190 * (1 - step / rest) ** 2.2 for step in range(rest)]
    scale = (ACTIVE - sum(_LARGEST)) / sum(tail)
    every, serial = [], _FIRST_SERIAL
    for number, weight in enumerate((*_LARGEST, *(weight * scale for weight in tail)), start=1):
        size = Size(number, round(weight), round(ENDED * weight / ACTIVE), serial)
        every.append(size)
        serial += size.active + size.ended
    return [every[step * WHOLE // municipalities] for step in range(municipalities)]


@functools.cache
def names() -> list[str]:
    """Invented names, each once and none of a real municipality (``words/country.yaml``)."""
    texts = words("country")
    real = {name.casefold() for name in texts["real"]}
    every = [f"{first}{last}" for first in texts["first"] for last in texts["last"]]
    usable = [name for name in every if name.casefold() not in real]
    Random("samlop-demo-1/names").shuffle(usable)  # noqa: S311 – the demo must be the same every time
    return usable[:WHOLE]


@functools.cache
def counties() -> list[County]:
    """Fifteen invented counties with codes that are not in use."""
    keys = Keys("counties")
    return [
        County(id=keys(code), code=str(code), name=name, valid_from=OPENED)
        for code, name in enumerate(words("country")["counties"], start=71)
    ]


def fill(municipalities: int, today: date, jobs: int = 1) -> Iterator[tuple[Size, int]]:
    """Make each municipality that is not there yet; tells which has just been made, and with how many rows.

    ``jobs`` is how many are made at once, each by a process of its own.
    """
    _counties()
    wanted = [(size, today) for size in sizes(municipalities)]
    if jobs == 1:
        for each in wanted:
            yield make(each)
        return
    connection.close()
    with get_context("spawn").Pool(jobs, initializer=ready) as pool:
        yield from pool.imap_unordered(make, wanted)


def _counties() -> None:
    with transaction.atomic(), writing("demo"):
        made = counties()
        if not County.objects.filter(pk=made[0].pk).exists():
            rows = Rows()
            for county in made:
                rows.add(county)
            rows.write()


def make(wanted: tuple[Size, date]) -> tuple[Size, int]:
    """One municipality, all or nothing; without rows when it is there from before."""
    size, today = wanted
    if Municipality.objects.filter(pk=corner(size.key, size.place)("municipality")).exists():
        return size, 0
    every = counties()
    rows = Rows()
    with transaction.atomic(), writing("demo"):
        _municipality(rows, size, names()[size.number - 1], every[(size.number - 1) % len(every)], today)
    return size, rows.count


def _municipality(rows: Rows, size: Size, name: str, county: County, today: date) -> None:
    town = build(rows, plan_of(size, name, county), county, size.place)
    plan_holiday(rows, town, today)
    rng = Random(f"{size.key}/lives")  # noqa: S311 – the demo must be the same every time
    for index in range(size.active + size.ended):
        _participant(rows, town, size, index, rng, today)
        if index % _CHUNK == _CHUNK - 1:
            _write(rows)
    write_rolls(rows, town, today, days_back=ROLL_DAYS)
    _write(rows)


def _write(rows: Rows) -> None:
    rows.write()
    with connection.cursor() as cursor:
        # Check references now and forget them, so that the server's list of what to check stays short.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _participant(rows: Rows, town: Town, size: Size, index: int, rng: Random, today: date) -> None:
    serial, is_active = size.first_serial + index, index < size.active
    own = Random(f"{size.key}/{index}")  # noqa: S311 – the demo must be the same every time
    months, gone = rng.uniform(-1.5, 24.0), rng.expovariate(1 / 30.0)
    account = rng.random() < 0.3
    traits = frozenset(trait for trait, chance in TRAITS.items() if rng.random() < chance)
    life = draw(
        own,
        today,
        serial,
        months_in=months,
        ended_months_ago=None if is_active else min(gone + 0.2, 110.0),
        traits=traits if is_active else traits & {"code_7", "code_6", "no_nav"},
    )
    district = town.districts[index % len(town.districts)]
    tell(
        rows,
        district,
        life,
        district.someone(Role.PROGRAMME_ADVISER, index // len(town.districts)),
        index,
        LEAN if is_active else LEANEST,
        username=f"{size.key}-deltaker-{index}" if is_active and account else "",
    )


TRAITS = {
    "no_nav": 0.12,
    "late_plan": 0.06,
    "review_overdue": 0.12,
    "contradiction_open": 0.02,
    "contradiction_settled": 0.03,
    "handover_overdue": 0.15,
    "no_handover": 0.08,
    "partly": 0.06,
    "disagrees": 0.03,
    "code_7": 0.004,
    "code_6": 0.001,
    "no_number": 0.01,
}
"""How often a case is special, roughly as advisers describe their lists."""


def plan_of(size: Size, name: str, county: County) -> TownPlan:
    """A municipality of a size: its organisation model by turn, with units and people to match."""
    models = (
        OrganisationModel.REFUGEE_OFFICE,
        OrganisationModel.NAV,
        OrganisationModel.LEARNING_CENTRE,
        OrganisationModel.NAV_SERVICE_CENTRE,
    )
    model = models[size.number % 4]
    parts = max(1, round(size.active / DISTRICT))
    each = -(-size.active // parts)
    advisers, nav, teachers = max(1, each // 18), max(1, each // 30), max(1, each // 20)
    municipal = OrganisationKind.MUNICIPALITY
    owner_kind = {
        OrganisationModel.REFUGEE_OFFICE: (UnitKind.REFUGEE_SERVICE, municipal, "flyktningtjeneste"),
        OrganisationModel.LEARNING_CENTRE: (UnitKind.ADULT_EDUCATION, municipal, "læringssenter"),
    }.get(model, (UnitKind.NAV_MUNICIPAL, OrganisationKind.NAV, "NAV, flyktningteamet"))
    units = []
    for part in range(parts):
        mark, where = (f"-{part + 1}", f" {part + 1}") if parts > 1 else ("", "")
        kind, organisation, called = owner_kind
        people: list[tuple[Role, int]] = [(Role.PROGRAMME_ADVISER, advisers), (Role.LEADER, 1)]
        if model is OrganisationModel.LEARNING_CENTRE:
            people.append((Role.TEACHER, teachers))
        else:
            school = ((Role.TEACHER, teachers), (Role.PLACEMENT_COORDINATOR, 1))
            units.append(
                UnitPlan(f"school{mark}", UnitKind.ADULT_EDUCATION, f"{name} voksenopplæring{where}", municipal, school)
            )
        units.append(UnitPlan(f"owner{mark}", kind, f"{name} {called}{where}", organisation, tuple(people)))
        office = ((Role.NAV_ADVISER, nav), (Role.NAV_LEADER, 1))
        units.append(UnitPlan(f"nav{mark}", UnitKind.NAV_STATE, f"NAV {name}{where}", OrganisationKind.NAV, office))
    rules = (
        (TalkKind.PLAN_TALK, UnitKind.NAV_STATE, (Which.ALL, Which.FIRST, Which.LAST)[size.number % 3], 1),
        (TalkKind.HANDOVER_TALK, UnitKind.NAV_STATE, Which.ALL, 1),
    )
    language = "nn" if size.number % 5 == 2 else "nb"
    code = f"{county.code}{size.number // 15 + 1:02d}"
    return TownPlan(
        size.key, name, code, language, model, tuple(units), rules, tasks("owner", "school", "owner", "owner")
    )
