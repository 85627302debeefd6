"""How long the programme may last, by regime, education and end goal (sluttmål).

The regime follows the act of the case and the day the start was offered: the Introduction Act § 5, the Integration
Act §§ 13–14 as they were from 2021 and are from 2026, and chapter 6A for collective protection until the end of 2025.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from samlop.law.acts import act_of
from samlop.law.dates import age_on, last_day_of
from samlop.law.parameters import Held, Rules, rules_known
from samlop.law.person_month import check_first_day, check_person_dates
from samlop.law.refused import Refused
from samlop.law.texts import Note, question, sentence
from samlop.law.trace import Step

Education = Literal["below_upper_secondary", "upper_secondary_or_higher"]
Goal = Literal["work", "higher_education", "upper_secondary", "upper_secondary_parts", "primary", "vocational"]
Regime = Literal["INTRO_2003", "INTEG_2021", "INTEG_2026", "CH6A_2022"]
Extension = Literal["none", "may", "must"]

EDUCATIONS: tuple[Education, ...] = ("below_upper_secondary", "upper_secondary_or_higher")
GOALS: tuple[Goal, ...] = (
    "work",
    "higher_education",
    "upper_secondary",
    "upper_secondary_parts",
    "primary",
    "vocational",
)
# Goals that give formal education at upper secondary level to those without it (§ 14, fourth and fifth paragraph).
_UPPER_SECONDARY_GOALS: frozenset[Goal] = frozenset({"upper_secondary", "upper_secondary_parts", "vocational"})


@dataclass(frozen=True, slots=True)
class DurationCase:
    """What the length of a programme depends on. `offered_start` is the first day of the programme as offered."""

    permit_granted: date
    offered_start: date
    birth_date: date
    education: Education
    goal: Goal
    arrived: date | None = None
    collective_protection: bool = False

    @property
    def educated(self) -> bool:
        """Education at upper secondary level or higher."""
        return self.education == "upper_secondary_or_higher"


@dataclass(frozen=True, slots=True)
class Duration:
    """The length of a programme in months. `discretion` names what the municipality must judge itself."""

    regime: Regime
    minimum_months: int
    ordinary_months: int
    extension_months: int
    extension: Extension
    latest_ordinary_end: date
    references: tuple[str, ...]
    uncertain: tuple[Note, ...]
    discretion: tuple[Note, ...]
    trace: Step

    def as_json(self) -> dict[str, Any]:
        """The answer as `samlop law duration` prints it."""
        return {
            "regime": self.regime,
            "minimum_months": self.minimum_months,
            "ordinary_months": self.ordinary_months,
            "extension_months": self.extension_months,
            "extension": self.extension,
            "latest_ordinary_end": self.latest_ordinary_end.isoformat(),
            "references": list(self.references),
            "uncertain": [note.as_json() for note in self.uncertain],
        }


@dataclass(frozen=True, slots=True)
class _Rule:
    """The parameters and paragraphs of one row of the table of lengths."""

    ordinary: str
    extension: str | None
    how: Extension
    references: tuple[str, ...]


def check_case(case: DurationCase) -> None:
    """Refuse contradicting dates, and a goal that the participant's education does not allow."""
    check_person_dates(case.birth_date, case.permit_granted, case.arrived)
    check_first_day("offered_start", case.offered_start, case.birth_date, case.permit_granted, case.arrived)
    if (case.goal == "higher_education" and not case.educated) or (case.goal == "upper_secondary" and case.educated):
        raise Refused("goal_not_available", "goal", sentence(f"goal_not_available.{case.goal}"))


def _new_rules_from(case: DurationCase, rules: Rules) -> Held | None:
    """The first offer date that follows the lengths of 2026, or None where they were not yet known.

    Education at upper secondary level got its new lengths a year before the others (the Regulations § 76); for
    collective protection there is only the general day.
    """
    education = case.goal in _UPPER_SECONDARY_GOALS and not case.educated and not case.collective_protection
    return rules.find(f"duration.new_rules_from.{'education' if education else 'work'}", case.offered_start)


def regime_of(case: DurationCase, rules: Rules) -> tuple[Regime, Held | None]:
    """The set of lengths that a case follows, with the parameter that drew the line."""
    act, _ = act_of(case.permit_granted, case.arrived, rules)
    if act == "introduksjonsloven":
        return "INTRO_2003", None
    line = _new_rules_from(case, rules)
    if line is not None and case.offered_start >= line.day:
        return "INTEG_2026", line
    return ("CH6A_2022" if case.collective_protection else "INTEG_2021"), line


def _rule_2021(case: DurationCase) -> _Rule:
    group = "educated" if case.educated else "other"
    if not case.educated and case.goal in {"upper_secondary", "vocational"}:
        group = "upper_secondary"
    start = f"duration.INTEG_2021.{group}"
    return _Rule(f"{start}.ordinary", f"{start}.extension", "may", ("integreringsloven § 13",))


