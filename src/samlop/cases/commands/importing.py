"""Registering many at once: all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases import duplicates, journal
from samlop.cases.importing import MORE, Judged, Row, Verdict, judge, twins
from samlop.cases.registration import NumberTaken, Place, check_owner, checked, opening, place_of_unit, save
from samlop.cases.team import check_first_team
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import gate
from samlop.core.rights import Permission
from samlop.people.models import Unit

BATCH = 100
"""Participants saved at a time."""


@dataclass(frozen=True)
class Imported:
    """How many were registered, and how many were known from before and left as they are."""

    made: int
    known: int


@command(permission=Permission.IMPORT_CASES)
def import_cases(
    *,
    municipality_id: UUID,
    rows: Sequence[Row],
    imported_as: str,
    units: Sequence[Unit] = (),
    anyway: bool = False,
    tick: Callable[[int], None] = lambda done: None,
    by: Viewer,
) -> Imported:
    """Register every row that is about somebody new, in one transaction. ``tick`` is told how far it has come.

    ``units`` get a place in each new team, with nobody named; with a protected address only the main contact does.

    Raises ``Refused``: ``twins_in_file``, ``likely_duplicate`` where a row is like somebody known and ``anyway`` was
    not said, ``changed_meanwhile`` when somebody registers the same number at the same time.
    """
    if any(row.owner_unit.municipality_id != municipality_id for row in rows):
        raise Refused("unknown_unit", _("Alle i listen må høre til en enhet i din egen kommune."))
    _check_teams(rows, units, by)
    if twins(rows):
        raise Refused("twins_in_file", _("Den samme personen står flere ganger i listen."))
    judged = judge(rows, municipality_id, by)
    if not anyway and any(one.verdict is Verdict.ALIKE for one in judged):
        raise Refused(
            "likely_duplicate", _("Noen i listen ligner på deltakere som allerede er registrert. Se over dem.")
        )
    fresh = [one for one in judged if one.verdict is not Verdict.KNOWN]
    known = len(judged) - len(fresh)
    for first in range(0, len(fresh), BATCH):
        batch = fresh[first : first + BATCH]
        _save(batch, units, imported_as, by)
        tick(known + first + len(batch))
    return done(Imported(len(fresh), known))


def _check_teams(rows: Sequence[Row], units: Sequence[Unit], by: Viewer) -> None:
    """Each unit and contact once, however many rows they stand in."""
    seen = set()
    for row in rows:
        contact = row.main_contact
        key = (row.owner_unit.pk, contact.unit.pk, contact.user.pk if contact.user else None, row.details.is_protected)
        if key in seen:
            continue
        seen.add(key)
        check_owner(row.owner_unit, by)
        municipality = row.owner_unit.municipality
        assert municipality is not None  # an owner has one, see check_owner
        check_first_team(municipality, _team(row, units), is_protected=row.details.is_protected)


def _team(row: Row, units: Sequence[Unit]) -> list[Place]:
    """The main contact, then the other units – the owner too, where the main contact is of another."""
    if row.details.is_protected:
        return [row.main_contact]
    others = dict.fromkeys([row.owner_unit, *units])
    return [row.main_contact, *(place_of_unit(unit) for unit in others if unit != row.main_contact.unit)]


def _save(batch: Sequence[Judged], units: Sequence[Unit], imported_as: str, by: Viewer) -> None:
    openings = [
        opening(
            checked(one.row.details),
            owner_unit=one.row.owner_unit,
            places=_team(one.row, units),
            how="imported",
            disputed=any(match.by_number for match in one.unseen),
            imported_as=imported_as,
        )
        for one in batch
    ]
    try:
        save(openings)
    except NumberTaken:
        raise Refused(
            "changed_meanwhile",
            _("Noen andre registrerte en av deltakerne samtidig. Ingenting er lagret. Les filen inn på nytt."),
        ) from None
    # The entries with their participants, so that progress tells the truth and memory stays small.
    entries = [entry for made in openings for entry in made.entries]
    for room, keep in MORE.items():
        told = [
            (made.case, one.row.more[room]) for one, made in zip(batch, openings, strict=True) if room in one.row.more
        ]
        entries += keep(told, by) if told else []
    journal.begin(entries, by)
    for one, made in zip(batch, openings, strict=True):
        for entry in duplicates.note_suspicions(made.case, one.unseen):
            gate().record(entry.case, by, entry)
