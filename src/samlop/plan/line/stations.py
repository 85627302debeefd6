"""What stands on the line, in order: where it began, steps, partial goals, talks, today – and the goal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from samlop.core.templatetags.samlop import day
from samlop.plan.models import PartialGoal, Plan, Step
from samlop.plan.vocabulary import StepStatus


class Kind(StrEnum):
    """What a mark on the line is."""

    START = "start"
    STEP = "step"
    PARTIAL_GOAL = "partial_goal"
    TALK = "talk"
    TODAY = "today"


class Shape(StrEnum):
    """How a mark looks; each status has a shape of its own, so that colour is never alone."""

    START = "start"
    PLANNED = "planned"
    ONGOING = "ongoing"
    DONE = "done"
    STOPPED = "stopped"
    MILESTONE = "milestone"
    REACHED = "reached"
    TALK = "talk"
    TODAY = "today"


@dataclass(frozen=True)
class Station:
    """One mark: what it is, its title (own language beside), when, who answers, and how it stands in words."""

    kind: Kind
    shape: Shape
    title: str
    title_own: str = ""
    when: str = ""
    who: str = ""
    status: str = ""
    step_id: str = ""
    is_past: bool = False

    @property
    def is_small(self) -> bool:
        """Talks and today stand between the stations."""
        return self.kind in (Kind.TALK, Kind.TODAY)


@dataclass(frozen=True)
class Goal:
    """The end of the line: the participant's own words, and the same in Norwegian."""

    own: str = ""
    language: str = ""
    text: str = ""
    when: str = ""
    """What the programme shall lead to, and how long it lasts."""

    @property
    def is_written(self) -> bool:
        return bool(self.own or self.text)


@dataclass(frozen=True)
class Line:
    """The stations in order, and the goal at the end."""

    stations: list[Station]
    goal: Goal
    language: str = ""
    """Code of the participant's own language; the titles beside are written in it."""

    @property
    def today_at(self) -> int | None:
        """The place of today's mark among the stations; none when it is not on the line."""
        return next((at for at, each in enumerate(self.stations) if each.kind is Kind.TODAY), None)


NEAR = 3
"""So many stations on each side of today stand in the excerpt."""


def excerpt(line: Line) -> tuple[Line, int]:
    """Where one stands on the way: how it began, what is nearest to today, and the goal; and how many were left out.

    Where today is not on the line, the last stations are kept.
    """
    at = line.today_at if line.today_at is not None else len(line.stations)
    first, last = max(at - NEAR, 1), at + NEAR + 1
    kept = [each for number, each in enumerate(line.stations) if number == 0 or first <= number < last]
    left_out = len(line.stations) - len(kept)
    return (line, 0) if left_out <= 2 else (replace(line, stations=kept), left_out)


@dataclass(order=True)
class _Placed:
    """A station with what decides its place: days first, those without a day last, in the order of the plan."""

    on: date
    rank: int
    order: int
    station: Station = field(compare=False)


_NO_DAY = date.max


def line_of(
    *,
    plan: Plan | None,
    steps: Sequence[Step],
    partial_goals: Sequence[PartialGoal],
    talks: Iterable[tuple[int, date]],
    settled_on: date | None,
    end_on: date | None,
    today: date | None,
) -> Line:
    """The line of a plan. ``talks`` are numbers and days of the versions; ``today`` is none after the programme."""
    placed = [*_steps(steps), *_partial_goals(partial_goals, steps, today), *_talks(talks)]
    start = _start(plan, settled_on)
    if start is not None:
        placed.append(_Placed(date.min, 0, 0, start))
    if today is not None:
        placed.append(_Placed(today, 9, 0, Station(Kind.TODAY, Shape.TODAY, _("I dag"), when=day(today))))
    return Line([each.station for each in sorted(placed)], _goal(plan, end_on), plan.own_language if plan else "")


def _start(plan: Plan | None, settled_on: date | None) -> Station | None:
    if settled_on is not None:
        return Station(Kind.START, Shape.START, _("Bosatt"), when=day(settled_on), is_past=True)
    if plan is not None and plan.pk and plan.opened_at:
        return Station(Kind.START, Shape.START, _("Planen ble åpnet"), when=day(plan.opened_at), is_past=True)
    return None