def _rule_2026(case: DurationCase) -> _Rule:
    if case.educated:
        paragraphs = ("integreringsloven § 13", "integreringsforskriften § 75")
        return _Rule("duration.INTEG_2026.educated.ordinary", None, "none", paragraphs)
    paragraphs = ("integreringsloven § 14", "integreringsforskriften § 76")
    goal = case.goal if case.goal in _UPPER_SECONDARY_GOALS else "work"
    longer = goal in {"upper_secondary", "upper_secondary_parts"}
    return _Rule(
        f"duration.INTEG_2026.{goal}.ordinary",
        "duration.INTEG_2026.education.extension" if longer else None,
        "must" if longer else "none",
        paragraphs,
    )


def _rule(regime: Regime, case: DurationCase) -> _Rule:
    if regime == "INTEG_2021":
        return _rule_2021(case)
    if regime == "INTEG_2026":
        return _rule_2026(case)
    paragraph = "introduksjonsloven § 5" if regime == "INTRO_2003" else "integreringsloven kapittel 6A"
    return _Rule(f"duration.{regime}.ordinary", f"duration.{regime}.extension", "may", (paragraph,))


def _uncertain(regime: Regime, case: DurationCase, line: Held | None, rules: Rules) -> Iterable[str]:
    if regime == "CH6A_2022":
        yield "collective_protection_duration"
    if line is not None and case.offered_start == line.day:
        yield "offer_on_first_of_january"
    if regime == "INTEG_2026" and case.goal == "primary":
        yield "primary_school_goal"
    elif regime in {"INTEG_2021", "INTEG_2026"} and case.educated and case.goal in {"primary", "upper_secondary_parts"}:
        yield "goal_outside_section_13"
    if regime == "INTEG_2021" and case.goal == "vocational" and not case.educated:
        yield "vocational_before_2025"
    oldest = rules.at("eligibility.max_age.integreringsloven", case.offered_start).whole if line else 0
    if regime == "INTEG_2026" and case.goal != "work" and age_on(case.birth_date, case.offered_start) > oldest:
        yield "over_55_goal"


_MAY_BE_EXTENDED: dict[Regime, str] = {
    "INTRO_2003": "extension_under_old_act",
    "INTEG_2021": "extension_if_goal_within_reach",
    "CH6A_2022": "extension_by_discretion",
}


def _may_run_in_covid(case: DurationCase, rules: Rules) -> bool:
    """Whether a programme under the old act can have run while it could be longer because of covid-19."""
    longest = rules.at("duration.INTRO_2003.ordinary", case.offered_start).whole
    longest += rules.at("duration.INTRO_2003.extension", case.offered_start).whole
    began, name = case.offered_start, "duration.INTRO_2003.covid_extension"
    return rules.find(name, began) is not None or bool(rules.changes([name], began, last_day_of(began, longest)))


def _discretion(regime: Regime, how: Extension, case: DurationCase, rules: Rules) -> Iterable[str]:
    if how == "may":
        yield _MAY_BE_EXTENDED[regime]
    if regime == "INTRO_2003" and _may_run_in_covid(case, rules):
        yield "covid_extension"
    if how == "must":
        yield "extension_if_it_helps"
    if regime == "INTEG_2026" and not case.educated and case.goal not in {"upper_secondary", "vocational"}:
        young = rules.at("duration.young_age", case.offered_start).whole
        if age_on(case.birth_date, case.offered_start) < young:
            yield "under_25_goal"


def duration(case: DurationCase, rules: Rules | None = None) -> Duration:
    """The length of the programme, its extension and the last day of the ordinary period."""
    check_case(case)
    rules = rules or rules_known()
    regime, line = regime_of(case, rules)
    rule = _rule(regime, case)
    ordinary = rules.at(rule.ordinary, case.offered_start)
    extension = rules.at(rule.extension, case.offered_start) if rule.extension else None
    minimum = rules.at("duration.INTEG_2021.minimum", case.offered_start) if regime == "INTEG_2021" else None
    end = last_day_of(case.offered_start, ordinary.whole)
    _, act_step = act_of(case.permit_granted, case.arrived, rules)
    held = tuple(part for part in (line, minimum, ordinary, extension) if part is not None)
    inputs = {"offered_start": case.offered_start, "education": case.education, "goal": case.goal}
    return Duration(
        regime=regime,
        minimum_months=minimum.whole if minimum else 0,
        ordinary_months=ordinary.whole,
        extension_months=extension.whole if extension else 0,
        extension=rule.how,
        latest_ordinary_end=end,
        references=rule.references,
        uncertain=tuple(question(code) for code in _uncertain(regime, case, line, rules)),
        discretion=tuple(question(code) for code in _discretion(regime, rule.how, case, rules)),
        trace=Step("duration", end, inputs, held, rule.references, (act_step,)),
    )
