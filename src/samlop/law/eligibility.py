"""Who has a right and a duty to take part, and whom the municipality may offer a programme.

The Integration Act §§ 8–9, the Introduction Act §§ 2–3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from samlop.law.acts import ActId, act_of
from samlop.law.dates import add_months, age_on
from samlop.law.parameters import Held, Rules, rules_known
from samlop.law.person_month import check_person_dates, refuse_contradiction
from samlop.law.texts import Note, question, reason
from samlop.law.trace import Step

Permit = Literal["A", "B", "C", "D", "E", "F", "G", "other"]
# The letters of the Integration Act § 9; every other permit gives no right.
PERMITS: tuple[Permit, ...] = ("A", "B", "C", "D", "E", "F", "G")
# Family members (F) and people in marriages that ended in violence or force (G) need no agreement of settlement.
_WITHOUT_AGREEMENT: frozenset[Permit] = frozenset({"F", "G"})
COLLECTIVE_PROTECTION: Permit = "E"


@dataclass(frozen=True, slots=True)
class EligibilityCase:
    """What right and duty depend on. `permit` is a letter of the Integration Act § 9, or other; hours are per week."""

    birth_date: date
    permit_granted: date
    permit: Permit
    settled_by_agreement: bool
    lived_in_municipality_since: date
    decision_date: date
    arrived: date | None = None
    nordic_or_eea: bool = False
    weekly_work_hours: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer, with a reason for each condition that decided it."""

    right: bool
    duty: bool
    may_be_offered: bool
    reasons: tuple[Note, ...]
    uncertain: tuple[Note, ...]
    trace: Step

    def as_json(self) -> dict[str, Any]:
        """The answer as `samlop law eligibility` prints it."""
        return {
            "right": self.right,
            "duty": self.duty,
            "may_be_offered": self.may_be_offered,
            "reasons": [note.as_json() for note in self.reasons],
            "uncertain": [note.as_json() for note in self.uncertain],
        }


@dataclass(frozen=True, slots=True)
class _Facts:
    """The conditions, each true where it is met."""

    listed: bool
    old_enough: bool
    young_enough: bool
    settled: bool
    newly_arrived: bool
    newly_arrived_for_offer: bool
    not_nordic_or_eea: bool
    not_in_work: bool
    held: tuple[Held, ...]

    def missing(self) -> tuple[str, ...]:
        """The names of the conditions that are not met."""
        conditions = (
            ("permit_not_listed", self.listed),
            ("under_18", self.old_enough),
            ("over_55", self.young_enough),
            ("settled_without_agreement", self.settled),
            ("two_years_over", self.newly_arrived),
            ("nordic_or_eea", self.not_nordic_or_eea),
            ("works_30_hours", self.not_in_work),
        )
        return tuple(code for code, met in conditions if not met)

    @property
    def may_be_offered(self) -> bool:
        """Those over the age limit, and those settled without an agreement (§ 8 third paragraph, § 3 of the old act).

        The rule of 30 hours' work is about right and duty only, so it does not stop an offer.
        """
        group = self.listed and (not self.young_enough or not self.settled)
        return group and self.old_enough and self.newly_arrived_for_offer and self.not_nordic_or_eea


_MAIN = {"introduksjonsloven": "introduksjonsloven § 2", "integreringsloven": "integreringsloven § 8"}


def check_case(case: EligibilityCase) -> None:
    """Refuse dates that contradict each other."""
    check_person_dates(case.birth_date, case.permit_granted, case.arrived)
    if case.decision_date < case.permit_granted:
        raise refuse_contradiction("decision_date", "decision_before_permit")
    if case.lived_in_municipality_since > case.decision_date:
        raise refuse_contradiction("lived_in_municipality_since", "lived_after_decision")
    if case.lived_in_municipality_since < case.birth_date:
        raise refuse_contradiction("lived_in_municipality_since", "lived_before_birth")
    if case.arrived is not None and case.lived_in_municipality_since < case.arrived:
        raise refuse_contradiction("lived_in_municipality_since", "lived_before_arrival")


def _age_day(case: EligibilityCase, act: ActId) -> date:
    """The day on which the age counts: the permit under the newer act, the decision under the old."""
    return case.permit_granted if act == "integreringsloven" else case.decision_date