_SHAPES = {
    StepStatus.PLANNED: Shape.PLANNED,
    StepStatus.ONGOING: Shape.ONGOING,
    StepStatus.DONE: Shape.DONE,
    StepStatus.STOPPED: Shape.STOPPED,
}


def _steps(steps: Sequence[Step]) -> Iterable[_Placed]:
    for order, step in enumerate(steps):
        yield _Placed(
            step.start_on or step.end_on or _NO_DAY,
            1,
            order,
            Station(
                Kind.STEP,
                _SHAPES[StepStatus(step.status)],
                step.title,
                step.title_own,
                period(step.start_on, step.end_on),
                _who(step),
                str(StepStatus(step.status).label),
                str(step.pk),
                step.status in (StepStatus.DONE, StepStatus.STOPPED),
            ),
        )


def period(start_on: date | None, end_on: date | None) -> str:
    """«12.01.2026–19.06.2026», «fra 12.01.2026», «til 19.06.2026» or nothing."""
    if start_on and end_on:
        return f"{day(start_on)}–{day(end_on)}"
    if start_on:
        return _("fra %(day)s") % {"day": day(start_on)}
    return _("til %(day)s") % {"day": day(end_on)} if end_on else ""


def _who(step: Step) -> str:
    if step.by_participant:
        return _("Deltakeren")
    return step.unit.name if step.unit else ""


def _partial_goals(goals: Sequence[PartialGoal], steps: Sequence[Step], today: date | None) -> Iterable[_Placed]:
    """A reached goal stands on its day; another one lies ahead, after the last of its steps and never before today."""
    for order, goal in enumerate(goals):
        reached = goal.reached_on is not None
        yield _Placed(
            goal.reached_on or max(_after_steps(goal, steps), today or date.min),
            2 if reached else 10,
            order,
            Station(
                Kind.PARTIAL_GOAL,
                Shape.REACHED if reached else Shape.MILESTONE,
                goal.text,
                goal.text_own,
                day(goal.reached_on),
                "",
                _("delmål nådd") if reached else _("delmål"),
                is_past=reached,
            ),
        )


def _after_steps(goal: PartialGoal, steps: Sequence[Step]) -> date:
    days = [step.end_on or step.start_on for step in steps if step.partial_goal_id == goal.pk]
    return max((each for each in days if each is not None), default=_NO_DAY)


def _talks(talks: Iterable[tuple[int, date]]) -> Iterable[_Placed]:
    for number, talk_on in talks:
        title = _("Plansamtale %(number)s") % {"number": number}
        station = Station(Kind.TALK, Shape.TALK, title, when=day(talk_on), status=_("holdt"), is_past=True)
        yield _Placed(talk_on, 3, number, station)


def _goal(plan: Plan | None, end_on: date | None) -> Goal:
    facts = []
    if plan is not None and plan.end_goal:
        facts.append(_("Programmet skal føre til: %(goal)s") % {"goal": plan.get_end_goal_display()})
    if end_on is not None:
        facts.append(_("Programmet varer til %(day)s") % {"day": day(end_on)})
    when = ". ".join(facts)
    if plan is None:
        return Goal(when=when)
    return Goal(plan.long_term_goal_own, plan.own_language, plan.long_term_goal, when)


def in_words(line: Line) -> str:
    """The line as one sentence, for those who hear the picture."""
    counted: dict[str, int] = {}
    for station in line.stations:
        if station.kind is Kind.STEP:
            counted[station.status] = counted.get(station.status, 0) + 1
    parts = ", ".join(f"{number} {status}" for status, number in counted.items())
    steps = _("Tiltak: %(parts)s.") % {"parts": parts} if parts else _("Ingen tiltak ennå.")
    goal: Any = line.goal.text or line.goal.own
    words = _("Målet: %(goal)s") % {"goal": goal} if goal else _("Målet er ikke skrevet ennå.")
    return f"{steps} {words}"
