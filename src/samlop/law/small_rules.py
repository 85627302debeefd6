"""The smaller rules as worked examples ask them: a week, hours of work, absence and leave, training in Norwegian.

The four formulas of the command line have answers of their own; these rules have a few values each. What is given is
read as strictly as on the command line, so that a misspelt example fails.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from samlop.law.absence import (
    ChildCare,
    added_time,
    breast_feeding,
    days_left,
    may_lose_self_certificate,
    reasons,
    self_certificate,
)
from samlop.law.acts import ActId
from samlop.law.cli import SUBCOMMANDS
from samlop.law.content import Element, GuidanceForm, life_skills, parental_guidance, week, work_requirement
from samlop.law.dates import Period
from samlop.law.duration import EDUCATIONS
from samlop.law.examples import Example
from samlop.law.forms import MOST_WEEK_HOURS
from samlop.law.intake import Fields, parse
from samlop.law.norwegian import SKILLS, PriorEducation, guiding_goal, training_hours
from samlop.law.parameters import Held
from samlop.law.texts import Note
from samlop.law.trace import Step

ACTS: tuple[ActId, ...] = ("introduksjonsloven", "integreringsloven")
FORMS: tuple[GuidanceForm, ...] = ("group", "individual")
PRIOR: tuple[PriorEducation, ...] = ("no_primary", "primary", "upper_secondary")
LESSON_MINUTES = 45
MOST_LESSONS = 100
MOST_DAYS_AWAY = 400


@dataclass(frozen=True, slots=True)
class Values:
    """The answer of a small rule: its values by name (nothing where the rule has none), and how they were found."""

    values: Mapping[str, Any]
    uncertain: tuple[Note, ...] = ()
    trace: Step | None = None

    def as_json(self) -> dict[str, Any]:
        """The values as an example writes them."""
        plain = {name: _plain(value) for name, value in self.values.items()}
        return {**plain, "uncertain": [note.as_json() for note in self.uncertain]}


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.whole if isinstance(value, Held) else value


def _period(row: Fields) -> Period:
    row.knows_only(("from", "to"))
    return Period(row.day("from"), row.day("to"))


def _week(fields: Fields) -> Values:
    """A week's hours against full time: lessons in Norwegian and social studies, and other hours by the clock."""
    fields.knows_only(("day", "act", "lessons", "other_hours", "own_activity", "days"))
    elements = [Element(LESSON_MINUTES, is_lesson=True)] * fields.whole("lessons", most=MOST_LESSONS)
    elements.append(Element(int(fields.number("other_hours", most=MOST_WEEK_HOURS) * 60)))
    answer = week(
        elements,
        fields.day("day"),
        fields.choice("act", ACTS),
        own_activity=fields.flag("own_activity", default=False),
        days=fields.whole("days", most=5),
    )
    found = {"counted": answer.counted, "needed": answer.needed, "missing": answer.missing}
    return Values({**found, "full_time": answer.full_time}, answer.uncertain, answer.trace)


def _work_hours(fields: Fields) -> Values:
    fields.knows_only(("day", "act", "programme_start", "education", "for_work"))
    answer = work_requirement(
        fields.day("programme_start"),
        fields.day("day"),
        educated=fields.choice("education", EDUCATIONS) == "upper_secondary_or_higher",
        for_work=fields.flag("for_work"),
        act=fields.choice("act", ACTS),
    )
    if answer is None:
        return Values({"work_hours": None, "counted_from": None})
    return Values({"work_hours": answer.hours, "counted_from": answer.counted_from}, answer.uncertain, answer.trace)


def _life_skills(fields: Fields) -> Values:
    fields.knows_only(("day", "education"))
    educated = fields.choice("education", EDUCATIONS) == "upper_secondary_or_higher"
    answer = life_skills(fields.day("day"), educated=educated)
    return Values({"health": answer.health, "career": answer.career}, answer.uncertain)


