"""Decisions made before the case came into Samløp: written in from paper, so that length, deadlines and leave follow
from them here too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.templatetags.samlop import day
from samlop.core.time import OSLO, today
from samlop.people.numbers import refuse_number_in
from samlop.programme.checks import replaced
from samlop.programme.effects import follow_earlier
from samlop.programme.importing import written_in
from samlop.programme.kinds import EARLIER, DecisionKind, kind_of, typed
from samlop.programme.models import Course, CourseFacts, Decision, DecisionStatus, HandedOver
from samlop.programme.running import came_running
from samlop.programme.telling import of_decision


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def write_in(
    *,
    case: Case,
    kind: DecisionKind | str,
    data: Mapping[str, Any],
    decided_on: date,
    signed_by_name: str,
    signed_by_title: str = "",
    received_on: date | None = None,
    reasons: str = "",
    replaces: Decision | UUID | None = None,
    by: Viewer,
) -> Decision:
    """Write in a decision that was made before the case came into Samløp (fattet før Samløp).

    ``data`` is what it decided, typed by kind as a new one; ``signed_by_name`` and ``signed_by_title`` are whoever
    signed, as it stands on the paper. The law's limits are not asked: it has been decided, and what is too long shows
    on the page. What the course lacks of dates and goal is filled in from it. ``replaces`` is one that was written in
    wrongly.

    Raises ``Refused``: ``unknown_kind``, ``after_registration``, ``missing_signatory``, ``received_before_decided``,
    ``future_day``, ``already_written_in``, ``not_written_in``, ``start_differs``, ``counted_already`` for a leave in
    the municipality whose case this one continues, and as ``kinds.typed``.
    """
    chosen = kind_of(kind)
    if chosen not in EARLIER:
        raise Refused("unknown_kind", _("Velg hva vedtaket gjelder."), "kind")
    found = typed(chosen, data)
    _check_day(case, decided_on, received_on)
    signatory, title = " ".join(signed_by_name.split()), " ".join(signed_by_title.split())
    if not signatory:
        raise Refused("missing_signatory", _("Skriv hvem som undertegnet vedtaket."), "signed_by_name")
    texts = {"signed_by_name": signatory, "signed_by_title": title, "reasons": reasons}
    for name, text in (texts | {"about": str(found.get("about") or "")}).items():
        refuse_number_in(text, name)
    wrong = _instead_of(case, chosen, replaces)
    decision = written_in(case, chosen, found, decided_on, signatory, by)
    decision.signed_by_title, decision.reasons, decision.replaces = title[:200], reasons.strip(), wrong
    decision.sent_on, decision.received_on = received_on, received_on
    decision.sent_how = HandedOver.OTHER if received_on else ""
    decision.save()
    CourseFacts.objects.filter(case=case, nothing_earlier_on__isnull=False).update(nothing_earlier_on=None)
    told = of_decision(decision, "written_in", decided_on=decided_on, again=wrong is not None)
    return done(decision, told, *follow_earlier(case, decision))


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def note_nothing_earlier(*, case: Case, by: Viewer) -> CourseFacts:
    """Note that a programme which ran when it came into Samløp has no decision from before to write in.

    Raises ``Refused``: ``already_written_in``, ``did_not_run``.
    """
    course = Course.objects.filter(case=case).first()
    if course is None or not came_running(case, course):
        raise Refused("did_not_run", _("Programmet var ikke i gang da saken kom inn i Samløp."))
    if Decision.objects.filter(case=case, kind=DecisionKind.AWARD, status=DecisionStatus.SIGNED).exists():
        raise Refused("already_written_in", _("Vedtaket om program er allerede skrevet inn."))
    facts: CourseFacts
    facts, _made = CourseFacts.objects.get_or_create(case=case, defaults={"municipality_id": case.municipality_id})
    if facts.nothing_earlier_on is not None:
        return facts
    facts.nothing_earlier_on = today()
    facts.save()
    return done(facts, Entry(code="programme.nothing_earlier", section=Section.PROGRAMME))


def _check_day(case: Case, decided_on: date, received_on: date | None) -> None:
    came = case.registered_at.astimezone(OSLO).date()
    if decided_on > came:
        text = _(
            "Saken kom inn i Samløp %(day)s. Bare vedtak som var fattet da, skrives inn. Senere vedtak lages og "
            "undertegnes her."
        )
        raise Refused("after_registration", text % {"day": day(came)}, "decided_on")
    if received_on is not None and received_on < decided_on:
        text = _("Vedtaket kan ikke være mottatt før det ble fattet.")
        raise Refused("received_before_decided", text, "received_on")
    if received_on is not None and received_on > today():
        raise Refused("future_day", _("Datoen kan ikke være fram i tid."), "received_on")


def _instead_of(case: Case, kind: DecisionKind, replaces: Decision | UUID | None) -> Decision | None:
    """The decision that was written in wrongly. A programme has one award, so a second one corrects the first."""
    wrong = replaced(case, replaces)
    if wrong is not None and (not wrong.before_samlop or wrong.kind != kind):
        raise Refused("not_written_in", _("Bare det som er skrevet inn fra før Samløp, kan rettes slik."))
    if wrong is not None and wrong.replaced_by.filter(status=DecisionStatus.SIGNED).exists():
        raise Refused("already_written_in", _("Vedtaket er allerede rettet eller erstattet. Se det nyeste."))
    if kind is DecisionKind.LEAVE and case.continues_id is not None:
        text = _("Permisjonen i kommunen deltakeren flyttet fra, er allerede regnet med.")
        raise Refused("counted_already", text)
    if wrong is None and kind is DecisionKind.AWARD:
        rows = Decision.objects.filter(case=case, kind=kind, status=DecisionStatus.SIGNED)
        if rows.exists():
            text = _("Vedtaket om program er allerede skrevet inn. Rett det som står, hvis noe er feil.")
            raise Refused("already_written_in", text)
    return wrong


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def take_out(*, case: Case, decision: UUID, by: Viewer) -> Case:
    """Take out a decision from before Samløp that was never made, or belongs to somebody else; the journal tells.

    A leave is corrected instead (written in anew as not granted), so that payments that rest on it are looked at again.
    Raises ``Refused``: ``not_found``, ``not_written_in``, ``has_complaint``, ``already_written_in``, ``is_leave``.
    """
    row = Decision.objects.filter(case=case, pk=decision).first()
    if row is None:
        raise not_found()
    if not row.before_samlop:
        raise Refused("not_written_in", _("Bare det som er skrevet inn fra før Samløp, kan tas bort."))
    if row.complaints.exists():
        raise Refused("has_complaint", _("Det er klaget på vedtaket. Det kan ikke tas bort."))
    if row.replaced_by.exists():
        raise Refused("already_written_in", _("Vedtaket er allerede rettet eller erstattet. Se det nyeste."))
    if row.kind == DecisionKind.LEAVE:
        text = _("Stønad kan bygge på permisjonen. Rett den i stedet, og ta bort haken for at den er innvilget.")
        raise Refused("is_leave", text)
    entry = of_decision(row, "taken_out", decided_on=row.decided_on)
    row.delete()
    return done(case, entry)
