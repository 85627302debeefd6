"""What is taken from the benefit: absence, paid work in the programme and other public benefits.

The Integration Act §§ 21–23, the Introduction Act §§ 10–12. Amounts are exact kroner until the line is rounded.
"""

from dataclasses import dataclass
from fractions import Fraction

from samlop.law.acts import ActId
from samlop.law.money import to_ore
from samlop.law.parameters import Held, Rules
from samlop.law.person_month import BENEFIT_KINDS, BenefitKind, PersonMonth, wage_under_newer_act
from samlop.law.rates import Piece
from samlop.law.statement import Line, LineCode
from samlop.law.trace import Step

ABSENCE_PARAGRAPH = {"introduksjonsloven": "introduksjonsloven § 10", "integreringsloven": "integreringsloven § 21"}
OTHER_PARAGRAPH = {"introduksjonsloven": "introduksjonsloven § 12", "integreringsloven": "integreringsloven § 22"}
WORK_PARAGRAPH = {"introduksjonsloven": "introduksjonsloven § 11", "integreringsloven": "integreringsloven § 23"}


@dataclass(frozen=True, slots=True)
class Deduction:
    """An exact amount to take, with its line and how it was found."""

    amount: Fraction
    line: Line
    step: Step


@dataclass(frozen=True, slots=True)
class Base:
    """What a day and an hour of the month are worth, in exact kroner.

    Where the rate changes inside the month the lowest holds: the absence has no dates, and the doubt should not cost
    the participant anything.
    """

    act: ActId
    annual: Fraction
    months: Held
    month_days: Held
    year_hours: Held

    @property
    def day(self) -> Fraction:
        """1/30 of the month's benefit."""
        return self.annual / (self.months.number * self.month_days.number)

    @property
    def hour(self) -> Fraction:
        """1/1850 of the year's benefit."""
        return self.annual / self.year_hours.number


def base_of(pieces: tuple[Piece, ...], act: ActId, rules: Rules) -> Base:
    """The base for deductions in a month with these pieces."""
    lowest = min(pieces, key=lambda piece: piece.annual)
    year_hours = rules.at(f"benefit.hours_per_year.{act}", lowest.first)
    return Base(act, lowest.annual, lowest.months, lowest.month_days, year_hours)


def _deduction(
    code: LineCode, text_code: str, amount: Fraction, paragraph: str, step: Step, **values: object
) -> Deduction:
    return Deduction(amount, Line(code, -to_ore(amount), text_code, (paragraph,), values), step)


def absence(person: PersonMonth, base: Base) -> Deduction | None:
    """Absence without leave or valid reason: day for day and hour for hour, rounded once."""
    days, hours = person.absence_days, person.absence_hours
    amount = days * base.day + hours * base.hour
    if to_ore(amount) == 0:
        return None
    paragraph = ABSENCE_PARAGRAPH[base.act]
    step = Step(
        "absence",
        amount,
        {"days": days, "hours": hours, "day_rate": base.day, "hour_rate": base.hour},
        (base.months, base.month_days, base.year_hours),
        (paragraph,),
    )
    text_code = "absence.both" if days and hours else "absence.days" if days else "absence.hours"
    return _deduction("ABSENCE", text_code, amount, paragraph, step, absence_days=Fraction(days), absence_hours=hours)


def paid_work(person: PersonMonth, base: Base) -> Deduction | None:
    """Paid work inside the programme: by the time it takes, or under the newer act by the wage where that is less."""
    by_time = person.work_hours * base.hour
    wage = wage_under_newer_act(person) if base.act == "integreringsloven" else None
    by_wage = wage is not None and wage < by_time
    amount = wage if wage is not None and by_wage else by_time
    if to_ore(amount) == 0:
        return None
    paragraph = WORK_PARAGRAPH[base.act]
    inputs = {"hours": person.work_hours, "wage": wage, "hour_rate": base.hour, "by_time": by_time}
    step = Step("paid_work", amount, inputs, (base.year_hours,), (paragraph,))
    text_code = "paid_work.by_wage" if by_wage else "paid_work.by_time"
    return _deduction("PAID_WORK", text_code, amount, paragraph, step, work_hours=person.work_hours)


def _single_parent(monthly: Fraction, act: ActId, rules: Rules, piece: Piece) -> tuple[Fraction, tuple[Held, ...]]:
    """40 per cent of the yearly transitional benefit above half a G, as a monthly amount."""
    share = rules.at(f"benefit.single_parent.share.{act}", piece.last)
    free = rules.at(f"benefit.single_parent.free_share_of_g.{act}", piece.last)
    above = max(Fraction(0), monthly * piece.months.number - free.number * piece.basic_amount.number)
    return share.number * above / piece.months.number, (share, free, piece.basic_amount, piece.months)


def other_benefit(
    kind: BenefitKind, parts: list[tuple[Fraction, Fraction]], act: ActId, rules: Rules, piece: Piece
) -> Deduction | None:
    """Coordination with one other public benefit, krone for krone except transitional benefit.

    `parts` are monthly amounts, each with its share of the month.
    """
    amount = Fraction(0)
    held: tuple[Held, ...] = ()
    for monthly, share in parts:
        taken: Fraction = monthly
        if kind == "overgangsstonad":
            taken, held = _single_parent(monthly, act, rules, piece)
        amount += taken * share
    if to_ore(amount) == 0:
        return None
    paragraph = OTHER_PARAGRAPH[act]
    received = sum((monthly * share for monthly, share in parts), Fraction(0))
    step = Step("other_benefit", amount, {"kind": kind, "monthly": received}, held, (paragraph,))
    text_code = "other_benefit.share" if kind == "overgangsstonad" else "other_benefit.whole"
    return _deduction("OTHER_BENEFIT", text_code, amount, paragraph, step, kind=f"kind.{kind}")


def other_benefits(person: PersonMonth, act: ActId, rules: Rules, piece: Piece) -> list[Deduction]:
    """One deduction per kind; the same kind given twice for the whole month is added up before the rule is used."""
    parts: dict[BenefitKind, list[tuple[Fraction, Fraction]]] = {}
    for kind in BENEFIT_KINDS:
        given = [one for one in person.other_benefits if one.kind == kind]
        whole = sum((one.monthly for one in given if one.share == 1), Fraction(0))
        pieces = [(one.monthly, one.share) for one in given if one.share != 1]
        parts[kind] = [(whole, Fraction(1)), *pieces] if whole else pieces
    found = (other_benefit(kind, given, act, rules, piece) for kind, given in parts.items() if given)
    return [deduction for deduction in found if deduction is not None]
