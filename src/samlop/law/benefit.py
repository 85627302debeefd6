"""Introduction benefit for one participant and one month, to the øre and with reasons.

The rule in one line: 2 G a year times the rate, a twelfth a month, less absence, paid work and other benefits.
Everything is exact until a line is rounded half-up, so the lines always add up to what is paid.
"""

from fractions import Fraction

from samlop.law.acts import ActId, act_of
from samlop.law.dates import birthday
from samlop.law.deductions import Deduction, absence, base_of, other_benefits, paid_work
from samlop.law.money import to_ore
from samlop.law.parameters import Rules, rules_known
from samlop.law.person_month import PersonMonth, check_dates
from samlop.law.rates import Piece, covered_days, pieces_of
from samlop.law.statement import Line, Statement
from samlop.law.texts import Note, question
from samlop.law.trace import Step

BENEFIT_PARAGRAPHS = {
    "introduksjonsloven": ("introduksjonsloven § 8", "introduksjonsloven § 9"),
    "integreringsloven": ("integreringsloven § 20",),
}
DECISION_PARAGRAPH = {"introduksjonsloven": "introduksjonsloven § 21", "integreringsloven": "integreringsloven § 46"}


def benefit(person: PersonMonth, rules: Rules | None = None) -> Statement:
    """The statement of a person-month by the rules as they were known (all that is known where `rules` is None)."""
    check_dates(person)
    rules = rules or rules_known()
    act, act_step = act_of(person.permit_granted, person.arrived, rules)
    covered = covered_days(person)
    pieces = pieces_of(person, act, rules, covered)
    if not pieces:
        return _outside(person, act, act_step)
    deductions = _deductions(person, act, rules, pieces)
    lines = [_benefit_line(piece, act) for piece in pieces]
    gross = sum(line.ore for line in lines)
    lines += [deduction.line for deduction in deductions]
    not_taken = max(0, -sum(line.ore for line in lines))
    if not_taken:
        lines.append(_floor_line(not_taken, act))
    requires_decision, decision_step = _decision(act, rules, pieces, deductions)
    net = sum(line.ore for line in lines)
    steps = (act_step, *map(_piece_step, pieces), *(d.step for d in deductions), decision_step)
    return Statement(
        act=act,
        month=person.month,
        gross=gross,
        net=net,
        not_taken=not_taken,
        requires_decision=requires_decision,
        lines=tuple(lines),
        uncertain=_uncertain(person, act, rules, pieces, len(covered), deductions),
        trace=Step("benefit", Fraction(net, 100), _inputs(person), (), BENEFIT_PARAGRAPHS[act], steps),
    )


def _outside(person: PersonMonth, act: ActId, act_step: Step) -> Statement:
    """The statement of a month without a single day that gives benefit."""
    days = Step("days", 0, {"programme_start": person.programme_start, "programme_end": person.programme_end})
    trace = Step("benefit", Fraction(0), _inputs(person), (), BENEFIT_PARAGRAPHS[act], (act_step, days))
    return Statement(act, person.month, 0, 0, 0, False, (), (), trace)


def _inputs(person: PersonMonth) -> dict[str, object]:
    return {
        "month": person.month,
        "birth_date": person.birth_date,
        "permit_granted": person.permit_granted,
        "programme_start": person.programme_start,
        "programme_end": person.programme_end,
        "unpaid_leave": person.unpaid_leave,
    }


def _benefit_line(piece: Piece, act: ActId) -> Line:
    values = {
        "rate": f"rate.{piece.rate_name}",
        "basic_amount": piece.basic_amount.number,
        "paid_days": piece.days,
        "first": piece.first,
        "last": piece.last,
    }
    text_code = "benefit.whole" if piece.whole_month else "benefit.part"
    return Line("BENEFIT", to_ore(piece.amount), text_code, BENEFIT_PARAGRAPHS[act], values)


