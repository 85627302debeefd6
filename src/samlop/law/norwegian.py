"""Training in Norwegian and social studies: the level to aim at, and hours where the act counts hours.

The Integration Act §§ 26–33 with the Integration Regulations §§ 27–28 and 73, the Introduction Act §§ 17–18.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from samlop.law.acts import act_of
from samlop.law.parameters import Held, Rules, Text, rules_known
from samlop.law.texts import LANGUAGES, Note, say

Skill = Literal["reading", "listening", "writing", "oral"]
PriorEducation = Literal["no_primary", "primary", "upper_secondary"]

SKILLS: tuple[Skill, ...] = ("reading", "listening", "writing", "oral")
GOAL_REFERENCES = ("integreringsloven § 31", "integreringsforskriften §§ 27–28")


@dataclass(frozen=True, slots=True)
class NorwegianGoal:
    """The guiding least level per skill. Setting it higher, or one level lower later, is discretion (§ 27)."""

    levels: Mapping[Skill, str]
    references: tuple[str, ...] = GOAL_REFERENCES


def guiding_goal(
    prior: PriorEducation, *, needs_b2: bool = False, day: date = date.max, rules: Rules | None = None
) -> NorwegianGoal:
    """The level the Regulations § 28 set as a guide, in the written skills and the oral one, as it holds on a day.

    Those with upper secondary who must document B2 in every skill have that as their goal.
    """
    rules = rules or rules_known()
    oral = rules.at(f"norwegian.goal.{prior}.oral", day)
    written = rules.at(f"norwegian.goal.{prior}.written", day)
    if needs_b2 and prior == "upper_secondary":
        written = rules.at("norwegian.goal.upper_secondary.documented", day)
    return NorwegianGoal({skill: (oral if skill == "oral" else written).code for skill in SKILLS})


@dataclass(frozen=True, slots=True)
class TrainingHours:
    """Hours of training. None where the act counts no hours, or gives neither right nor duty."""

    norwegian: Held | None
    social_studies: Held | None


def _rule_day(permit_granted: date, arrived: date | None) -> date:
    """The day that decides the hours: the permit, or the arrival of those who got the permit abroad (§ 73)."""
    return permit_granted if arrived is None else max(permit_granted, arrived)


def training_hours(
    permit_granted: date,
    arrived: date | None = None,
    *,
    duty_only: bool = False,
    collective_protection: bool = False,
    rules: Rules | None = None,
) -> TrainingHours:
    """The hours that a person must or may take, by the permit.

    Under the Integration Act Norwegian is counted in hours only for those with a duty and no right; the others learn
    until they reach their level. People with collective protection have no social studies (chapter 6A).
    """
    rules = rules or rules_known()
    act, _ = act_of(permit_granted, arrived, rules)
    day = _rule_day(permit_granted, arrived)
    if act == "introduksjonsloven":
        kind = "duty_only_hours" if duty_only else "total_hours"
        return TrainingHours(
            rules.find(f"norwegian.{kind}.{act}", day), rules.find(f"norwegian.social_studies_hours.{act}", day)
        )
    norwegian = rules.at(f"norwegian.duty_only_hours.{act}", day) if duty_only else None
    social = None if collective_protection else rules.at(f"norwegian.social_studies_hours.{act}", day)
    return TrainingHours(norwegian, social)


def training_notes(
    permit_granted: date,
    arrived: date | None = None,
    *,
    educated: bool | None = None,
    collective_protection: bool = False,
    rules: Rules | None = None,
) -> tuple[Note, ...]:
    """What training somebody with right and duty shall have, as sentences with paragraphs.

    ``educated`` says whether there is upper secondary education; none where that is not known, and then the guiding
    goals of all are told. The Introduction Act knows no goal.
    """
    rules = rules or rules_known()
    act, _ = act_of(permit_granted, arrived, rules)
    hours = training_hours(permit_granted, arrived, collective_protection=collective_protection, rules=rules)
    if act == "introduksjonsloven":
        return tuple(_hours_of_old_act(hours))
    social = "training.social_studies" if hours.social_studies else "training.no_social_studies"
    value, reference = _hours(hours.social_studies, "integreringsloven § 37 c")
    priors: tuple[PriorEducation, ...] = ("upper_secondary",) if educated else ("no_primary", "primary")
    if educated is None:
        priors = ("no_primary", "primary", "upper_secondary")
    return (
        _note("training.to_the_goal", ("integreringsloven § 31", "integreringsloven § 32")),
        _note(social, (reference,), hours=value),
        *(_goal(prior, rules) for prior in priors),
    )


def _hours(held: Held | None, otherwise: str) -> tuple[int, str]:
    return (held.whole, held.reference) if held else (0, otherwise)


def _hours_of_old_act(hours: TrainingHours) -> Iterator[Note]:
    if hours.norwegian and hours.social_studies:
        values = {"hours": hours.norwegian.whole, "social": hours.social_studies.whole}
        yield _note("training.together", (hours.norwegian.reference, hours.social_studies.reference), **values)


def _goal(prior: PriorEducation, rules: Rules) -> Note:
    levels = guiding_goal(prior, rules=rules).levels
    values = {"written": levels["writing"], "oral": levels["oral"]}
    return _note(f"training.goal.{prior}", GOAL_REFERENCES, **values)


def _note(code: str, references: tuple[str, ...], **values: object) -> Note:
    text = Text(**{language: say(code, language, **values) for language in LANGUAGES})
    return Note(code.removeprefix("training."), text, references)
