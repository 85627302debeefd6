"""After a decision: to be finished, signed, handed over, received, complained on, registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samlop.cases.after_move import has_moved, last_day_to_settle, settles_up
from samlop.core.due import DueItem
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.law.deadlines import appeal_reply_due, registration_due
from samlop.law.decisions import paragraphs_of
from samlop.programme.appeals import appeal_deadline
from samlop.programme.dues.known import Known, rules
from samlop.programme.models import Complaint, Decision, Outcome, Reconsideration

RECEIPT_AFTER = timedelta(days=7)
APPEAL_AHEAD = timedelta(days=7)
APPEAL_LONGEST = timedelta(days=60)
"""Long after the time to appeal is over, whatever it is: then the law is not asked."""
REGISTER_AHEAD = timedelta(days=31)
REGISTERED = ("award", "refusal", "plan", "extension", "leave", "stop")
"""Decisions that are told to the national register (NIR)."""


def items(known: Known) -> Iterator[DueItem]:
    """What is due about the decisions and complaints of a case, of those whose section the load's viewer may see.

    A draft is told to those who prepare decisions, as on the page of decisions.
    """
    load = known.caseload
    seen = {row.pk for row in known.decisions if load.sees(known.case.pk, row.section)}
    prepares = load.viewer is None or bool(load.viewer.relations_with(Section.PROGRAMME, Right.CONTRIBUTE))
    for draft in known.drafts:
        if prepares and draft.pk in seen:
            yield _draft(known, draft)
    for decision in known.standing:
        if decision.pk in seen:
            yield from _handed_over(known, decision)
    yield from _to_register(known)
    for complaint in known.complaints:
        if complaint.decision_id in seen:
            yield from _complaint(known, complaint)


def _kind(decision: Decision) -> dict[str, str]:
    return {"kind": str(decision.get_kind_display())}


def _draft(known: Known, draft: Decision) -> DueItem:
    """A draft with reasons waits for the leader; one without, for those who prepare."""
    if has_moved(known.case) and not _may_be_decided(known, draft):
        return _too_late(known, draft)
    due_on = _draft_by(known, draft)
    if getattr(draft, "has_reasons", False):
        return known.item(
            "decision_to_sign",
            _("Les og undertegn: %(kind)s") % _kind(draft),
            _("%(who)s har forberedt vedtaket.") % {"who": draft.prepared_by_name},
            due_on,
            action=_("Les utkastet"),
            url=known.page("decision", draft.pk),
            leader=not known.is_signed_by_main_contact(draft.kind),
        )
    return known.item(
        "draft_to_finish",
        _("Skriv begrunnelsen: %(kind)s") % _kind(draft),
        _("Utkastet har ingen begrunnelse og kan ikke undertegnes (forvaltningsloven §§ 24 og 25)."),
        due_on,
        action=_("Skriv videre"),
        url=known.page("decision_edit", draft.pk),
    )


def _draft_by(known: Known, draft: Decision) -> date | None:
    """The day by which a draft is to be a decision; none where the law has no such day."""
    if has_moved(known.case):
        return last_day_to_settle(known.case) if settles_up(known.case) else None
    deadline = known.deadline("programme_start") if draft.kind in ("award", "refusal") else None
    return deadline.due if deadline and not known.came_running else None


def _may_be_decided(known: Known, draft: Decision) -> bool:
    """Whether a draft in a moved case can still be signed (``finishing.kinds_open``)."""
    again = any(row.decision_id == draft.replaces_id and _led_to_change(row) for row in known.complaints)
    return settles_up(known.case) or again


def _too_late(known: Known, draft: Decision) -> DueItem:
    return known.item(
        "draft_too_late",
        _("Slett utkastet: %(kind)s") % _kind(draft),
        _("Vedtak om tiden før flyttingen kunne undertegnes til og med %(day)s.")
        % {"day": day(last_day_to_settle(known.case))},
        None,
        action=_("Se utkastet"),
        url=known.page("decision", draft.pk),
    )


def _handed_over(known: Known, decision: Decision) -> Iterator[DueItem]:
    url = known.page("decision", decision.pk, at="sent")
    if decision.sent_on is None and decision.before_samlop:
        return  # who made it gave it to the participant
    if decision.sent_on is None:
        yield known.item(
            "decision_to_send",
            _("Gi deltakeren vedtaket: %(kind)s") % _kind(decision),
            _("Undertegnet %(day)s. Deltakeren skal få vite om vedtaket så snart som mulig (%(rules)s).")
            % {"day": day(decision.decided_on), "rules": rules(paragraphs_of("notice", known.act))},
            None,
            action=_("Skriv når det er gjort"),
            url=url,
        )
        return
    if decision.received_on is None:
        if known.on >= decision.sent_on + RECEIPT_AFTER:
            yield known.item(
                "decision_received",
                _("Når fikk deltakeren vedtaket? (%(kind)s)") % _kind(decision),
                _("Sendt %(day)s. Klagefristen løper fra den dagen vedtaket er mottatt (%(rules)s).")
                % {"day": day(decision.sent_on), "rules": rules(paragraphs_of("appeal", known.act))},
                None,
                action=_("Skriv dagen"),
                url=url,
            )
        return
    yield from _appeal(known, decision)


def _appeal(known: Known, decision: Decision) -> Iterator[DueItem]:
    if decision.received_on is None or known.on > decision.received_on + APPEAL_LONGEST:
        return
    deadline = appeal_deadline(known.case, decision)
    if deadline is None or any(row.decision_id == decision.pk for row in known.complaints):
        return
    if deadline.due - APPEAL_AHEAD <= known.on <= deadline.due:
        yield known.item(
            "appeal",
            _("Klagefristen går ut: %(kind)s") % _kind(decision),
            _("Deltakeren kan klage til og med %(day)s (%(rules)s). Spør om deltakeren trenger hjelp til det.")
            % {"day": day(deadline.due), "rules": rules(deadline.references)},
            deadline.due,
            action=_("Se vedtaket"),
            url=known.page("decision", decision.pk, at="complaints"),
        )


def _to_register(known: Known) -> Iterator[DueItem]:
    """One line for all that waits to be registered; the oldest decides the day."""
    waiting = [
        row
        for row in known.standing
        if row.kind in REGISTERED
        and row.registered_on is None
        and row.decided_on is not None
        and not row.before_samlop  # registered by who made it
    ]
    if not waiting:
        return
    first = min(waiting, key=lambda row: row.decided_on or date.max)
    deadline = registration_due(first.decided_on or known.on)
    if known.on >= deadline.due - REGISTER_AHEAD:
        kinds = ", ".join(dict.fromkeys(str(row.get_kind_display()) for row in waiting))
        yield known.item(
            "register",
            _("Registrer i NIR: %(kinds)s") % {"kinds": kinds},
            _("Skal være registrert senest to måneder etter vedtaket %(day)s (%(rules)s).")
            % {"day": day(first.decided_on), "rules": rules(deadline.references)},
            deadline.due,
            action=_("Skriv når det er gjort"),
            url=known.page("decision", first.pk, at="registered"),
        )


def _complaint(known: Known, complaint: Complaint) -> Iterator[DueItem]:
    decision = next((row for row in known.decisions if row.pk == complaint.decision_id), None)
    if decision is None:
        return
    url = known.page("decision", decision.pk, at="complaints")
    if complaint.reconsidered_on is None:
        deadline = appeal_reply_due(complaint.received_on)
        yield known.item(
            "complaint_reply",
            _("Vurder klagen: %(kind)s") % _kind(decision),
            _("Klagen kom %(day)s. Kommunen skal først vurdere vedtaket på nytt (%(rules)s).")
            % {
                "day": day(complaint.received_on),
                "rules": rules((*paragraphs_of("complaint", known.act), *deadline.references)),
            },
            deadline.due,
            action=_("Skriv vurderingen"),
            url=url,
            uncertain=deadline.uncertain,
        )
    elif complaint.reconsideration == Reconsideration.UPHELD and complaint.sent_on is None:
        yield known.item(
            "complaint_forward",
            _("Send klagen til statsforvalteren: %(kind)s") % _kind(decision),
            _("Kommunen opprettholdt vedtaket %(day)s. Klagen skal sendes så snart saken er tilrettelagt (%(rules)s).")
            % {"day": day(complaint.reconsidered_on), "rules": rules(paragraphs_of("complaint", known.act))},
            None,
            action=_("Skriv når den er sendt"),
            url=url,
        )
    elif _must_decide_again(known, complaint):
        yield known.item(
            "decide_again",
            _("Lag nytt vedtak etter klagen: %(kind)s") % _kind(decision),
            _("Klagen førte til at vedtaket ikke kan stå som det er (%(rules)s).")
            % {"rules": rules(paragraphs_of("complaint", known.act))},
            None,
            action=_("Lag vedtaket"),
            url=f"{known.page('decision_new', decision.kind)}?erstatter={decision.pk}",
        )


def _must_decide_again(known: Known, complaint: Complaint) -> bool:
    """The municipality changed its mind, or statsforvalteren changed or repealed – and no new decision stands."""
    return _led_to_change(complaint) and any(row.pk == complaint.decision_id for row in known.standing)


def _led_to_change(complaint: Complaint) -> bool:
    return complaint.reconsideration == Reconsideration.CHANGED or complaint.outcome in (
        Outcome.CHANGED,
        Outcome.REPEALED,
    )