def _floor_line(not_taken: int, act: ActId) -> Line:
    return Line("FLOOR", not_taken, "floor", BENEFIT_PARAGRAPHS[act], {"not_taken_ore": not_taken})


def _piece_step(piece: Piece) -> Step:
    inputs = {"first": piece.first, "last": piece.last, "days": piece.days, "rate": piece.rate.number}
    inputs["annual"] = piece.annual
    held = (piece.basic_amount, piece.factor, piece.rate, piece.months, piece.month_days)
    return Step("benefit_for_days", piece.amount, inputs, held)


def _deductions(person: PersonMonth, act: ActId, rules: Rules, pieces: tuple[Piece, ...]) -> list[Deduction]:
    base = base_of(pieces, act, rules)
    own = [deduction for deduction in (absence(person, base), paid_work(person, base)) if deduction is not None]
    return own + other_benefits(person, act, rules, pieces[-1])


def _decision(act: ActId, rules: Rules, pieces: tuple[Piece, ...], deductions: list[Deduction]) -> tuple[bool, Step]:
    """Whether the deduction for absence must be a decision: at least half of the payment and at least G/12.

    Compared on exact amounts, since rounding would move the line: 15 days at full rate are exactly half. The whole
    deduction counts, also where the payment is too small to take it from: a decision too many harms nobody.
    """
    last = pieces[-1]
    share = rules.at(f"benefit.decision.share_of_payment.{act}", last.last)
    of_g = rules.at(f"benefit.decision.share_of_g.{act}", last.last)
    gross = sum((piece.amount for piece in pieces), Fraction(0))
    asked = sum((d.amount for d in deductions if d.line.code == "ABSENCE"), Fraction(0))
    least = max(share.number * gross, of_g.number * last.basic_amount.number)
    required = asked > 0 and asked >= least
    inputs = {"deduction": asked, "payment": gross, "limit": least}
    return required, Step("decision", required, inputs, (share, of_g, last.basic_amount), (DECISION_PARAGRAPH[act],))


def _uncertain(
    person: PersonMonth,
    act: ActId,
    rules: Rules,
    pieces: tuple[Piece, ...],
    covered: int,
    deductions: list[Deduction],
) -> tuple[Note, ...]:
    """The open questions of the law that this answer rests on."""
    codes = []
    last = pieces[-1]
    deducted = {deduction.line.code for deduction in deductions}
    if rules.is_overdue(last.basic_amount, last.last):
        codes.append("basic_amount_not_set")
    if covered < person.month.last.day:
        codes.append("part_of_month")
    codes += _uncertain_rate(person, act, rules, pieces)
    if len({piece.annual for piece in pieces}) > 1 and deducted & {"ABSENCE", "PAID_WORK"}:
        codes.append("undated_deduction")
    if act == "introduksjonsloven":
        if "OTHER_BENEFIT" in deducted:
            codes.append("old_act_other_benefits")
        if "ABSENCE" in deducted:
            codes.append("old_act_decision_threshold")
    return tuple(question(code) for code in codes)


def _uncertain_rate(person: PersonMonth, act: ActId, rules: Rules, pieces: tuple[Piece, ...]) -> list[str]:
    """Open questions about which rate holds on which day."""
    first, last = pieces[0].first, pieces[-1].last
    full_age = birthday(person.birth_date, rules.at(f"benefit.full_rate_age.{act}", last).whole)
    codes = ["birthday_inside_month"] if len(pieces) > 1 and first < full_age <= last else []
    couple = rules.find("benefit.rate.couple", last)
    if act == "introduksjonsloven" or couple is None or not person.couple_without_children_both_in_programme:
        return codes
    if first < full_age:
        codes.append("couple_under_25")
    if person.programme_start < couple.valid_from:
        codes.append("couple_running_programme")
    if person.programme_end is not None and person.month.first <= person.programme_end < person.month.last:
        codes.append("couple_one_leaves")
    return codes
