"""Decisions: drafted by those who prepare them, signed by a leader, sent, received, registered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import gate
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.programme.checks import check_lawful, check_text, proposed_references, replaced
from samlop.programme.effects import take_effect
from samlop.programme.finishing import check_open
from samlop.programme.kinds import DecisionKind, section_of, typed
from samlop.programme.models import Decision, DecisionStatus, HandedOver, LetterLanguage
from samlop.programme.signing import delegation_of, signs_as_leader
from samlop.programme.telling import of_decision


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def propose_decision(
    *,
    case: Case,
    kind: DecisionKind | str,
    data: Mapping[str, Any],
    reasons: str = "",
    references: list[str] | None = None,
    language: str = LetterLanguage.NB,
    replaces: Decision | None = None,
    source: str = "",
    by: Viewer,
) -> Decision:
    """Start the draft of a decision, from a person's form or from a room that has found what must be decided.

    ``data`` is what is decided, typed by kind (``kinds.PARTS``: leave – reason, first_day, last_day, granted, paid;
    deduction – month «2026-11», amount_ore, about; repayment – amount_ore, first_day, last_day, about). ``source``
    names what it was made from («hours.leave/<key>»); a second call with the same source, kind and case gives the draft
    that is there instead of another. A draft binds nobody: a leader reads it, and signs or throws it away.

    Raises ``Refused`` (see ``kinds.typed``, ``finishing.check_open``, ``checks.check_lawful``).
    """
    found = typed(kind, data)
    check_text(reasons)
    section = section_of(kind)
    gate().authorise(by, case, section, Right.SEE)
    if source:
        earlier = Decision.objects.filter(case=case, kind=kind, source=source).order_by("-prepared_at").first()
        if earlier is not None:
            return earlier
    instead_of = replaced(case, replaces)
    check_open(case, DecisionKind(kind), found, instead_of)
    check_lawful(case, DecisionKind(kind), found, instead_of)
    decision = Decision.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        kind=DecisionKind(kind).value,
        section=section.value,
        data=found,
        reasons=reasons.strip(),
        references=references or proposed_references(case, DecisionKind(kind), found),
        language=language,
        replaces=instead_of,
        source=source,
        prepared_by=by.user,
        prepared_by_name=by.name,
        prepared_at=now(),
    )
    return done(decision, of_decision(decision, "drafted"))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def change_draft(
    *, case: Case, decision: UUID, data: Mapping[str, Any], reasons: str, language: str, seen: str = "", by: Viewer
) -> Decision:
    """Change what a draft says; ``seen`` is the ``content`` of the draft as it was read.

    Raises ``Refused``: ``already_signed``, ``changed_meanwhile``, and as ``propose_decision``.
    """
    draft = _draft(case, decision, by)
    _refuse_unread(draft, seen)
    found = typed(draft.kind, data)
    check_text(reasons)
    check_open(case, DecisionKind(draft.kind), found, draft.replaces)
    check_lawful(case, DecisionKind(draft.kind), found, draft.replaces)
    before = (draft.data, draft.reasons, draft.language)
    draft.data, draft.reasons, draft.language = found, reasons.strip(), language
    if before == (draft.data, draft.reasons, draft.language):
        return draft
    draft.references = proposed_references(case, DecisionKind(draft.kind), found)
    if draft.prepared_by_id is None:  # it was left or came along from somebody who does not work here
        draft.prepared_by, draft.prepared_by_name = by.user, by.name
    draft.save()
    return done(draft, of_decision(draft, "changed"))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def discard_draft(*, case: Case, decision: UUID, by: Viewer) -> Case:
    """Throw a draft away; that there was one stays in the journal. Raises ``Refused('already_signed')``."""
    draft = _draft(case, decision, by)
    entry = of_decision(draft, "discarded")
    draft.delete()
    return done(case, entry)


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def sign_decision(
    *, case: Case, decision: UUID, decided_on: date | None = None, seen: str = "", by: Viewer
) -> Decision:
    """Sign a draft: from now on it is a decision, and what it says can never change.

    ``seen`` is the ``content`` of the draft as it was read: nobody signs what somebody changed meanwhile.

    A leader signs (``signing.SIGNS``), or an adviser to whom that kind of decision is delegated, also what they have
    prepared themselves; the letter then says so. The award sets the dates and the goal of the
    course, the extension its new last day. Raises ``Refused``: ``no_signatory``, ``already_signed``,
    ``missing_reasons``, ``future_day``, ``changed_meanwhile``, and what ``checks.check_lawful`` and
    ``finishing.check_open`` refuse.
    """
    draft = _draft(case, decision, by)
    is_leader = signs_as_leader(by, case)
    delegation = None if is_leader else delegation_of(by, case, draft.kind)
    if by.role is None or not (is_leader or delegation):
        text = _("Bare lederen for enheten som fatter vedtak, kan undertegne. Si fra når utkastet er klart.")
        raise Refused("no_signatory", text)
    _refuse_unread(draft, seen)
    if not draft.reasons.strip():
        raise Refused("missing_reasons", _("Skriv begrunnelsen før vedtaket blir undertegnet."), "reasons")
    day = decided_on or today()
    if day > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "decided_on")
    check_open(case, DecisionKind(draft.kind), draft.data, draft.replaces)
    check_lawful(case, DecisionKind(draft.kind), draft.data, draft.replaces)
    draft.status, draft.decided_on, draft.signed_at = DecisionStatus.SIGNED, day, now()
    draft.signed_by, draft.signed_by_name = by.signed_in, by.name
    with override(draft.language):  # the letter speaks one language, whichever the signer reads
        draft.signed_by_title = f"{by.role.label}, {by.acting_unit.name}"
    draft.delegation = delegation
    if draft.prepared_by_id is None:
        draft.prepared_by, draft.prepared_by_name = by.signed_in, by.name
    draft.save()
    told = of_decision(draft, "signed", decided_on=day, **({"delegated": True} if delegation else {}))
    return done(draft, told, *take_effect(case, draft))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def note_sent(*, case: Case, decision: UUID, sent_on: date, how: HandedOver | str, by: Viewer) -> Decision:
    """Note how and when the participant was given a signed decision. What is handed over in person is received then.

    A day of receipt that was noted stays, unless it came from being handed over or lies before the new day.

    Raises ``Refused``: ``not_signed``, ``future_day``, ``sent_before_decided``, ``unknown_way``, ``has_complaint``.
    """
    signed = _signed(case, decision, by)
    _refuse_after_complaint(signed)
    if how not in HandedOver.values:
        raise Refused("unknown_way", _("Velg hvordan deltakeren fikk vedtaket."), "how")
    if sent_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "sent_on")
    if signed.decided_on and sent_on < signed.decided_on:
        raise Refused("sent_before_decided", _("Vedtaket kan ikke være sendt før det ble gjort."), "sent_on")
    signed.received_on = _received(signed, sent_on, how)
    signed.sent_on, signed.sent_how = sent_on, str(how)
    signed.save()
    return done(signed, of_decision(signed, "sent", sent_on=sent_on, how=signed.sent_how))


def _received(before: Decision, sent_on: date, how: HandedOver | str) -> date | None:
    if how == HandedOver.IN_PERSON:
        return sent_on
    noted = before.received_on if before.sent_how != HandedOver.IN_PERSON else None
    return noted if noted is not None and noted >= sent_on else None


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def note_received(*, case: Case, decision: UUID, received_on: date, by: Viewer) -> Decision:
    """Note the day the decision reached the participant; the time to appeal runs from it (forvaltningsloven § 29).

    Raises ``Refused``: ``not_sent``, ``future_day``, ``received_before_sent``, ``has_complaint``.
    """
    signed = _signed(case, decision, by)
    _refuse_after_complaint(signed)
    if signed.sent_on is None:
        raise Refused("not_sent", _("Skriv først når vedtaket ble sendt."), "received_on")
    if received_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "received_on")
    if received_on < signed.sent_on:
        raise Refused("received_before_sent", _("Vedtaket kan ikke være mottatt før det ble sendt."), "received_on")
    signed.received_on = received_on
    signed.save()
    return done(signed, of_decision(signed, "received", received_on=received_on))


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE, after_move=True)
def note_registered(*, case: Case, decision: UUID, registered_on: date, by: Viewer) -> Decision:
    """Note that the decision is registered in the national register (NIR, integreringsforskriften §§ 58–59).

    Raises ``Refused``: ``not_signed``, ``future_day``, ``registered_before_decided``.
    """
    signed = _signed(case, decision, by)
    if registered_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "registered_on")
    if signed.decided_on and registered_on < signed.decided_on:
        text = _("Vedtaket kan ikke være registrert før det ble gjort.")
        raise Refused("registered_before_decided", text, "registered_on")
    signed.registered_on = registered_on
    signed.save()
    return done(signed, of_decision(signed, "registered", registered_on=registered_on))


def _found(case: Case, key: UUID, by: Viewer) -> Decision:
    row = Decision.objects.filter(case=case, pk=key).first()
    if row is None:
        raise not_found()
    gate().authorise(by, case, Section(row.section), Right.SEE)
    return row


def _draft(case: Case, key: UUID, by: Viewer) -> Decision:
    row = _found(case, key, by)
    if not row.is_draft:
        raise Refused(
            "already_signed", _("Vedtaket er undertegnet og kan ikke endres. Lag et nytt vedtak som erstatter det.")
        )
    return row


def _refuse_unread(draft: Decision, seen: str) -> None:
    if seen and seen != draft.content:
        text = _("Noen andre har endret utkastet etter at du åpnet siden. Les det som står nå, og prøv igjen.")
        raise Refused("changed_meanwhile", text)


def _signed(case: Case, key: UUID, by: Viewer) -> Decision:
    row = _found(case, key, by)
    if row.is_draft:
        raise Refused("not_signed", _("Vedtaket er ikke undertegnet ennå."))
    return row


def _refuse_after_complaint(decision: Decision) -> None:
    """The days decide whether a complaint came in time, so they stand once there is one."""
    if decision.complaints.exists():
        raise Refused("has_complaint", _("Det er klaget på vedtaket. Datoene kan ikke endres nå."))
