"""Joins access and journal to the kernel: what ``command`` and ``query`` ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.policy import Relation
from samlop.access.scope import relations_to
from samlop.access.viewer import Viewer
from samlop.access.words import SECTION_NAMES
from samlop.cases.after_move import has_moved, only_read, settles_up
from samlop.cases.journal import append
from samlop.cases.models import Case
from samlop.core.errors import Refused, not_found
from samlop.core.gate import Entry
from samlop.core.rights import Permission, Right, Section

PAID_ON = (Section.HOURS, Section.ECONOMY)
"""What the last payments of the old municipality rest on."""


def key_of(case: Any) -> UUID:
    """The key of a case given as a row, a key or text. Raises ``Refused('not_found')`` for anything else."""
    if isinstance(case, Case):
        return case.pk
    try:
        return case if isinstance(case, UUID) else UUID(str(case))
    except ValueError:
        raise not_found() from None


class Gatekeeper:
    """The gate of the house (see ``core.gate.Gate``)."""

    def lock(self, case: Any) -> Case:
        found: Case | None = (
            Case.objects.select_for_update(of=("self",))
            .select_related("person", "municipality", "owner_unit")
            .filter(pk=key_of(case))
            .first()
        )
        if found is None:
            raise not_found()
        return found

    def authorise(self, by: Viewer, case: Case, section: Section, right: Right, *, after_move: bool = False) -> None:
        if by.is_system:
            return
        by.opened.pop(case.pk, None)
        _row, relations = relations_to(by, case.pk)
        _require(by, relations, section, right)
        if right > Right.SEE and not after_move and has_moved(case) and not _settles_up(by, case, section):
            raise only_read()

    def authorise_permission(self, by: Viewer, permission: Permission) -> None:
        if not by.may(permission):
            raise Refused(
                "no_permission",
                _("Rollen du har valgt, kan ikke gjøre dette. Bytt rolle øverst på siden, eller spør lederen din."),
            )

    def open(self, viewer: Viewer, case: Any, section: Section, right: Right) -> Case:
        key = key_of(case)
        # A page opens several sections of one case; who the viewer is to it is asked once.
        if key not in viewer.opened:
            viewer.opened[key] = relations_to(viewer, key)
        found, relations = viewer.opened[key]
        if found is None:
            raise not_found()
        if viewer.is_system:
            return found
        _require(viewer, relations, section, right)
        found.viewer_rights = {s: viewer.right(s, held) for s, held in relations.items()}
        found.viewer_relations = relations
        viewer.seen.setdefault((found.pk, section), (found, _foremost(relations[section])))
        return found

    def record(self, case: Case, by: Viewer, entry: Entry) -> Any:
        by.opened.pop(case.pk, None)
        return append(case, by, entry)


def _settles_up(by: Viewer, case: Case, section: Section) -> bool:
    """Whether the municipality that the participant left is putting right what it has yet to pay.

    The benefit is paid in arrears (integreringsloven § 24): when somebody moves, the old municipality has not paid for
    the last weeks, and must be able to settle absence, leave and circumstances that lower or raise that payment.
    """
    return not by.is_participant and section in PAID_ON and settles_up(case)


def note_opened(viewer: Viewer, case: Case, sections: Iterable[Section]) -> None:
    """Note in the reading log that a page also showed these sections of an opened case (the timeline does)."""
    for section in sections:
        viewer.seen.setdefault((case.pk, section), (case, _foremost(case.viewer_relations[section])))


def _require(viewer: Viewer, relations: dict[Section, frozenset[Relation]], section: Section, right: Right) -> None:
    rights = {s: viewer.right(s, held) for s, held in relations.items()}
    if not any(rights.values()):
        raise not_found()
    if rights[section] >= right:
        return
    name = SECTION_NAMES[section]
    if rights[section] == Right.NONE:
        text = _(
            "Rollen din gir ikke innsyn i denne delen av saken: %(section)s. "
            "Spør hovedkontakten om du mener at du trenger det."
        )
    else:
        text = _(
            "Du kan se %(section)s i denne saken, men ikke endre. Skriv til hovedkontakten, så kan de endre for deg."
        )
    raise Refused(f"no_right_{section}", text % {"section": name})


def _foremost(relations: frozenset[Relation]) -> str:
    """The relation that the reading log shows: the closest one."""
    return next((r.value for r in Relation if r in relations), "")
