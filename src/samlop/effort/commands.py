"""Registering and correcting effort (innsats)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samlop.access.viewer import Viewer
from samlop.cases.models import Case, JournalEntry
from samlop.cases.vocabulary import EffortKind
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry, gate
from samlop.core.rights import Permission, Right, Section
from samlop.core.time import add_months, now, today
from samlop.effort.coverage import Period
from samlop.effort.extract import counts
from samlop.effort.models import EffortExtract
from samlop.people.models import Municipality

MOST_AT_ONCE = 200
MOST_MINUTES = 600
OLDEST_MONTHS = 12


@command(why_open="each participant is locked and checked: the right to contribute to the plan")
def register_effort(
    *,
    cases: Iterable[Any],
    kind: str,
    minutes: int | None = None,
    happened_on: date | None = None,
    by: Viewer,
) -> int:
    """One journal entry with ``effort`` in each case – all of them, or none. Returns how many.

    Nobody is registered as a job seeker by it (research/002 § 14, item 2). ``minutes`` is working time per participant;
    ``happened_on`` is today when left out, and lies within the last twelve months. Raises ``Refused``:
    ``missing_participants``, ``too_many_participants``, ``effort_kind``, ``effort_day``, ``effort_minutes``,
    ``effort_not_allowed`` (names those the viewer may see but not write about), ``not_found``.
    """
    keys = sorted({str(getattr(case, "pk", case)) for case in cases})
    if not keys:
        raise Refused("missing_participants", _("Velg minst én deltaker."), "cases")
    if len(keys) > MOST_AT_ONCE:
        text = _("Du kan registrere for høyst %(most)s deltakere om gangen.") % {"most": MOST_AT_ONCE}
        raise Refused("too_many_participants", text, "cases")
    day = _checked(by, kind, minutes, happened_on)
    locked = [gate().lock(key) for key in keys]  # in the order of the keys, so that two at once do not wait in a ring
    _require_all(by, locked)
    data = {"kind": kind, "together": len(locked)}
    return done(
        len(locked),
        *(
            Entry(
                case=case,
                code="effort.registered",
                section=Section.PLAN,
                data=data,
                effort=kind,
                minutes=minutes,
                happened_on=day,
            )
            for case in locked
        ),
    )


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def correct_effort(
    *,
    case: Any,
    seq: int,
    kind: str,
    minutes: int | None = None,
    happened_on: date | None = None,
    by: Viewer,
) -> Case:
    """Put right an effort of the viewer's own unit: a new entry that points at the old, which then no longer counts."""
    old = _own_standing(by, case, seq)
    day = _checked(by, kind, minutes, happened_on or old.happened_on)
    entry = Entry(
        code="effort.corrected",
        section=Section.PLAN,
        data={"kind": kind},
        effort=kind,
        minutes=minutes,
        happened_on=day,
        corrects=seq,
    )
    return done(case, entry)


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def withdraw_effort(*, case: Any, seq: int, by: Viewer) -> Case:
    """Strike out an effort registered by mistake; the old entry stays readable but no longer counts."""
    old = _own_standing(by, case, seq)
    entry = Entry(
        code="effort.withdrawn",
        section=Section.PLAN,
        data={"kind": old.effort},
        happened_on=old.happened_on,
        corrects=seq,
    )
    return done(case, entry)


@command(permission=Permission.OPERATE)
def take_extract(*, municipality: Municipality, period: Period, by: Viewer) -> int:
    """Count a municipality's effort and coverage in a period anew, and replace what was counted before.

    Only counts leave the municipality; people with a protected address are in none of them. Returns the number of rows.
    """
    rows = [
        EffortExtract(
            municipality=municipality, first_day=period.first, last_day=period.last, taken_at=now(), **counted
        )
        for counted in counts(municipality, period)
    ]
    EffortExtract.objects.filter(municipality=municipality, first_day=period.first).delete()
    EffortExtract.objects.bulk_create(rows)
    return len(rows)


def _checked(by: Viewer, kind: str, minutes: int | None, happened_on: date | None) -> date:
    if by.unit_id is None:
        raise Refused("no_effort_without_unit", _("Innsats registreres av dem som arbeider ved en enhet."))
    if kind not in EffortKind.values:
        raise Refused("effort_kind", _("Velg hva slags innsats det var."), "kind")
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        text = _("Skriv et tall fra 1 til %(most)s, eller la feltet stå tomt.") % {"most": MOST_MINUTES}
        raise Refused("effort_minutes", text, "minutes")
    day = happened_on or today()
    if day > today():
        raise Refused(
            "effort_day", _("Datoen har ikke vært ennå. Innsats registreres når den er gjort."), "happened_on"
        )
    if day < add_months(today(), -OLDEST_MONTHS):
        raise Refused("effort_day", _("Datoen er mer enn tolv måneder tilbake. Kontroller året."), "happened_on")
    return day


def _require_all(by: Viewer, cases: list[Case]) -> None:
    missing = []
    for case in cases:
        try:
            gate().authorise(by, case, Section.PLAN, Right.CONTRIBUTE)
        except Refused as refusal:
            if refusal.code == "not_found" or len(cases) == 1:
                raise
            missing.append(case.person.name)
    if missing:
        text = ngettext(
            "Ingenting er registrert. Du kan ikke registrere innsats for %(names)s. Ta bort deltakeren fra utvalget.",
            "Ingenting er registrert. Du kan ikke registrere innsats for %(names)s. Ta bort dem fra utvalget.",
            len(missing),
        )
        raise Refused("effort_not_allowed", text % {"names": ", ".join(missing)}, "cases")


def _own_standing(by: Viewer, case: Case, seq: int) -> JournalEntry:
    entry = by.scope(JournalEntry).filter(case=case, seq=seq, code__startswith="effort.").exclude(effort="").first()
    if entry is None:
        raise not_found()
    if entry.unit_id != by.unit_id:
        raise Refused("no_other_units_effort", _("Bare enheten som registrerte innsatsen, kan rette den."))
    if JournalEntry.objects.filter(case=case, corrects=seq).exists():
        raise Refused(
            "changed_meanwhile", _("Innsatsen er allerede rettet. Last siden på nytt for å se hvordan den står nå.")
        )
    return entry
