"""A plan with a goal, two steps and the three contributions of research/001 § 14.2 item 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from samlop.core.time import at
from samlop.plan import commands
from samlop.plan.models import Contribution, PartialGoal, Plan, Step
from tests.house import House


@dataclass
class LivingPlan:
    """The house's case with a plan in it."""

    house: House
    plan: Plan
    goal: PartialGoal
    norwegian: Step
    practice: Step
    contributions: list[Contribution]

    @property
    def case(self) -> Any:
        return self.house.case

    def viewer(self, name: str) -> Any:
        return self.house.viewer(name)


@pytest.fixture
def living(house: House) -> LivingPlan:
    """Goal «pleiemedarbeider»; the refugee service wrote 10 January, the school 1 March, NAV 5 March 2026."""
    adviser = house.viewer("adviser")
    with at(date(2026, 1, 10)):
        plan = commands.set_long_term_goal(
            case=house.case,
            own_text="أريد أن أعمل في رعاية المسنين",
            own_language="ar",
            text="Jeg vil bli pleiemedarbeider",
            by=adviser,
        )
        goal = commands.add_partial_goal(case=house.case, text="Norsk på nivå B1", by=adviser)
        norwegian = commands.add_step(
            case=house.case,
            details=commands.StepDetails(
                kind="norwegian",
                title="Norskkurs kveld og dag",
                why="Uten B1 får hun ikke jobb i pleien.",
                partial_goal=goal,
                start_on=date(2026, 1, 12),
                end_on=date(2026, 6, 19),
                unit=house.units["school"],
                user=house.users["teacher"],
            ),
            by=adviser,
        )
        practice = commands.add_step(
            case=house.case,
            details=commands.StepDetails(
                kind="language_practice",
                title="Språkpraksis på sykehjemmet",
                why="Hun lærer ordene hun trenger på jobb.",
                start_on=date(2026, 8, 17),
                unit=house.units["nav"],
            ),
            by=adviser,
        )
        first = commands.write_contribution(case=house.case, text="Bor nå i egen leilighet.", by=adviser)
    with at(date(2026, 3, 1)):
        second = commands.write_contribution(
            case=house.case, text="B1 muntlig nesten nådd.", step=norwegian, by=house.viewer("teacher")
        )
    with at(date(2026, 3, 5)):
        third = commands.write_contribution(case=house.case, text="Lønnstilskudd er mulig.", by=house.viewer("nav"))
    return LivingPlan(house, plan.refreshed(), goal, norwegian, practice, [first, second, third])
