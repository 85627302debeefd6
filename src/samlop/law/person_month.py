"""What the benefit of one participant in one month is worked out from."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from samlop.law.dates import Month, Period, age_on
from samlop.law.refused import Refused
from samlop.law.texts import sentence

BenefitKind = Literal["dagpenger", "sykepenger", "foreldrepenger", "aap", "uforetrygd", "overgangsstonad"]
BENEFIT_KINDS: tuple[BenefitKind, ...] = (
    "dagpenger",
    "sykepenger",
    "foreldrepenger",
    "aap",
    "uforetrygd",
    "overgangsstonad",
)

# The first programmes under the Introduction Act (voluntary from this day, compulsory a year later).
FIRST_PROGRAMME_DAY = date(2003, 9, 1)
LOWEST_AGE = 18


@dataclass(frozen=True, slots=True)
class OtherBenefit:
    """Another public benefit received in the month, in kroner a month before tax.

    `share` is how much of the month it was received, from 0 to 1. The rule is used on the whole monthly amount, and
    the share taken of what it comes to: what is free of deduction is a whole month's too.
    """

    kind: BenefitKind
    monthly: Fraction
    share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class PersonMonth:
    """One participant's month. Hours are clock hours, days whole programme days, amounts kroner before tax.

    `arrived` is given where the person came to Norway after the permit; it may move the case to the newer act.
    `programme_end` and the last day of each leave count as days in the programme and on leave. `work_wage` is the wage
    for the paid work inside the programme; the newer act cannot be followed without it.
    """

    month: Month
    birth_date: date
    permit_granted: date
    programme_start: date
    arrived: date | None = None
    programme_end: date | None = None
    lives_with_parents: bool = False
    couple_without_children_both_in_programme: bool = False
    absence_days: int = 0
    absence_hours: Fraction = Fraction(0)
    work_hours: Fraction = Fraction(0)
    work_wage: Fraction | None = None
    other_benefits: tuple[OtherBenefit, ...] = ()
    unpaid_leave: tuple[Period, ...] = ()


def wage_under_newer_act(person: PersonMonth) -> Fraction:
    """The wage for paid work. Without it there would be no deduction at all, so hours without a wage are refused."""
    if person.work_wage is not None:
        return person.work_wage
    if person.work_hours:
        raise Refused("missing_field", "paid_work_inside.wage", sentence("error.missing_wage"))
    return Fraction(0)


def refuse_contradiction(field: str, code: str, **values: object) -> Refused:
    """The refusal for two dates that cannot both be right."""
    return Refused("contradicting_dates", field, sentence(f"contradiction.{code}", **values))


def check_person_dates(birth_date: date, permit_granted: date, arrived: date | None) -> None:
    """Refuse a person who got the permit or arrived before being born."""
    if birth_date > permit_granted:
        raise refuse_contradiction("birth_date", "born_after_permit")
    if arrived is not None and arrived < birth_date:
        raise refuse_contradiction("arrived", "arrived_before_birth")


def check_first_day(field: str, first_day: date, birth_date: date, permit: date, arrived: date | None) -> None:
    """Refuse a programme that begins before the permit, the arrival or the eighteenth birthday."""
    if first_day < permit:
        raise refuse_contradiction(field, "start_before_permit")
    if arrived is not None and first_day < arrived:
        raise refuse_contradiction(field, "start_before_arrival")
    if first_day < FIRST_PROGRAMME_DAY:
        raise refuse_contradiction(field, "start_before_the_act")
    if age_on(birth_date, first_day) < LOWEST_AGE:
        raise refuse_contradiction("birth_date", "under_18_at_start")


def check_dates(person: PersonMonth) -> None:
    """Refuse dates that contradict each other, so that a slip of the keyboard never becomes a payment."""
    check_person_dates(person.birth_date, person.permit_granted, person.arrived)
    check_first_day("programme_start", person.programme_start, person.birth_date, person.permit_granted, person.arrived)
    if person.programme_end is not None and person.programme_end < person.programme_start:
        raise refuse_contradiction("programme_end", "end_before_start")
    for index, leave in enumerate(person.unpaid_leave):
        if leave.last < leave.first:
            raise refuse_contradiction(f"unpaid_leave[{index}].to", "leave_ends_before_it_begins")
