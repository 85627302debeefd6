"""From JSON fields to the cases that the formulas take: which fields there are, which are required, what is absurd."""

from datetime import date
from typing import NamedTuple

from samlop.identifiers import Kind
from samlop.law.dates import Period
from samlop.law.deadlines import DeadlineCase
from samlop.law.duration import EDUCATIONS, GOALS, DurationCase
from samlop.law.eligibility import PERMITS, EligibilityCase
from samlop.law.intake import Fields
from samlop.law.person_month import BENEFIT_KINDS, OtherBenefit, PersonMonth
from samlop.law.refused import Refused
from samlop.law.texts import sentence

# What cannot be true of one person in one month or week. Anything below is left to the case worker.
MOST_DAYS = 31
MOST_HOURS = 31 * 24
MOST_WEEK_HOURS = 7 * 24
MOST_KRONER = 1_000_000
KINDS: tuple[Kind, ...] = ("fnr", "duf", "orgnr")


class Identity(NamedTuple):
    """A number to be checked."""

    kind: Kind
    value: str
    on: date
    allow_synthetic: bool


def person_month(fields: Fields) -> PersonMonth:
    """The input of `samlop law benefit`."""
    fields.knows_only(
        [
            "month",
            "birth_date",
            "permit_granted",
            "arrived",
            "programme_start",
            "programme_end",
            "lives_with_parents",
            "couple_without_children_both_in_programme",
            "unauthorised_absence",
            "paid_work_inside",
            "other_benefits",
            "unpaid_leave",
        ]
    )
    absence = fields.inner("unauthorised_absence")
    absence.knows_only(("days", "hours"))
    work = fields.inner("paid_work_inside")
    work.knows_only(("hours", "wage"))
    return PersonMonth(
        month=fields.month("month"),
        birth_date=fields.day("birth_date"),
        permit_granted=fields.day("permit_granted"),
        arrived=fields.day_or_none("arrived"),
        programme_start=fields.day("programme_start"),
        programme_end=fields.day_or_none("programme_end"),
        lives_with_parents=fields.flag("lives_with_parents", default=False),
        couple_without_children_both_in_programme=fields.flag(
            "couple_without_children_both_in_programme", default=False
        ),
        absence_days=absence.whole("days", most=MOST_DAYS),
        absence_hours=absence.number("hours", most=MOST_HOURS),
        work_hours=work.number("hours", most=MOST_HOURS),
        work_wage=work.amount_or_none("wage", most=MOST_KRONER),
        other_benefits=tuple(_other_benefit(row) for row in fields.rows("other_benefits")),
        unpaid_leave=tuple(_leave(row) for row in fields.rows("unpaid_leave")),
    )


def _other_benefit(row: Fields) -> OtherBenefit:
    row.knows_only(("kind", "monthly"))
    return OtherBenefit(row.choice("kind", BENEFIT_KINDS), row.amount("monthly", most=MOST_KRONER))


def _leave(row: Fields) -> Period:
    row.knows_only(("from", "to"))
    return Period(row.day("from"), row.day("to"))


def duration_case(fields: Fields) -> DurationCase:
    """The input of `samlop law duration`."""
    fields.knows_only(
        ["permit_granted", "arrived", "offered_start", "birth_date", "education", "goal", "collective_protection"]
    )
    return DurationCase(
        permit_granted=fields.day("permit_granted"),
        arrived=fields.day_or_none("arrived"),
        offered_start=fields.day("offered_start"),
        birth_date=fields.day("birth_date"),
        education=fields.choice("education", EDUCATIONS),
        goal=fields.choice("goal", GOALS),
        collective_protection=fields.flag("collective_protection", default=False),
    )


def eligibility_case(fields: Fields) -> EligibilityCase:
    """The input of `samlop law eligibility`."""
    fields.knows_only(
        [
            "birth_date",
            "permit_granted",
            "permit",
            "arrived",
            "settled_by_agreement",
            "lived_in_municipality_since",
            "decision_date",
            "nordic_or_eea",
            "weekly_work_hours",
        ]
    )
    return EligibilityCase(
        birth_date=fields.day("birth_date"),
        permit_granted=fields.day("permit_granted"),
        permit=fields.choice("permit", PERMITS),
        arrived=fields.day_or_none("arrived"),
        settled_by_agreement=fields.flag("settled_by_agreement"),
        lived_in_municipality_since=fields.day("lived_in_municipality_since"),
        decision_date=fields.day("decision_date"),
        nordic_or_eea=fields.flag("nordic_or_eea", default=False),
        weekly_work_hours=fields.number("weekly_work_hours", most=MOST_WEEK_HOURS),
    )


def deadline_case(fields: Fields) -> DeadlineCase:
    """The input of `samlop law deadlines`. Only the permit is always needed; the education when training is offered."""
    fields.knows_only(
        [
            "settled",
            "demanded",
            "permit_granted",
            "decision_notified",
            "information_recorded",
            "offered_norwegian",
            "education",
            "registered_in_municipality",
        ]
    )
    offered = fields.day_or_none("offered_norwegian")
    needs_education = offered is not None or fields.has("education")
    return DeadlineCase(
        permit_granted=fields.day("permit_granted"),
        settled=fields.day_or_none("settled"),
        demanded=fields.day_or_none("demanded"),
        registered_in_municipality=fields.day_or_none("registered_in_municipality"),
        decision_notified=fields.day_or_none("decision_notified"),
        information_recorded=fields.day_or_none("information_recorded"),
        offered_norwegian=offered,
        education=fields.choice("education", EDUCATIONS) if needs_education else None,
    )


def identity(fields: Fields) -> Identity:
    """The input of `samlop law check-id`. The day is needed where the rule depends on it, for birth and D-numbers."""
    fields.knows_only(("kind", "value", "on", "allow_synthetic"))
    kind = fields.choice("kind", KINDS)
    on = fields.day("on") if kind == "fnr" else fields.day_or_none("on")
    value = fields.text("value")
    return Identity(kind, value, on or date.min, fields.flag("allow_synthetic", default=False))


def refuse_uncovered_date() -> Refused:
    """The refusal for a case that lies before or beside everything the rule book covers."""
    return Refused("date_not_covered", "$", sentence("error.date_not_covered"))
