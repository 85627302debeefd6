"""What absence is judged by: the municipality's own days, care of children, the right to self-certificates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.organisation import note
from samlop.core.rights import Permission, Right, Section
from samlop.core.stale import merged
from samlop.core.time import add_months, now, today
from samlop.hours.account import Account
from samlop.hours.models import AttendanceRules, CareFacts, SelfCertificateLoss
from samlop.hours.stood import check_loss
from samlop.law.parameters import rules_known
from samlop.people.numbers import refuse_number_in


@command(permission=Permission.CONFIGURE)
def set_attendance_rules(
    *, cutoff_day: int, reason_days: int, seen: Mapping[str, Any] | None = None, by: Viewer
) -> AttendanceRules:
    """Set the municipality's cut-off before the payment, and how long an absence may stand without a reason.

    ``seen`` is what the page showed: only what was changed against that is written. Raises ``ChangedMeanwhile``.
    """
    if by.municipality is None:
        raise Refused("no_municipality", _("Rollen din hører ikke til en kommune."))
    if not 1 <= cutoff_day <= 28:
        raise Refused("wrong_day", _("Velg en dag fra 1 til 28, som finnes i alle måneder."), "cutoff_day")
    if not 1 <= reason_days <= 60:
        raise Refused("wrong_days", _("Velg mellom 1 og 60 dager."), "reason_days")
    rules, _made = AttendanceRules.objects.select_for_update().get_or_create(municipality=by.municipality)
    now_set = {"cutoff_day": rules.cutoff_day, "reason_days": rules.reason_days}
    for name, value in merged({"cutoff_day": cutoff_day, "reason_days": reason_days}, seen, now_set).items():
        setattr(rules, name, value)
    rules.save()
    if now_set != (stands := {name: getattr(rules, name) for name in now_set}):
        note(by, "hours.attendance_rules_set", stands)
    return rules


@command(section=Section.HOURS, right=Right.CONTRIBUTE)
def note_care(
    *, case: Case, alone: bool, chronic: bool, seen: Mapping[str, Any] | None = None, by: Viewer
) -> CareFacts:
    """Note what gives more days with an ill child: being alone, and a chronically ill child. Never a diagnosis.

    ``seen`` is what the page showed: only what was changed against that is written.
    """
    _staff(by)
    facts = CareFacts.objects.filter(case=case).first() or CareFacts(case=case)
    both = merged({"alone": alone, "chronic": chronic}, seen, {"alone": facts.alone, "chronic": facts.chronic})
    alone, chronic = both["alone"], both["chronic"]
    if facts.noted_at is not None and (facts.alone, facts.chronic) == (alone, chronic):
        return facts
    facts.alone, facts.chronic, facts.noted_at = alone, chronic, now()
    facts.save()
    return done(facts, Entry(code="hours.care_facts", section=Section.HOURS))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def take_self_certificate(*, case: Case, valid_from: date, why: str, by: Viewer) -> SelfCertificateLoss:
    """Decide that somebody must show a doctor's note from the first day (integreringsforskriften § 9).

    Only after the number of self-certificates that the regulation names; the municipality need not. It is looked at
    again within six months.
    """
    _staff(by)
    if SelfCertificateLoss.objects.filter(case=case, ended_on__isnull=True).exists():
        raise Refused("already_lost", _("Retten til egenmelding er allerede tatt bort."))
    if not Account.of(case).may_lose_self_certificate(today()):
        raise Refused(
            "too_few",
            _(
                "Retten til egenmelding kan først tas bort etter fire egenmeldte fravær på tolv måneder "
                "(integreringsforskriften § 9)."
            ),
        )
    if valid_from < today():
        raise Refused("past_day", _("Retten kan ikke tas bort tilbake i tid."), "valid_from")
    if valid_from > today() + timedelta(days=92):
        raise Refused("too_far_ahead", _("Velg en dag i løpet av de neste tre månedene."), "valid_from")
    loss = SelfCertificateLoss.objects.create(
        case=case,
        valid_from=valid_from,
        review_by=_review(valid_from),
        why=_text(why),
        decided_at=now(),
        decided_by=by.user,
    )
    return done(loss, _told("lost", first=valid_from, last=loss.review_by, why=loss.why))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def give_self_certificate(*, case: Case, seen: str | None = None, by: Viewer) -> SelfCertificateLoss:
    """Give the right back; also the answer of the review. ``seen`` is what the page carried (``hours.stood``)."""
    _staff(by)
    loss: SelfCertificateLoss | None = SelfCertificateLoss.objects.filter(case=case, ended_on__isnull=True).first()
    if loss is None:
        raise Refused("not_lost", _("Deltakeren har rett til egenmelding."))
    check_loss(loss, seen)
    loss.ended_on = today()
    loss.save()
    return done(loss, _told("back", first=loss.ended_on))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def keep_loss(*, case: Case, why: str, seen: str | None = None, by: Viewer) -> SelfCertificateLoss:
    """The review's other answer: the right stays lost, with a reason, and is looked at again within six months.

    ``seen`` is what the page carried of the last judgement (``hours.stood``).
    """
    _staff(by)
    loss: SelfCertificateLoss | None = SelfCertificateLoss.objects.filter(case=case, ended_on__isnull=True).first()
    if loss is None:
        raise Refused("not_lost", _("Deltakeren har rett til egenmelding."))
    judged = (_review(today()), _text(why))
    if judged == (loss.review_by, loss.why):
        return loss
    check_loss(loss, seen)
    loss.review_by, loss.why = judged
    loss.save()
    return done(loss, _told("lost", first=loss.valid_from, last=loss.review_by, why=loss.why))


def _review(from_day: date) -> date:
    """When the loss is looked at again (integreringsforskriften § 9)."""
    return add_months(from_day, rules_known().at("leave.self_certificate.review_months", from_day).whole)


def _told(what: str, **data: object) -> Entry:
    return Entry(code=f"hours.self_certificate.{what}", section=Section.HOURS, data=data)


def _staff(by: Viewer) -> None:
    if by.is_participant:
        raise Refused("no_own_settling", _("Det er kommunen som avgjør dette. Snakk med hovedkontakten din."))


def _text(why: str) -> str:
    why = " ".join(why.split())
    if not why:
        raise Refused("missing_why", _("Skriv hvorfor."), "why")
    if len(why) > 300:
        raise Refused("too_long_text", _("Skriv kortere, høyst 300 tegn."), "why")
    refuse_number_in(why, "why")
    return why
