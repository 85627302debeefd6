"""The run of a month: worked out by one person, its questions settled, approved by another, and locked."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.benefit.calendar import last_over, pay_on, payment_days
from samlop.benefit.locking import check_fresh, lock
from samlop.benefit.models import Acknowledged, BenefitRun, Draft, PaymentDay, PayrollFile
from samlop.benefit.payroll import files
from samlop.benefit.plain import month_named
from samlop.benefit.preparing import has_stopped, total_up, wanted
from samlop.benefit.queue import queue_differences, queue_work
from samlop.benefit.standing import open_questions
from samlop.benefit.the_run import already_approved, municipality_of, own_run, ready
from samlop.benefit.vocabulary import RunStatus
from samlop.core.commands import command
from samlop.core.errors import Refused, not_found
from samlop.core.organisation import note
from samlop.core.rights import Permission
from samlop.core.time import now, today
from samlop.law.dates import Month
from samlop.law.parameters import current_book
from samlop.law.texts import question

AT_ONCE = 150
"""So many participants are worked out while one waits; more go to the queue."""


@command(permission=Permission.CONFIGURE)
def set_payment_day(*, day: int, by: Viewer) -> PaymentDay:
    """Say which day of the month the municipality pays the month before. Raises ``Refused``: ``unknown_day``."""
    if not 1 <= day <= 28:
        raise Refused("unknown_day", _("Velg en dag fra 1 til 28, så finnes den i alle måneder."), "day")
    municipality = municipality_of(by)
    row, _created = PaymentDay.objects.update_or_create(municipality_id=municipality, defaults={"day": day})
    note(by, "benefit.payment_day_set", {"day": day})
    return row


@command(permission=Permission.PREPARE_BENEFIT)
def start_run(*, month: str, by: Viewer) -> BenefitRun:
    """Start working a month out, or work it out anew with the facts and rules of today.

    ``month`` is «2026-11». A calculation that is under way is left alone. Raises ``Refused``: ``unknown_month``,
    ``month_not_over`` (the benefit is paid afterwards, § 24), ``already_approved``.
    """
    wanted_month = _month(month)
    municipality = municipality_of(by)
    day = payment_days([municipality])[municipality]
    run, created = BenefitRun.objects.select_for_update().get_or_create(
        municipality_id=municipality,
        month=wanted_month.first,
        defaults={
            "status": RunStatus.CALCULATING,
            "rules_known_on": today(),
            "pay_on": pay_on(wanted_month, day),
            "prepared_by": by.signed_in,
            "prepared_at": now(),
        },
    )
    if run.is_approved:
        raise already_approved(run)
    if not created:
        if run.status == RunStatus.CALCULATING and not has_stopped(run):
            return run
        run.attempt += 1
        run.status, run.rules_known_on, run.pay_on = RunStatus.CALCULATING, today(), pay_on(wanted_month, day)
        run.prepared_by, run.prepared_at = by.signed_in, now()
    run.book, run.done, run.trouble, run.alive_at = current_book().fingerprint, 0, "", now()
    run.people = len(wanted(run))
    run.save()
    note(by, "benefit.run_started", {"month": str(wanted_month), "attempt": run.attempt})
    if run.people > AT_ONCE:
        queue_work(run.pk)
    queue_differences(municipality)
    return run


@command(permission=Permission.PREPARE_BENEFIT)
def go_on_with_run(*, month: str, by: Viewer) -> BenefitRun:
    """Go on with a calculation that stopped on the way; what is done stands. Raises ``Refused``: ``not_stopped``."""
    run = own_run(month, by)
    if not has_stopped(run) and not run.trouble:
        raise Refused("not_stopped", _("Utregningen pågår, eller er ferdig."))
    run.alive_at, run.trouble = now(), ""
    run.save()
    queue_work(run.pk)
    return run


@command(permission=Permission.PREPARE_BENEFIT)
def acknowledge_rule(*, month: str, code: str, by: Viewer) -> Acknowledged:
    """Acknowledge by name that a run rests on an open question of the law. Raises ``Refused``: ``unknown_question``."""
    run = ready(own_run(month, by))
    try:
        question(code)
    except KeyError:
        raise Refused("unknown_question", _("Spørsmålet finnes ikke."), "code") from None
    row, created = Acknowledged.objects.get_or_create(
        run=run, code=code, defaults={"by": by.signed_in, "by_name": by.name, "at": now()}
    )
    if created:
        note(by, "benefit.rule_acknowledged", {"month": month, "question": code})
    return row


@command(permission=Permission.APPROVE_BENEFIT)
def approve_run(*, month: str, attempt: int, by: Viewer) -> BenefitRun:
    """Approve a run: the statements are locked, the payroll file is made and confirmed corrections are paid. All or
    nothing.

    ``attempt`` is the calculation that was on the screen. Raises ``Refused``: ``own_run`` (never the same person),
    ``already_approved``, ``not_ready``, ``stale`` where facts or rules have changed since, ``open_questions``.
    """
    run = ready(own_run(month, by))
    if run.prepared_by_id == by.user_id:
        raise Refused(
            "own_run",
            _("Du regnet ut denne kjøringen selv. En annen må godkjenne den."),
        )
    if attempt != run.attempt:
        raise Refused("stale", _("Kjøringen er regnet ut på nytt etter at du åpnet siden. Se over den igjen."))
    check_fresh(run)
    if left := open_questions(run):
        raise Refused(
            "open_questions",
            _("%(count)s spørsmål må avklares før kjøringen kan godkjennes.") % {"count": left},
        )
    moment = now()
    statements = lock(run, moment, by)
    for kind, content in files(run, statements, moment).items():
        PayrollFile.objects.create(
            run=run, kind=kind, content=content, digest=hashlib.sha256(content).hexdigest(), made_at=moment
        )
    total_up(run)
    run.people = len(statements)
    run.status, run.approved_by, run.approved_at = RunStatus.APPROVED, by.signed_in, moment
    run.save()
    Draft.objects.filter(run=run).delete()
    note(by, "benefit.run_approved", {"month": month, "people": len(statements)})
    return run


@command(permission=Permission.PREPARE_BENEFIT)
def fetch_payroll_file(*, month: str, kind: str, by: Viewer) -> PayrollFile:
    """Hand out the payroll file of an approved run; who fetched it is noted. Raises ``Refused``: ``not_found``."""
    run = own_run(month, by)
    found = PayrollFile.objects.filter(run=run, kind=kind).first()
    if found is None:
        raise not_found()
    note(by, "benefit.file_fetched", {"month": month, "kind": kind})
    return found


def _month(text: str) -> Month:
    month = month_named(text)
    if month is None:
        raise Refused("unknown_month", _("Velg en måned."), "month")
    if month > last_over(today()):
        raise Refused(
            "month_not_over",
            _("Stønaden betales etterskuddsvis (§ 24). Denne måneden kan regnes ut når den er over."),
            "month",
        )
    return month
