"""Corrections: nothing written is changed, a new entry says what is right."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from samlop.access.scope import relations_to
from samlop.access.viewer import Viewer
from samlop.cases.models import JournalEntry
from samlop.cases.timeline import may_correct, readable
from samlop.core.commands import command, done
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.rights import Right, Section
from samlop.people.numbers import refuse_number_in


@command(section=Section.IDENTITY, right=Right.SEE)
def correct_entry(*, case: Any, seq: int, text: str, by: Viewer) -> None:
    """Say that entry ``seq`` is wrong and what is right. The old one stays, struck through; as an effort it no longer
    counts.

    Raises ``Refused``: ``not_found``, ``missing_text``, ``already_corrected``, ``no_right_…``.
    """
    _row, relations = relations_to(by, case.pk)
    case.viewer_relations = relations
    case.viewer_rights = {section: by.right(section, held) for section, held in relations.items()}
    entry = readable(by, case).filter(seq=seq).first()
    if entry is None:
        raise not_found()
    text = " ".join(text.split())
    if not text:
        raise Refused("missing_text", _("Skriv hva som er feil, og hva som er riktig."), "text")
    refuse_number_in(text, "text")
    if JournalEntry.objects.filter(case=case, corrects=seq).exists():
        raise Refused("already_corrected", _("Hendelsen er allerede rettet. Se rettelsen i tidslinjen."), "text")
    if not may_correct(by, case, entry):
        raise Refused(
            f"no_right_{entry.section}",
            _("Bare den som skrev hendelsen, og den som har ansvar for denne delen av saken, kan rette den."),
        )
    readers = {"readers": entry.data["readers"]} if entry.section == Section.RESTRICTED else {}
    data = {"text": text, "code": entry.code, **readers}
    return done(None, Entry(code="journal.corrected", section=Section(entry.section), data=data, corrects=seq))
