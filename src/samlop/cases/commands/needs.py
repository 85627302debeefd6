"""Needs for adaptation, and notes for named persons."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import AdaptationNeed, Case, RestrictedNote
from samlop.cases.notes import possible_readers
from samlop.cases.vocabulary import Need
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.core.time import now, today
from samlop.people.numbers import refuse_number_in


@command(section=Section.NEEDS, right=Right.CONTRIBUTE)
def change_needs(*, case: Any, codes: Collection[str], seen: Collection[str], by: Viewer) -> Case:
    """Set which needs hold from today: what helps, never why. What others changed meanwhile stays as they left it.

    Raises ``Refused``.
    """
    _refuse_closed(case)
    if set(codes) - set(Need.values):
        raise Refused("unknown_choice", _("Velg blant behovene i listen."), "codes")
    held = {row.code: row for row in case.needs.filter(until__isnull=True)}
    added = sorted(set(codes) - set(seen) - set(held))
    ended = sorted((set(seen) - set(codes)) & set(held))
    for code in added:
        AdaptationNeed.objects.create(case=case, municipality_id=case.municipality_id, code=code, since=today())
    for code in ended:
        held[code].until = today()
        held[code].save()
    if not added and not ended:
        return case
    return done(case, Entry(code="needs.changed", section=Section.NEEDS, data={"added": added, "ended": ended}))


@command(section=Section.RESTRICTED, right=Right.CONTRIBUTE)
def add_note(*, case: Any, text: str, readers: Collection[UUID], by: Viewer) -> RestrictedNote:
    """Write a note that only the named persons, and whoever writes it, can read.

    ``readers`` are keys of users named in the team whose role can be given such notes. Nobody else learns that the note
    is there. Raises ``Refused``: ``missing_text``, ``number_in_text``, ``missing_readers``.
    """
    _refuse_closed(case)
    if not text.strip():
        raise Refused("missing_text", _("Skriv notatet."), "text")
    refuse_number_in(text, "text")
    author = by.signed_in
    possible = {user.pk: user for user in possible_readers(case)}
    chosen = [possible[key] for key in dict.fromkeys(readers) if key in possible and key != author.pk]
    if len(chosen) < len(set(readers) - {author.pk}) or not chosen:
        raise Refused("missing_readers", _("Velg minst én annen i saksteamet som skal lese notatet."), "readers")
    note = RestrictedNote.objects.create(
        case=case, municipality_id=case.municipality_id, author=author, text=text.strip(), written_at=now()
    )
    named = [author, *chosen]
    note.readers.set(named)
    data = {"readers": [str(user.pk) for user in named]}
    return done(note, Entry(code="notes.added", section=Section.RESTRICTED, data=data))


def _refuse_closed(case: Case) -> None:
    if not case.is_open:
        raise Refused("no_writing_closed", _("Saken er avsluttet. Åpne den igjen for å endre noe."))
