"""The facts of one participant's life in the programme, drawn before anything is written.

Nothing here depends on the day the demo is filled except the dates themselves, which are counted from it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from samlop.core.time import add_months
from samlop.identifiers import synthetic_birth_number, synthetic_d_number, synthetic_duf
from samlop.people.vocabulary import InterpreterNeed, Protection
from samlop.programme.models import EndGoal, EndReason
from samlop.site.demo.days import after, next_workday, workday
from samlop.site.demo.words import words

NEW_ACT = date(2021, 1, 1)
ORDINARY_FOR_ALL = date(2026, 1, 1)
AFTER_UPPER = (EndGoal.HIGHER_EDUCATION, EndGoal.UPPER_SECONDARY)


@dataclass
class Life:
    """Who somebody is and how far they have come. ``traits`` are the events that make the case special."""

    rng: Random
    today: date
    serial: int
    country: str
    woman: bool
    gender: str
    given: str
    family: str
    languages: tuple[str, ...]
    birth_date: date
    upper_secondary: bool
    interpreter: InterpreterNeed
    protection: Protection
    permit: str
    permit_granted: date
    arrived: date
    settled: date
    start: date | None
    planned_end: date | None
    ended: date | None
    end_reason: str
    end_goal: EndGoal
    norwegian_goal: str
    pace: float
    direction: str
    children: tuple[int, ...]
    spouse: bool
    traits: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}"

    @property
    def months_in(self) -> float:
        """Months since the programme started, until today or until it ended; negative before it starts."""
        if self.start is None:
            return -1.0
        return ((self.ended or self.today) - self.start).days / 30.4375

    @property
    def length(self) -> float:
        """Planned length of the programme in months."""
        if self.start is None or self.planned_end is None:
            return 24.0
        return (self.planned_end - self.start).days / 30.4375

    @property
    def months_left(self) -> float | None:
        if self.planned_end is None or self.ended:
            return None
        return (self.planned_end - self.today).days / 30.4375

    def has(self, trait: str) -> bool:
        return trait in self.traits


def months_of(goal: EndGoal, upper_secondary: bool, rng: Random) -> int:
    """Ordinary length in months by education and end goal (law/rules.md § 4, rounded to what is usual)."""
    if upper_secondary:
        return rng.choice((6, 9, 12, 12))
    return {
        EndGoal.WORK: 24,
        EndGoal.PRIMARY: 24,
        EndGoal.UPPER_SECONDARY_PARTS: 36,
        EndGoal.UPPER_SECONDARY: 36,
        EndGoal.VOCATIONAL: 36,
    }.get(goal, 24)


@functools.cache
def _origins() -> tuple[list[str], list[int]]:
    origins = words("origins")
    return list(origins), [origin["weight"] for origin in origins.values()]


@functools.cache
def _directions() -> list[str]:
    return list(words("fields"))


def draw(
    rng: Random,
    today: date,
    serial: int,
    *,
    months_in: float,
    length: int | None = None,
    ended_months_ago: float | None = None,
    country: str = "",
    woman: bool | None = None,
    traits: frozenset[str] = frozenset(),
) -> Life:
    """Draw a life that started ``months_in`` months ago (negative: starts later), or that ended some time ago."""
    names, weights = _origins()
    country = country or rng.choices(names, weights)[0]
    origin: dict[str, Any] = words("origins")[country]
    is_woman = rng.random() < 0.54 if woman is None else woman
    gender_told = rng.random() < 0.8
    given = rng.choice(origin["women" if is_woman else "men"])
    family = rng.choice(origin["families"])
    languages = tuple(rng.choice(origin["languages"]))
    birth = birth_date(serial)
    upper = rng.random() < origin["upper_secondary"]
    goal = _goal(rng, upper, birth)
    usual = months_of(goal, upper, rng)
    if ended_months_ago is None and length is None and months_in > usual - 0.3:
        # Whoever is still in a programme after so long cannot have had one of the short ones.
        upper, goal, usual = False, EndGoal.WORK, max(24, usual)
    if length is not None and length > 12:
        # A programme as long as this is for those without upper secondary.
        upper = False
        goal = EndGoal.UPPER_SECONDARY_PARTS if length > 24 else EndGoal.WORK if goal in AFTER_UPPER else goal
    length = length or usual
    permit = rng.choices(list(origin["permits"]), list(origin["permits"].values()))[0]
    wait, granted_before, arrived_before = rng.randint(25, 84), rng.randint(40, 210), rng.randint(0, 300)
    early = rng.choice((0.0, 0.0, 0.0, 1.0, 3.0, 6.0))  # some end before the planned day
    pace, direction = rng.triangular(0.4, 1.6, 1.0), rng.choice(_directions())
    children = tuple(rng.randint(0, 16) for _ in range(rng.choices((0, 1, 2, 3, 4, 5), (42, 15, 19, 13, 7, 4))[0]))
    spouse = rng.random() < (0.7 if children else 0.2)
    help_needed = rng.choices(
        (InterpreterNeed.ALWAYS, InterpreterNeed.SOMETIMES, InterpreterNeed.NONE, InterpreterNeed.UNKNOWN),
        (45, 30, 20, 5),
    )[0]
    reason = _end_reason(rng)

    if ended_months_ago is not None:
        ended = workday(after(today, -ended_months_ago))
        start = workday(after(ended, -max(2.0, length - early)))
        months_in = (ended - start).days / 30.4375
    else:
        ended, start = None, workday(after(today, -months_in))
    if "lasts_long" in traits:
        length += 12
    if "no_start" in traits:
        start_on, planned_end = None, None
    else:
        start_on = next_workday(start) if months_in < 0 else start
        planned_end = add_months(start_on, length) - timedelta(days=1)
    if permit == "E" and length > 12 and start < ORDINARY_FOR_ALL:
        permit = "A"  # programmes for collective protection were short until the ordinary rules came
    settled = workday((start_on or start) - timedelta(days=wait))
    if "old_act" in traits:
        granted = date(2020, 9, 14) + timedelta(days=arrived_before // 4)
        arrived = granted - timedelta(days=granted_before)
    else:
        # A transfer refugee has the permit before arriving and is settled at once.
        granted = settled - timedelta(days=granted_before)
        arrived = settled if permit == "B" else granted - timedelta(days=arrived_before)
    return Life(
        rng=rng,
        today=today,
        serial=serial,
        country=country,
        woman=is_woman,
        gender=("woman" if is_woman else "man") if gender_told else "",
        given=given,
        family=family,
        languages=languages,
        birth_date=birth,
        upper_secondary=upper,
        interpreter=help_needed,
        protection=_protection(traits),
        permit=permit,
        permit_granted=granted,
        arrived=arrived,
        settled=settled,
        start=start_on,
        planned_end=planned_end,
        ended=ended,
        end_reason=reason if ended else "",
        end_goal=goal,
        norwegian_goal=_norwegian_goal(rng, upper, goal),
        pace=pace,
        direction=direction,
        children=children,
        spouse=spouse,
        traits=traits,
    )


def _goal(rng: Random, upper: bool, birth: date) -> EndGoal:
    if upper:
        return rng.choices((EndGoal.WORK, EndGoal.HIGHER_EDUCATION), (7, 3))[0]
    if birth.year >= 2001:
        return rng.choices((EndGoal.UPPER_SECONDARY, EndGoal.UPPER_SECONDARY_PARTS, EndGoal.WORK), (6, 2, 2))[0]
    goals = (EndGoal.WORK, EndGoal.PRIMARY, EndGoal.UPPER_SECONDARY_PARTS, EndGoal.VOCATIONAL)
    return rng.choices(goals, (6, 2, 1, 1))[0]


def _norwegian_goal(rng: Random, upper: bool, goal: EndGoal) -> str:
    if goal in (EndGoal.HIGHER_EDUCATION, EndGoal.UPPER_SECONDARY):
        return "B2" if upper else "B1"
    return rng.choice(("B1", "B1", "B2") if upper else ("A2", "B1", "A2"))


def _end_reason(rng: Random) -> str:
    reasons = {
        EndReason.WORK: 33,
        EndReason.EDUCATION: 22,
        EndReason.WORK_AND_EDUCATION: 6,
        EndReason.NAV_MEASURE: 9,
        EndReason.JOB_SEEKER: 12,
        EndReason.SOCIAL_ASSISTANCE: 5,
        EndReason.HEALTH: 4,
        EndReason.MOVED: 4,
        EndReason.STOPPED: 3,
        EndReason.OTHER: 2,
    }
    return rng.choices([reason.value for reason in reasons], list(reasons.values()))[0]


def _protection(traits: frozenset[str]) -> Protection:
    if "code_6" in traits:
        return Protection.STRICTLY_CONFIDENTIAL
    return Protection.CONFIDENTIAL if "code_7" in traits else Protection.NONE


_BIRTH_DAYS = 13_150


def birth_date(serial: int) -> date:
    """A day between 1969 and 2005, for person no. ``serial``; fixed, so that the identity numbers are too.

    No two with the same day until every day has been used once, so that day and round give each person a number.
    """
    return date(2005, 6, 1) - timedelta(days=serial * 7919 % _BIRTH_DAYS)


def numbers(life: Life) -> dict[str, str]:
    """Synthetic identity numbers (month + 80), different for everybody; DUF only for those who have no other yet."""
    turn = life.serial // _BIRTH_DAYS
    duf = {"duf": synthetic_duf(2010 + life.serial // 100_000, life.serial % 100_000)}
    if life.has("no_number"):
        return duf
    if life.serial % 17 == 3:
        return duf | {"d_number": synthetic_d_number(life.birth_date, turn)}
    return {"birth_number": synthetic_birth_number(life.birth_date, turn)}
