"""What is written down about the handover, its checklist, and completing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.cooperation.queries import units_in
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.stale import merged
from samlop.core.time import now, today
from samlop.handover.checklist import PointCode, PointState
from samlop.handover.models import ChecklistItem, Handover, HandoverNeed
from samlop.handover.rules import lacking
from samlop.people.models import Unit

LIMITS = {
    "receiver_name": 200,
    "receiver_contact": 200,
    "unmet_needs": 10_000,
    "next_step": 10_000,
    "income_source": 200,
}
"""The most characters of each text."""


def _handover(case: Case) -> Handover:
    handover: Handover
    defaults = {"municipality_id": case.municipality_id, "opened_at": now()}
    handover, _created = Handover.objects.get_or_create(case=case, defaults=defaults)
    return handover


def _entry(code: str, **data: Any) -> Entry:
    return Entry(code=f"handover.{code}", section=Section.PROGRAMME, data=data)


def _require_open(handover: Handover) -> None:
    if handover.completed_at is not None:
        raise Refused("already_completed", _("Overføringen er fullført. Åpne den igjen hvis noe skal endres."))


@dataclass(frozen=True)
class Facts:
    """What is written about a handover. A receiving unit without a name gives its name."""

    need: str = HandoverNeed.UNCLARIFIED
    talk_on: date | None = None
    receiver_unit: UUID | None = None
    receiver_name: str = ""
    receiver_contact: str = ""
    unmet_needs: str = ""
    next_step: str = ""
    income_source: str = ""


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def write_handover(*, case: Case, facts: Facts, revision: int, by: Viewer) -> Handover:
    """Write down need, talk, receiver, what is still needed, the next step and the income. ``facts`` is everything.

    ``revision`` is the version that was on the screen (1 before anything is written). Refuses ``changed_meanwhile``
    when somebody else has saved something different in the meantime.
    """
    handover = _handover(case)
    _require_open(handover)
    if facts.need not in HandoverNeed.values:
        raise Refused("unknown_need", _("Velg om noen må ta over."), "need")
    wanted = {name: getattr(facts, name).strip().replace("\r\n", "\n") for name in LIMITS}
    for name, limit in LIMITS.items():
        if len(wanted[name]) > limit:
            raise Refused("too_long", _("Teksten er for lang. Skriv høyst %(limit)s tegn.") % {"limit": limit}, name)
    unit = _unit(case, facts.receiver_unit)
    if unit is not None and not wanted["receiver_name"]:
        wanted["receiver_name"] = unit.name
    values = wanted | {
        "need": str(facts.need),
        "talk_on": facts.talk_on,
        "receiver_unit_id": unit.pk if unit else None,
    }
    changed = [name for name, value in values.items() if getattr(handover, name) != value]
    if not changed:
        return handover
    if revision != handover.revision:
        raise Refused(
            "changed_meanwhile",
            _("Noen andre har lagret overføringen etter at du åpnet siden. Det de skrev, står ved feltene."),
        )
    for name, value in values.items():
        setattr(handover, name, value)
    handover.revision += 1
    handover.save()
    # The texts themselves may be long; the journal says which of them were written, and the short facts in full.
    short = {"need": handover.need, "talk_on": handover.talk_on, "receiver": handover.receiver_name}
    return done(handover, _entry("written", fields=[name.removesuffix("_id") for name in changed], **short))


def _unit(case: Case, unit_id: UUID | None) -> Unit | None:
    if unit_id is None:
        return None
    unit = next((unit for unit in units_in(case.municipality_id) if unit.pk == unit_id), None)
    if unit is None:
        raise Refused("unknown_unit", _("Velg en enhet fra listen, eller skriv hvem som tar over."), "receiver_unit")
    return unit


@dataclass(frozen=True)
class Mark:
    """Where a point on the checklist stands; not relevant needs a note that says why."""

    state: str
    note: str = ""


@command(section=Section.PROGRAMME, right=Right.CONTRIBUTE)
def mark_checklist(
    *, case: Case, marks: Mapping[str, Mark], seen: Mapping[str, Mark] | None = None, by: Viewer
) -> Handover:
    """Mark points on the checklist as done, open or not relevant; those left out stay.

    ``seen`` is how the points stood on the page: those that were not changed against it stay as they are now. Refuses
    ``changed_meanwhile`` where somebody else has marked the same point otherwise, not relevant without a reason, and
    income as done while nothing is written about it.
    """
    handover = _handover(case)
    _require_open(handover)
    rows = {row.code: row for row in handover.checklist.all()}
    entries = []
    for code, mark in _changed(marks, seen, rows).items():
        if code not in PointCode.values or mark.state not in PointState.values:
            raise Refused("unknown_point", _("Punktet finnes ikke på sjekklisten."))
        note = mark.note.strip()[:300]
        if mark.state == PointState.NOT_RELEVANT and not note:
            raise Refused("missing_reason", _("Skriv hvorfor punktet ikke er aktuelt."), f"{code}_note")
        if code == PointCode.INCOME and mark.state == PointState.DONE and not handover.income_source:
            raise Refused("missing_income", _("Skriv hva deltakeren skal leve av, under «Inntekt»."), code)
        row = rows.get(code) or ChecklistItem(
            case=case, municipality_id=case.municipality_id, handover=handover, code=code
        )
        if row.state == mark.state and row.note == note:
            continue
        row.not_relevant = mark.state == PointState.NOT_RELEVANT
        row.note = note
        if mark.state != PointState.DONE:
            row.done_on, row.done_by = None, None
        elif row.done_on is None:
            row.done_on, row.done_by = today(), by.user
        row.save()
        entries.append(_entry("point_marked", point=str(code), state=str(mark.state), note=note))
    return done(handover, *entries)


def _changed(
    marks: Mapping[str, Mark], seen: Mapping[str, Mark] | None, rows: Mapping[str, ChecklistItem]
) -> Mapping[str, Mark]:
    """The points as they shall stand. State and note are each their own: what a colleague changed of one stays."""
    now_ = {code: Mark(rows[code].state, rows[code].note) if code in rows else Mark(PointState.OPEN) for code in marks}
    stands = merged(_fields(marks), _fields(seen or {}), _fields(now_))
    return {code: Mark(stands[code], stands[f"{code}_note"]) for code in marks}


def _fields(marks: Mapping[str, Mark]) -> dict[str, str]:
    """The marks as the fields of the page."""
    return {code: mark.state for code, mark in marks.items()} | {f"{c}_note": mark.note for c, mark in marks.items()}


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def complete_handover(*, case: Case, by: Viewer) -> Handover:
    """Complete the handover. Refused while the need is not clarified, and – when somebody must take over – without a
    talk date, a receiver and a settled checklist (research/002 § 14 item 3)."""
    handover = _handover(case)
    if handover.completed_at is not None:
        return handover
    settled = {row.code for row in handover.checklist.all() if row.is_settled}
    if found := lacking(handover, settled):
        code, field = found[0]
        raise Refused(code, " ".join(_texts(settled)[one] for one, _field in found), field)
    handover.completed_at, handover.completed_by = now(), by.user
    handover.save()
    return done(handover, _entry("completed", need=handover.need, receiver=handover.receiver_name))


def _texts(settled: set[str]) -> dict[str, str]:
    open_points = [str(point.label) for point in PointCode if point.value not in settled]
    return {
        "need_unclarified": _("Avklar først om noen må ta over."),
        "missing_talk": _("Skriv datoen for overføringssamtalen."),
        "missing_receiver": _("Skriv hvem som tar over."),
        "checklist_open": _("Dette gjenstår på sjekklisten: %(points)s.") % {"points": "; ".join(open_points)},
    }


@command(section=Section.PROGRAMME, right=Right.MANAGE)
def reopen_handover(*, case: Case, why: str, by: Viewer) -> Handover:
    """Open a completed handover again, with a reason."""
    handover = _handover(case)
    if handover.completed_at is None:
        return handover
    why = why.strip()
    if not why:
        raise Refused("missing_reason", _("Skriv hvorfor overføringen åpnes igjen."), "why")
    handover.completed_at, handover.completed_by = None, None
    handover.save()
    return done(handover, _entry("reopened", why=why[:300]))
