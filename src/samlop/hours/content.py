"""What the whole programme must hold beside full time: work-oriented hours, life skills, parental guidance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from samlop.hours.counting import WeekSum
from samlop.hours.regime import Regime
from samlop.hours.sessions import Session
from samlop.hours.vocabulary import Theme
from samlop.law.content import (
    GuidanceForm,
    average_hours,
    average_period,
    life_skills,
    parental_guidance,
    work_requirement,
)
from samlop.law.texts import Note, question
from samlop.plan.vocabulary import StepKind


@dataclass(frozen=True, slots=True)
class WorkHours:
    """The average of work-oriented hours from the day they count to the end of the week shown.

    ``average`` is none before the day; ``needed`` is hours a week.
    """

    needed: Fraction
    counted_from: date
    average: Fraction | None
    weeks: int
    uncertain: tuple[Note, ...]

    @property
    def is_met(self) -> bool | None:
        """Whether the average is enough; none while there is none."""
        return None if self.average is None else self.average >= self.needed


@dataclass(frozen=True, slots=True)
class Planned:
    """Something planned for the whole programme against its least; ``least`` is none where no least is known.

    ``fewer`` is the least where the municipality is short of capacity; none where there is no exception.
    """

    planned: Fraction
    least: int | None
    uncertain: tuple[Note, ...] = field(default=())
    fewer: int | None = None

    @property
    def is_met(self) -> bool | None:
        return None if self.least is None else self.planned >= self.least


@dataclass(frozen=True, slots=True)
class ThemePlanned:
    """Hours of one theme of life skills; ``least`` is none where no least is known."""

    theme: Theme
    planned: Fraction
    least: int | None

    @property
    def name(self) -> str:
        return str(self.theme.label)

    @property
    def missing(self) -> Fraction:
        """Hours that are not planned as this theme."""
        return max(Fraction(0), (self.least or 0) - self.planned)


@dataclass(frozen=True, slots=True)
class SkillsPlanned:
    """The course in life skills over the whole programme. ``untold`` are hours whose theme nobody has told."""

    themes: tuple[ThemePlanned, ...]
    untold: Fraction
    uncertain: tuple[Note, ...] = field(default=())

    @property
    def planned(self) -> Fraction:
        return sum((one.planned for one in self.themes), self.untold)

    @property
    def least(self) -> int | None:
        """The least of both themes together."""
        known = [one.least for one in self.themes if one.least is not None]
        return sum(known) if len(known) == len(self.themes) else None

    @property
    def is_met(self) -> bool | None:
        """Whether each theme can be full: hours without a theme may be of either."""
        if self.least is None:
            return None
        return sum((one.missing for one in self.themes), Fraction(0)) <= self.untold


def work_hours(regime: Regime, weeks: Sequence[WeekSum], on: date) -> WorkHours | None:
    """The work-oriented hours against their least on a day; none where the act asks for none.

    Where the schooling is not known, the shorter wait counts, so that nothing is hidden; where the end goal is not
    known, the programme is taken to lead to work.
    """
    if regime.starts_on is None:
        return None
    asked = work_requirement(
        regime.starts_on,
        on,
        educated=regime.educated is not False,
        for_work=regime.for_work is not False,
        act=regime.act,
    )
    if asked is None:
        return None
    counted = [one.work_hours for one in weeks if one.monday >= asked.counted_from and one.programme_days]
    return WorkHours(
        needed=asked.hours,
        counted_from=asked.counted_from,
        average=average_hours(counted) if counted else None,
        weeks=len(counted),
        uncertain=(*asked.uncertain, average_period(), *_about_goal(regime)),
    )


def _about_goal(regime: Regime) -> tuple[Note, ...]:
    return (question("primary_school_goal"),) if regime.primary_as_work else ()


def life_skills_planned(regime: Regime, sessions: Iterable[Session], on: date) -> SkillsPlanned | None:
    """Hours of life skills planned for the whole programme against the least of each theme; none under the old act, and
    none before it is known when the programme begins."""
    if regime.act == "introduksjonsloven" or regime.starts_on is None:
        return None
    hours: dict[str, Fraction] = {}
    for one in sessions:
        if one.content == StepKind.LIFE_SKILLS:
            hours[one.theme] = hours.get(one.theme, Fraction(0)) + one.hours
    least = life_skills(on, educated=regime.educated is True)
    themes = tuple(
        ThemePlanned(theme, hours.get(theme, Fraction(0)), needed)
        for theme, needed in ((Theme.HEALTH, least.health), (Theme.CAREER, least.career))
    )
    return SkillsPlanned(themes, hours.get("", Fraction(0)), least.uncertain)


def guidance_planned(regime: Regime, sessions: Iterable[Session], on: date) -> Planned | None:
    """Meetings of parental guidance planned against the fewest; none without a child under 18, or the old act."""
    if regime.act == "introduksjonsloven" or not regime.has_child:
        return None
    meetings = [one for one in sessions if one.content == StepKind.PARENTAL_GUIDANCE]
    alone = bool(meetings) and all(one.group_id is None for one in meetings)
    form: GuidanceForm = "individual" if alone else "group"
    least, __ = parental_guidance(on, form)
    fewer, __ = parental_guidance(on, form, short_of_capacity=True)
    return Planned(Fraction(len(meetings)), least, fewer=fewer if fewer < least else None)
