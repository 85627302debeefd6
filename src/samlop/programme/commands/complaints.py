"""Complaints on decisions, step by step: received, reconsidered, sent to statsforvalteren, answered.

The municipality that decided answers, also after the participant has moved to another one.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import today
from samlop.people.numbers import refuse_number_in
from samlop.programme.appeals import is_late, is_over_a_year
from samlop.programme.models import Complaint, Decision, Outcome, Reconsideration
from samlop.programme.telling import of_complaint


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def register_complaint(
    *,
    case: Case,
    decision: UUID,
    received_on: date,
    complainant: str,
    about: str = "",
    late_accepted: str = "",
    by: Viewer,
) -> Complaint:
    """Register a complaint on a signed decision that the participant has been given.

    ``received_on`` is the day it was handed in or posted (forvaltningsloven § 30). Whether it came in time follows from
    the law; a late one may be treated all the same for a reason (§ 31). Raises ``Refused``: ``not_sent``,
    ``future_day``, ``before_decision``, ``missing_complainant``, ``already_open``, ``over_a_year``.
    """
    signed = _decision(case, decision, by)
    if signed.sent_on is None:
        raise Refused("not_sent", _("Skriv først når deltakeren fikk vedtaket."))
    _not_in_future(received_on, "received_on")
    if signed.decided_on and received_on < signed.decided_on:
        raise Refused("before_decision", _("Klagen kan ikke være eldre enn vedtaket."), "received_on")
    if not complainant.strip():
        raise Refused("missing_complainant", _("Skriv hvem som klager."), "complainant")
    for name, text in (("complainant", complainant), ("about", about), ("late_accepted", late_accepted)):
        refuse_number_in(text, name)
    if any(_is_open(earlier) for earlier in signed.complaints.all()):
        raise Refused("already_open", _("Det er allerede en klage på dette vedtaket. Skriv videre på den."))
    late = is_late(case, signed, received_on)
    if late and late_accepted.strip():
        _refuse_over_a_year(signed, received_on, "late_accepted")
    made = Complaint.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        decision=signed,
        received_on=received_on,
        complainant=" ".join(complainant.split()),
        about=about.strip(),
        late_accepted=late_accepted.strip(),
        registered_by_name=by.name,
    )
    return done(made, of_complaint(signed, "received", received_on=received_on, late=late))


def _is_open(complaint: Complaint) -> bool:
    if complaint.reconsideration in ("", Reconsideration.UPHELD):
        return complaint.outcome_on is None
    return False


@command(section=Section.PROGRAMME, right=Right.MANAGE, after_move=True)
def reconsider(
    *, case: Case, complaint: UUID, on: date, result: Reconsideration | str, reasons: str, by: Viewer
) -> Complaint:
    """Write down what the municipality itself came to (forvaltningsloven § 33).

    A late complaint that was not accepted can only be dismissed. Raises ``Refused``: ``already_reconsidered``,
    ``future_day``, ``before_complaint``, ``unknown_result``, ``missing_reasons``, ``too_late``.
    """
    row = _complaint(case, complaint, by)
    if row.reconsidered_on is not None:
        raise Refused("already_reconsidered", _("Kommunens vurdering av klagen er allerede skrevet."))
    _not_in_future(on, "on")
    if on < row.received_on:
        raise Refused("before_complaint", _("Vurderingen kan ikke komme før klagen."), "on")
    if result not in Reconsideration.values:
        raise Refused("unknown_result", _("Velg hva kommunen har kommet til."), "result")
    if not reasons.strip():
        raise Refused("missing_reasons", _("Skriv begrunnelsen."), "reasons")
    refuse_number_in(reasons, "reasons")
    late = is_late(case, row.decision, row.received_on)
    if late and not row.late_accepted and result != Reconsideration.DISMISSED:
        raise Refused(
            "too_late", _("Klagen kom for sent, og det er ikke skrevet hvorfor den likevel behandles."), "result"
        )
    row.reconsidered_on, row.reconsideration, row.reconsideration_reasons = on, str(result), reasons.strip()
    row.save()
    return done(row, of_complaint(row.decision, "reconsidered", on=on, result=row.reconsideration))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def accept_late(*, case: Case, complaint: UUID, reasons: str, by: Viewer) -> Complaint:
    """Treat a late complaint all the same, with a reason (forvaltningsloven § 31).

    Raises ``Refused``: ``missing_reasons``, ``already_reconsidered``, ``over_a_year``.
    """
    row = _complaint(case, complaint, by)
    if row.reconsidered_on is not None:
        raise Refused("already_reconsidered", _("Kommunens vurdering av klagen er allerede skrevet."))
    if not reasons.strip():
        raise Refused("missing_reasons", _("Skriv begrunnelsen."), "reasons")
    refuse_number_in(reasons, "reasons")
    if is_late(case, row.decision, row.received_on):
        _refuse_over_a_year(row.decision, row.received_on, "reasons")
    row.late_accepted = reasons.strip()
    row.save()
    return done(row, of_complaint(row.decision, "late_accepted"))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def forward(*, case: Case, complaint: UUID, on: date, by: Viewer) -> Complaint:
    """Note that a complaint on a decision that was upheld is sent to statsforvalteren.

    Raises ``Refused``: ``not_upheld``, ``already_sent``, ``future_day``, ``before_reconsideration``.
    """
    row = _complaint(case, complaint, by)
    if row.reconsideration != Reconsideration.UPHELD or row.reconsidered_on is None:
        text = _("Bare en klage der kommunen opprettholder vedtaket, skal sendes til statsforvalteren.")
        raise Refused("not_upheld", text)
    if row.sent_on is not None:
        raise Refused("already_sent", _("Klagen er allerede sendt."))
    _not_in_future(on, "on")
    if on < row.reconsidered_on:
        raise Refused("before_reconsideration", _("Klagen kan ikke være sendt før kommunen vurderte den."), "on")
    row.sent_on = on
    row.save()
    return done(row, of_complaint(row.decision, "sent", on=on))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def note_outcome(
    *, case: Case, complaint: UUID, on: date, outcome: Outcome | str, note: str = "", by: Viewer
) -> Complaint:
    """Write down what statsforvalteren came to.

    Raises ``Refused``: ``not_sent``, ``already_answered``, ``future_day``, ``before_sent``, ``unknown_outcome``.
    """
    row = _complaint(case, complaint, by)
    if row.sent_on is None:
        raise Refused("not_sent", _("Skriv først når klagen ble sendt til statsforvalteren."))
    if row.outcome_on is not None:
        raise Refused("already_answered", _("Svaret fra statsforvalteren er allerede skrevet."))
    _not_in_future(on, "on")
    if on < row.sent_on:
        raise Refused("before_sent", _("Svaret kan ikke komme før klagen ble sendt."), "on")
    if outcome not in Outcome.values:
        raise Refused("unknown_outcome", _("Velg hva statsforvalteren kom til."), "outcome")
    refuse_number_in(note, "note")
    row.outcome_on, row.outcome, row.outcome_note = on, str(outcome), note.strip()
    row.save()
    return done(row, of_complaint(row.decision, "answered", on=on, outcome=row.outcome))


def _refuse_over_a_year(decision: Decision, complained_on: date, field: str) -> None:
    if is_over_a_year(decision, complained_on):
        text = _(
            "Klagen kom mer enn ett år etter vedtaket og kan bare avvises (forvaltningsloven § 31). "
            "Sjekk datoene hvis det ikke stemmer."
        )
        raise Refused("over_a_year", text, field)


def _decision(case: Case, key: UUID, by: Viewer) -> Decision:
    row = Decision.objects.filter(case=case, pk=key, status="signed").first()
    if row is None:
        raise not_found()
    gate().authorise(by, case, Section(row.section), Right.SEE)
    return row


def _complaint(case: Case, key: UUID, by: Viewer) -> Complaint:
    row: Complaint | None = Complaint.objects.filter(case=case, pk=key).select_related("decision").first()
    if row is None:
        raise not_found()
    gate().authorise(by, case, Section(row.decision.section), Right.SEE)
    return row


def _not_in_future(day: date, field: str) -> None:
    if day > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), field)
