"""What a programme must hold: a full week, work-oriented hours, life skills and parental guidance.

The Introduction Act § 4, the Integration Act §§ 13–14 a, the Integration Regulations §§ 3–4. Minutes are clock
minutes, hours are per week unless said otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from samlop.law.acts import ActId
from samlop.law.dates import add_months
from samlop.law.parameters import Held, Rules, rules_known
from samlop.law.texts import Note, question
from samlop.law.trace import Step

HOUR = 60
GuidanceForm = Literal["group", "individual"]


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a week. A lesson is taught in Norwegian or social studies and comes with homework."""

    minutes: int
    is_lesson: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """A week against full time: hours counted, hours needed, hours that are missing."""

    counted: Fraction
    needed: Fraction
    trace: Step
    uncertain: tuple[Note, ...] = ()

    @property
    def missing(self) -> Fraction:
        """Hours that somebody must fill; none where the week is full."""
        return max(Fraction(0), self.needed - self.counted)

    @property
    def full_time(self) -> bool:
        """Whether the week is full time."""
        return self.counted >= self.needed


def counted_hours(elements: Sequence[Element], day: date, rules: Rules) -> Fraction:
    """Hours of a week as they count: a lesson of 45 minutes counts 75, everything else its own length."""
    lesson = rules.at("content.lesson_minutes", day).number
    counts = rules.at("content.lesson_counts", day).number
    minutes = sum((Fraction(e.minutes) * (counts / lesson if e.is_lesson else 1) for e in elements), Fraction(0))
    return minutes / HOUR


WEEKDAYS = 5


def week(
    elements: Sequence[Element],
    day: date,
    act: ActId,
    *,
    own_activity: bool = False,
    days: int = WEEKDAYS,
    rules: Rules | None = None,
) -> Week:
    """Hold a week against full time.

    With `own_activity` the elements ask so much of the participant outside the hours that 30 hours are enough; the
    lessons then count their own length, since the homework is what the lower number makes room for. `days` are the
    programme days of a week with holidays: each asks for a fifth of the hours, which the acts do not say and the answer
    therefore names.
    """
    rules = rules or rules_known()
    full = rules.at(f"content.full_time{'_own_activity' if own_activity else ''}.{act}", day)
    needed = full.number * Fraction(days, WEEKDAYS)
    plain = sum((Fraction(element.minutes) for element in elements), Fraction(0)) / HOUR
    counted = plain if own_activity else counted_hours(elements, day, rules)
    held = (full, rules.at("content.lesson_minutes", day), rules.at("content.lesson_counts", day))
    step = Step("week", counted, {"hours": plain, "needed": needed, "days": days}, held)
    return Week(counted, needed, step, () if days == WEEKDAYS else (question("week_with_days_off"),))


@dataclass(frozen=True, slots=True)
class WorkRequirement:
    """Work-oriented hours a week on average, and the first day they are counted from."""

    hours: Fraction
    counted_from: date
    uncertain: tuple[Note, ...]
    trace: Step


def work_requirement(
    programme_start: date, day: date, *, educated: bool, for_work: bool, act: ActId, rules: Rules | None = None
) -> WorkRequirement | None:
    """The least work-oriented time on a day, or None where the act asks for none (§ 14 a third paragraph).

    It belongs to programmes that qualify for work and is counted after three months, six for those without upper
    secondary education.
    """
    rules = rules or rules_known()
    hours = rules.find("content.work_hours", day)
    if act == "introduksjonsloven" or not for_work or hours is None:
        return None
    after = rules.at(f"content.work_hours_after.{'educated' if educated else 'other'}", day)
    counted_from = max(add_months(programme_start, after.whole), hours.valid_from)
    running = programme_start < hours.valid_from
    uncertain = (question("work_hours_running_programme"),) if running else ()
    step = Step("work_hours", hours.number, {"programme_start": programme_start}, (hours, after))
    return WorkRequirement(hours.number, counted_from, uncertain, step)


def average_period() -> Note:
    """The reservation that goes with every average: the act does not say which weeks it is taken over."""
    return question("work_hours_average_period")


def average_hours(weeks: Sequence[Fraction]) -> Fraction:
    """The average of the weeks that count; the act asks for an average, so a thin week can be made up for."""
    return sum(weeks, Fraction(0)) / len(weeks) if weeks else Fraction(0)


@dataclass(frozen=True, slots=True)
class LifeSkills:
    """Least hours of life skills that must be offered, by theme; None where no least is found."""

    health: int | None
    career: int | None
    uncertain: tuple[Note, ...]


def life_skills(day: date, *, educated: bool, rules: Rules | None = None) -> LifeSkills:
    """The least hours of the course in life skills on a day (the Integration Regulations § 4)."""
    rules = rules or rules_known()
    group = "educated" if educated else "other"
    health = rules.find(f"content.life_skills.health.{group}", day)
    career = rules.find(f"content.life_skills.career.{group}", day)
    if health is None or career is None:
        return LifeSkills(None, None, (question("life_skills_before_2026"),))
    return LifeSkills(health.whole, career.whole, ())


def parental_guidance(
    day: date, form: GuidanceForm, *, short_of_capacity: bool = False, rules: Rules | None = None
) -> tuple[int, int]:
    """Fewest and most meetings of parental guidance (the Integration Regulations § 3).

    A municipality short of capacity may give fewer until the exception runs out; after that day it changes nothing.
    """
    rules = rules or rules_known()
    least = rules.at(f"content.parental_guidance.{form}.least", day)
    fewer = rules.find(f"content.parental_guidance.{form}.least_by_capacity", day) if short_of_capacity else None
    return (fewer or least).whole, rules.at(f"content.parental_guidance.{form}.most", day).whole


def holiday_days(day: date, *, rules: Rules | None = None) -> Held:
    """Working days of holiday in a year of the programme (the Integration Regulations § 18)."""
    return (rules or rules_known()).at("leave.holiday", day)


def programme_year(day: date, act: ActId, *, rules: Rules | None = None) -> Held:
    """The programme weeks of a year: it runs all year, but for the participants' five weeks of holiday."""
    return (rules or rules_known()).at(f"content.programme_weeks.{act}", day)
