"""Paying back in instalments: proposed by one person, confirmed by another, changed or stopped (§ 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.corrections import OPEN, all_hold
from samlop.benefit.facts import facts_of
from samlop.benefit.instalments import MOST_MONTHS, first_open_month, number_of, rest_of, schedule
from samlop.benefit.models import Correction, Instalment, RepaymentPlan
from samlop.benefit.plain import month_named, month_of
from samlop.benefit.presenters import kroner
from samlop.benefit.repayments import claimed_back
from samlop.benefit.rules_known import rules_on
from samlop.benefit.statements import answer
from samlop.benefit.vocabulary import CorrectionState, PlanBasis, PlanState
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import now, today
from samlop.law.dates import Month
from samlop.people.numbers import refuse_number_in
from samlop.programme.kinds import DecisionKind
from samlop.programme.models import Decision


@dataclass(frozen=True)
class Terms:
    """How it is to be paid back. ``first_month`` («2026-12») is the month whose benefit the first is taken from;
    ``agreed_on`` the day the participant agreed, where it rests on that."""

    basis: str
    monthly_ore: int
    first_month: str
    agreed_on: date | None = None
    note: str = ""


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.PREPARE_BENEFIT)
def propose_instalments(*, case: Case, correction: UUID, terms: Terms, by: Viewer) -> RepaymentPlan:
    """The first of two people: what was paid too much is paid back little by little. A running plan is changed so too:
    the new one is about what is left.

    Raises ``Refused``: ``not_found``, ``changed_meanwhile``, ``unknown_basis``, ``missing_day``, ``day_in_future``,
    ``missing_amount``, ``too_many_months``, ``unknown_month``, ``month_closed``, ``too_late``, ``without_benefit``,
    ``too_much_a_month``, ``missing_decision``, ``repayment_decided``.
    """
    row = _correction(case, correction)
    ore = _to_pay_back(row)
    month = _first_month(case, terms.first_month)
    decision = _basis(case, row, ore, terms)
    _check_amount(case, ore, month, terms)
    refuse_number_in(terms.note, "note")
    RepaymentPlan.objects.filter(correction=row, state=PlanState.PROPOSED).delete()
    plan = RepaymentPlan.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        correction=row,
        ore=ore,
        basis=terms.basis,
        agreed_on=terms.agreed_on if terms.basis == PlanBasis.AGREED else None,
        decision=decision,
        note=terms.note.strip()[:300],
        proposed_by=by.signed_in,
        proposed_at=now(),
    )
    parts = schedule(ore, terms.monthly_ore, month)
    Instalment.objects.bulk_create(
        Instalment(
            case=case, municipality_id=case.municipality_id, plan=plan, number=number, month=one.first, ore=taken
        )
        for number, (one, taken) in enumerate(parts, start=1)
    )
    return done(plan, _entry("instalments_proposed", plan, count=len(parts), monthly_ore=terms.monthly_ore))


def _correction(case: Case, key: UUID) -> Correction:
    row: Correction | None = Correction.objects.select_for_update().filter(pk=key, case=case).first()
    if row is None or row.difference_ore >= 0 or row.state not in (*OPEN, CorrectionState.INSTALMENTS):
        raise Refused("not_found", _("Det er ikke noe å betale tilbake her, eller det er gjort opp."))
    return row


def _to_pay_back(row: Correction) -> int:
    """Øre to split: the whole difference, or what is left of the plan that runs."""
    if row.state != CorrectionState.INSTALMENTS:
        if not all_hold([row]):
            raise Refused("changed_meanwhile", _("Avviket er endret. Se etter avvik på nytt."))
        return -row.difference_ore
    running = RepaymentPlan.objects.filter(correction=row, state=PlanState.CONFIRMED).first()
    rest = rest_of(running) if running else 0
    if not rest:
        raise Refused("not_found", _("Det er ikke noe å betale tilbake her, eller det er gjort opp."))
    return rest


def _first_month(case: Case, text: str) -> Month:
    month = month_named(text)
    if month is None:
        raise Refused("unknown_month", _("Velg en måned."), "first_month")
    _check_open(case, month)
    if (month.year - today().year) * 12 + month.month - today().month > 12:
        raise Refused("too_late", _("Begynn innen ett år."), "first_month")
    return month


def _check_open(case: Case, month: Month) -> None:
    if month < first_open_month(case.municipality_id, today()):
        raise Refused(
            "month_closed", _("Stønaden for den måneden er allerede godkjent. Velg en senere."), "first_month"
        )


def _basis(case: Case, row: Correction, ore: int, terms: Terms) -> Decision | None:
    if terms.basis not in PlanBasis.values:
        raise Refused("unknown_basis", _("Velg hva avdragene bygger på."), "basis")
    if terms.basis == PlanBasis.DECIDED:
        return _decision(case, row, ore)
    if terms.agreed_on is None:
        raise Refused("missing_day", _("Skriv dagen dere ble enige."), "agreed_on")
    if terms.agreed_on > today():
        raise Refused("day_in_future", _("Dagen er ikke kommet ennå."), "agreed_on")
    if claimed_back([row]):
        raise Refused(
            "repayment_decided",
            _("Det finnes et vedtak eller utkast om tilbakebetaling for måneden. La avdragene bygge på vedtaket."),
            "basis",
        )
    return None


def _decision(case: Case, row: Correction, ore: int) -> Decision:
    """The signed decision on repayment of the month, for at least as much."""
    signed = Decision.objects.filter(case=case, kind=DecisionKind.REPAYMENT, signed_at__isnull=False)
    month = month_of(row.month)
    for one in signed.exclude(replaced_by__signed_at__isnull=False).order_by("-signed_at"):
        first, last = date.fromisoformat(one.data["first_day"]), date.fromisoformat(one.data["last_day"])
        if first <= month.last and last >= month.first and int(one.data["amount_ore"]) >= ore:
            return one
    raise Refused(
        "missing_decision",
        _("Det finnes ikke noe undertegnet vedtak om tilbakebetaling av så mye for måneden."),
        "basis",
    )


def _check_amount(case: Case, ore: int, month: Month, terms: Terms) -> None:
    """An agreement takes less than half of a month's benefit: half or more must be a decision (§ 46)."""
    if terms.monthly_ore <= 0:
        raise Refused("missing_amount", _("Skriv hvor mye som trekkes i måneden."), "monthly")
    if number_of(ore, terms.monthly_ore) > MOST_MONTHS:
        raise Refused(
            "too_many_months",
            _("Det blir flere enn %(most)s avdrag. Velg et høyere beløp.") % {"most": MOST_MONTHS},
            "monthly",
        )
    facts = facts_of([case.pk], month).get(case.pk)
    benefit = answer(facts, rules_on(today())).gross if facts is not None else 0
    if not benefit:
        raise Refused(
            "without_benefit",
            _("Deltakeren har ingen stønad å trekke i den måneden. Gjør avviket opp på annen måte."),
            "first_month",
        )
    taken = min(ore, terms.monthly_ore)
    if taken > benefit or (terms.basis == PlanBasis.AGREED and 2 * taken >= benefit):
        raise Refused(
            "too_much_a_month",
            _(
                "Stønaden er %(amount)s. Det som avtales, må være mindre enn halvparten i måneden. Halvparten eller "
                "mer må være et vedtak (integreringsloven § 46)."
            )
            % {"amount": kroner(benefit)},
            "monthly",
        )


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.APPROVE_BENEFIT)
def confirm_instalments(*, case: Case, plan: UUID, by: Viewer) -> RepaymentPlan:
    """The second of two: the plan runs from its first month. A plan that ran before ends, and keeps what it has taken.

    Raises ``Refused``: ``own_proposal``, ``changed_meanwhile``, ``month_closed``, ``repayment_decided``.
    """
    row = _plan(case, plan, PlanState.PROPOSED)
    if row.proposed_by_id == by.user_id:
        raise Refused("own_proposal", _("Du har foreslått det selv. En annen må bekrefte."))
    correction = _correction(case, row.correction_id)
    if _to_pay_back(correction) != row.ore:
        raise Refused("changed_meanwhile", _("Beløpet er endret etter at planen ble laget. Lag planen på nytt."))
    _check_open(case, month_of(row.instalments.order_by("number")[0].month))
    if row.basis == PlanBasis.AGREED and claimed_back([correction]):
        raise Refused("repayment_decided", _("Det finnes et vedtak eller utkast om tilbakebetaling for måneden."))
    for running in RepaymentPlan.objects.filter(correction=correction, state=PlanState.CONFIRMED):
        _end(running, _("Ny plan for resten."))
    row.state, row.confirmed_by, row.confirmed_at = PlanState.CONFIRMED.value, by.signed_in, now()
    row.save()
    if correction.state != CorrectionState.INSTALMENTS:
        correction.state = CorrectionState.INSTALMENTS.value
        correction.proposed_by, correction.proposed_at = row.proposed_by, row.proposed_at
        correction.confirmed_by, correction.confirmed_at = by.signed_in, now()
        correction.save()
    return done(row, _entry("instalments_confirmed", row, count=row.instalments.count()))


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.PREPARE_BENEFIT)
def withdraw_instalments(*, case: Case, plan: UUID, by: Viewer) -> None:
    """Take back a plan that nobody has confirmed. Raises ``Refused``: ``changed_meanwhile``."""
    row = _plan(case, plan, PlanState.PROPOSED)
    entry = _entry("instalments_withdrawn", row)
    row.delete()
    return done(None, entry)