def _facts(case: EligibilityCase, act: ActId, rules: Rules) -> _Facts:
    day = case.decision_date
    youngest = rules.at(f"eligibility.min_age.{act}", day)
    oldest = rules.at(f"eligibility.max_age.{act}", day)
    limit = rules.at(f"eligibility.newly_arrived_months.{act}", day)
    work = rules.find("eligibility.work_hours_exempt", day) if act == "integreringsloven" else None
    age = age_on(case.birth_date, _age_day(case, act))
    # Under the newer act the two years run only while the person has lived there with such a permit; an offer may
    # be made only to those who have lived there less than two years in any case.
    lived_over = add_months(case.lived_in_municipality_since, limit.whole)
    from_permit = add_months(case.permit_granted, limit.whole)
    if act == "integreringsloven":
        right_ends = max(lived_over, from_permit)
    else:
        right_ends = min(lived_over, from_permit) if case.permit == "G" else lived_over
    return _Facts(
        listed=case.permit in PERMITS,
        old_enough=age >= youngest.whole,
        young_enough=age <= oldest.whole,
        settled=case.settled_by_agreement or case.permit in _WITHOUT_AGREEMENT,
        newly_arrived=day < right_ends,
        newly_arrived_for_offer=day < lived_over,
        not_nordic_or_eea=not case.nordic_or_eea,
        not_in_work=work is None or case.weekly_work_hours < work.number,
        held=tuple(held for held in (youngest, oldest, limit, work) if held is not None),
    )


def _has_duty(case: EligibilityCase, act: ActId, rules: Rules) -> bool:
    """Right and duty go together, except collective protection until the end of 2025: a right without a duty."""
    if act == "introduksjonsloven" or case.permit != COLLECTIVE_PROTECTION:
        return True
    held = rules.find("eligibility.collective_protection.duty_from", case.decision_date)
    return held is not None and case.decision_date >= held.day


def _reasons(case: EligibilityCase, act: ActId, facts: _Facts, right: bool, duty: bool) -> Iterable[Note]:
    main = _MAIN[act]
    permits = main if act == "introduksjonsloven" else "integreringsloven § 9"
    if right:
        yield reason("conditions_met", *dict.fromkeys((main, permits)))
        if not duty:
            yield reason("right_without_duty", "integreringsloven kapittel 6A")
    for code in facts.missing():
        yield reason(code, main)
    if not right and facts.may_be_offered:
        yield reason("may_be_offered", "introduksjonsloven § 3" if act == "introduksjonsloven" else main)


def _may_be_other_family(case: EligibilityCase, facts: _Facts) -> bool:
    """Whether only the permit stands in the way: family of others than the act names may be offered a programme."""
    group = facts.old_enough and facts.newly_arrived_for_offer and facts.not_nordic_or_eea
    return case.permit == "other" and group


def _uncertain(case: EligibilityCase, act: ActId, facts: _Facts, right: bool, rules: Rules) -> Iterable[str]:
    if _may_be_other_family(case, facts):
        yield "other_family"
    if act == "introduksjonsloven":
        if right or facts.may_be_offered:
            yield "need_for_basic_qualification"
        other_day = age_on(case.birth_date, case.permit_granted)
        youngest = rules.at(f"eligibility.min_age.{act}", case.decision_date).whole
        oldest = rules.at(f"eligibility.max_age.{act}", case.decision_date).whole
        if (youngest <= other_day <= oldest) != (facts.old_enough and facts.young_enough):
            yield "old_act_age_date"
    if case.permit == COLLECTIVE_PROTECTION and right:
        yield "collective_protection_duty"


def eligibility(case: EligibilityCase, rules: Rules | None = None) -> Eligibility:
    """Right, duty and whether a programme may be offered, on the day of the decision."""
    check_case(case)
    rules = rules or rules_known()
    act, act_step = act_of(case.permit_granted, case.arrived, rules)
    facts = _facts(case, act, rules)
    right = not facts.missing()
    duty = right and _has_duty(case, act, rules)
    inputs = {
        "permit": case.permit,
        "age": age_on(case.birth_date, _age_day(case, act)),
        "lived_in_municipality_since": case.lived_in_municipality_since,
        "decision_date": case.decision_date,
        "weekly_work_hours": case.weekly_work_hours,
    }
    return Eligibility(
        right=right,
        duty=duty,
        may_be_offered=not right and facts.may_be_offered,
        reasons=tuple(_reasons(case, act, facts, right, duty)),
        uncertain=tuple(question(code) for code in _uncertain(case, act, facts, right, rules)),
        trace=Step("eligibility", right, inputs, facts.held, (_MAIN[act],), (act_step,)),
    )