def _parental_guidance(fields: Fields) -> Values:
    fields.knows_only(("day", "form", "short_of_capacity"))
    short = fields.flag("short_of_capacity", default=False)
    least, most = parental_guidance(fields.day("day"), fields.choice("form", FORMS), short_of_capacity=short)
    return Values({"least": least, "most": most})


def _self_certificate(fields: Fields) -> Values:
    """An absence for own illness, with those before it that were self-certified."""
    fields.knows_only(("programme_start", "from", "to", "earlier", "act"))
    absence = Period(fields.day("from"), fields.day("to"))
    earlier = [_period(row) for row in fields.rows("earlier")]
    act = fields.choice("act", ACTS)
    answer = self_certificate(absence, earlier, fields.day("programme_start"), act=act)
    lost = act == "integreringsloven" and may_lose_self_certificate([*earlier, absence], absence.first)
    return Values({"allowed": answer.allowed, "doctor_from": answer.doctor_from, "may_be_lost": lost})


def _days_left(fields: Fields) -> Values:
    """Days left for a reason on a day, with the days already used."""
    fields.knows_only(("day", "programme_start", "reason", "used", "children", "alone", "chronic"))
    reason = reasons()[fields.choice("reason", tuple(reasons()))]
    used = [day for row in fields.rows("used") for day in _period(row).days()]
    care = ChildCare(
        fields.whole("children", most=20),
        alone=fields.flag("alone", default=False),
        chronic=fields.flag("chronic", default=False),
    )
    left = days_left(reason, used, fields.day("day"), fields.day("programme_start"), care=care)
    return Values({"left": left, "paid": reason.paid})


def _added_time(fields: Fields) -> Values:
    """Working days that absence and leave add to the programme."""
    fields.knows_only(("day", "act", "away"))
    days = {}
    for row in fields.rows("away"):
        row.knows_only(("reason", "days"))
        days[row.choice("reason", tuple(reasons()))] = row.whole("days", most=MOST_DAYS_AWAY)
    answer = added_time(days, fields.day("day"), fields.choice("act", ACTS))
    return Values({"added_days": answer.days}, answer.uncertain)


def _breast_feeding(fields: Fields) -> Values:
    fields.knows_only(("child_born",))
    answer = breast_feeding(fields.day("child_born"))
    return Values({"hours_a_day": answer.hours, "last_day": answer.last_day})


def _norwegian_goal(fields: Fields) -> Values:
    fields.knows_only(("prior", "needs_b2"))
    answer = guiding_goal(fields.choice("prior", PRIOR), needs_b2=fields.flag("needs_b2", default=False))
    return Values({skill: answer.levels[skill] for skill in SKILLS})


def _norwegian_hours(fields: Fields) -> Values:
    fields.knows_only(("permit_granted", "arrived", "duty_only", "collective_protection"))
    answer = training_hours(
        fields.day("permit_granted"),
        fields.day_or_none("arrived"),
        duty_only=fields.flag("duty_only", default=False),
        collective_protection=fields.flag("collective_protection", default=False),
    )
    return Values({"norwegian_hours": answer.norwegian, "social_studies_hours": answer.social_studies})


SMALL_RULES: Mapping[str, Callable[[Fields], Values]] = {
    "week": _week,
    "work_hours": _work_hours,
    "life_skills": _life_skills,
    "parental_guidance": _parental_guidance,
    "self_certificate": _self_certificate,
    "days_left": _days_left,
    "added_time": _added_time,
    "breast_feeding": _breast_feeding,
    "norwegian_goal": _norwegian_goal,
    "norwegian_hours": _norwegian_hours,
}
"""By the word that stands as `command` in a file of examples."""


def answer_of(example: Example) -> Any:
    """What the rules answer to an example now. Raises ``Refused`` where the example is that they refuse.

    What is given goes by JSON as on the command line, so that three and a half hours are exactly that.
    """
    fields = parse(json.dumps(dict(example.given)).encode())
    small = SMALL_RULES.get(example.command)
    return small(fields) if small else SUBCOMMANDS[example.command].answer(fields)