@command(section=Section.ECONOMY, right=Right.SEE, permission=Permission.APPROVE_BENEFIT)
def stop_instalments(*, case: Case, plan: UUID, why: str, by: Viewer) -> RepaymentPlan:
    """Take no more of a plan: the rest is claimed otherwise, paid by hand or written off. What is taken stands.

    Never by the one who proposed the plan. Raises ``Refused``: ``changed_meanwhile``, ``own_proposal``,
    ``missing_reason``, ``all_taken``.
    """
    row = _plan(case, plan, PlanState.CONFIRMED)
    if row.proposed_by_id == by.user_id:
        raise Refused("own_proposal", _("Du har foreslått det selv. En annen må stoppe planen."))
    why = why.strip()
    if not why:
        raise Refused("missing_reason", _("Skriv hvordan resten er gjort opp."), "why")
    refuse_number_in(why, "why")
    rest = rest_of(row)
    if not rest:
        raise Refused("all_taken", _("Alt er betalt tilbake."))
    _end(row, why[:300])
    return done(row, _entry("instalments_stopped", row, rest_ore=rest, why=row.ended_why))


def _end(plan: RepaymentPlan, why: str) -> None:
    plan.instalments.filter(statement__isnull=True).delete()
    plan.state, plan.ended_at, plan.ended_why = PlanState.ENDED.value, now(), why
    plan.save()


def _plan(case: Case, key: UUID, state: PlanState) -> RepaymentPlan:
    found = RepaymentPlan.objects.select_for_update(of=("self",)).filter(pk=key, case=case, state=state)
    row = found.select_related("correction").first()
    if row is None:
        raise Refused("changed_meanwhile", _("Planen er endret eller borte. Se over siden på nytt."))
    return row


def _entry(code: str, plan: RepaymentPlan, **more: Any) -> Entry:
    data = {"month": plan.correction.month, "ore": plan.ore, "basis": plan.basis, **more}
    return Entry(code=f"benefit.{code}", section=Section.ECONOMY, data=data)
