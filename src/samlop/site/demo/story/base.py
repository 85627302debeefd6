"""The story of one case: its rows, its people, and the journal that grows with it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from types import SimpleNamespace
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import models

from samlop.cases.journal import codes, plain
from samlop.cases.models import Case, JournalEntry
from samlop.cases.models.journal import fingerprint
from samlop.core.rights import Section
from samlop.people.models import Person, Unit, User
from samlop.people.vocabulary import Role
from samlop.plan.models import Contradiction, Contribution, PartialGoal, Plan, Step
from samlop.plan.vocabulary import StepStatus
from samlop.site.demo.days import after, clock, next_workday, workday
from samlop.site.demo.keys import Keys
from samlop.site.demo.life import Life
from samlop.site.demo.load import Rows
from samlop.site.demo.towns import Actor, Town
from samlop.site.demo.words import fill, words

T = TypeVar("T")


@dataclass(frozen=True)
class Amount:
    """How much is told of a life: at most so many of each, and whether the small things are told too."""

    contributions: int
    steps: int
    partial_goals: int
    talks: int
    triangular_talks: int
    efforts: int
    skills: int
    readings: int
    actions: int
    small_things: bool


RICH = Amount(
    contributions=12,
    steps=9,
    partial_goals=3,
    talks=6,
    triangular_talks=3,
    efforts=8,
    skills=4,
    readings=12,
    actions=2,
    small_things=True,
)
"""The small demo."""
LEAN = Amount(
    contributions=16,
    steps=7,
    partial_goals=2,
    talks=5,
    triangular_talks=3,
    efforts=6,
    skills=2,
    readings=3,
    actions=1,
    small_things=True,
)
"""Somebody in a programme, in the national demo; halfway through they have about half of it."""
LEANEST = Amount(
    contributions=1,
    steps=2,
    partial_goals=0,
    talks=1,
    triangular_talks=0,
    efforts=2,
    skills=1,
    readings=0,
    actions=0,
    small_things=False,
)
"""Somebody who has ended, in the national demo: what is kept of the course."""

_PLAIN = (str, int, bool, type(None))
_SECTIONS = {section: section.value for section in Section}


@dataclass
class Story:
    """One life told in one town. ``say`` writes in the journal; ``finish`` chains and keeps it."""

    rows: Rows
    town: Town
    life: Life
    keys: Keys
    number: int
    amount: Amount
    case: Case = field(init=False)
    person: Person = field(init=False)
    team: dict[Role, Actor] = field(default_factory=dict)
    account: User | None = None
    told: list[dict[str, Any]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    continues: Story | None = None
    """The story in the municipality the person moved from."""

    @property
    def rng(self) -> Random:
        return self.life.rng

    @property
    def today(self) -> date:
        return self.life.today

    def luck(self, topic: str) -> Random:
        """Chance of its own for a topic, so that more or less of one topic does not change the others."""
        return Random(zlib.crc32(f"{self.keys.path}/{topic}".encode()))  # noqa: S311 – the same every time

    def owned(self, **values: Any) -> dict[str, Any]:
        """The values every row of the case has, and the given ones."""
        return {"case_id": self.case.pk, "municipality_id": self.case.municipality_id, **values}

    def put(self, model: type[models.Model], *name: object, **values: Any) -> None:
        """Write a row of the case that nobody looks at again; ``name`` makes its key."""
        case = self.case
        self.rows.put(model, id=self.keys(*name), case_id=case.pk, municipality_id=case.municipality_id, **values)

    def day(self, months: float) -> date:
        """A working day so many months after the start."""
        start = self.life.start or self.life.settled
        return workday(after(start, months))

    def coming(self, day: date) -> date:
        """A working day on or after a day, for what is planned."""
        return next_workday(day)

    def happened(self, day: date) -> bool:
        """Whether a day lies in the time of the case: before the day of the demo, and before the case was closed."""
        first, last = self.case.registered_at.date(), self.case.closed_at and self.case.closed_at.date()
        return first <= day < self.today and (last is None or day <= last)

    def moment(self, day: date, minutes: int) -> datetime:
        return clock(day, minutes)

    @property
    def adviser(self) -> Actor:
        return self.team[Role.PROGRAMME_ADVISER]

    @property
    def participant(self) -> Actor:
        """The participant as an actor; only where there is an account."""
        assert self.account is not None
        return Actor(self.account, Role.PARTICIPANT.value)

    def values(self, **more: str) -> dict[str, str]:
        """What texts are filled with."""
        direction = words("fields")[self.life.direction]
        place = direction["places"][self.number % len(direction["places"])]
        return {
            "given": self.life.given,
            "short": direction["short"],
            "place": place,
            "course": direction["course"],
            "job": direction["job"],
            "level": "A2",
            "next": "B1",
            **more,
        }

    def text(self, template: str, **more: str) -> str:
        return fill(template, self.values(**more))

    def say(
        self,
        when: datetime,
        actor: Actor,
        code: str,
        section: Section,
        *,
        effort: str = "",
        minutes: int | None = None,
        happened_on: date | None = None,
        on_behalf_of: str = "",
        unit: Unit | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Note an entry of the journal; in order when the story ends. ``unit`` is the actor's own if left out."""
        unit = unit or actor.unit
        self.told.append(
            {
                "code": code,
                "section": _SECTIONS[section],
                "at": when,
                "happened_on": happened_on or when.date(),
                "user_id": actor.user_id,
                "user_name": actor.name,
                "unit_id": unit.pk if unit else None,
                "unit_name": unit.name if unit else "",
                "unit_kind": unit.kind if unit else "",
                "role": actor.role,
                "on_behalf_of": on_behalf_of,
                "data": {key: value if type(value) in _PLAIN else plain(value) for key, value in (data or {}).items()},
                "effort": effort,
                "minutes": minutes,
            }
        )

    def finish(self) -> None:
        """Put the journal in order of time, chain it and keep it."""
        known = codes()  # a room that has not been built yet leaves no entries
        self.told = sorted((entry for entry in self.told if entry["code"] in known), key=lambda entry: entry["at"])
        previous = ""
        case_id = self.case.pk
        for seq, entry in enumerate(self.told, start=1):
            line = SimpleNamespace(case_id=case_id, seq=seq, corrects=None, **entry)
            written = JournalEntry.written(cast(JournalEntry, line))
            hashed = fingerprint(written, previous)
            self.put(JournalEntry, "journal", seq, seq=seq, previous_hash=previous, hash=hashed, **entry)
            previous = hashed

    def key(self, *name: object) -> UUID:
        return self.keys(*name)


def pick(rng: Random, options: Sequence[T]) -> T:
    """One of the options."""
    return options[rng.randrange(len(options))]


@dataclass
class PlanStory:
    """The plan as it grows, so that a version can say what it said on a day."""

    plan: Plan
    opened: date
    steps: list[tuple[date, Step]] = field(default_factory=list)
    reports: dict[Any, tuple[date, StepStatus, str]] = field(default_factory=dict)
    partial_goals: list[tuple[date, PartialGoal]] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    contradictions: list[tuple[Contradiction, list[Contribution]]] = field(default_factory=list)
    last_change: datetime | None = None

    def changed(self, when: datetime) -> None:
        if self.last_change is None or when > self.last_change:
            self.last_change = when
        self.plan.revision += 1
