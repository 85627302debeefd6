"""The agenda: points added, removed and put in another order, as long as the meeting is planned."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.commands import command, done
from samlop.core.errors import Refused
from samlop.core.rights import Right, Section
from samlop.meetings.agenda import LONGEST
from samlop.meetings.editing import entry, find_meeting, next_order, words
from samlop.meetings.models import AgendaItem


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def add_point(
    *, case: Case, meeting_id: UUID, text: str, source: str = "", source_id: UUID | None = None, by: Viewer
) -> AgendaItem:
    """Add a point at the end; one that comes from the same fact as a point already there is not added again."""
    meeting = find_meeting(case, meeting_id, by, planned=True)
    text = words(text, LONGEST, "point", missing=_("Skriv hva punktet gjelder."))
    same: AgendaItem | None = meeting.agenda.filter(source=source, source_id=source_id).first() if source else None
    if same is not None:
        return same
    item = AgendaItem.objects.create(
        case=case,
        municipality_id=case.municipality_id,
        meeting=meeting,
        order=next_order(meeting),
        text=text,
        source=source,
        source_id=source_id,
    )
    return done(item, entry("point_added", meeting, text=text))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def remove_point(*, case: Case, meeting_id: UUID, item_id: UUID, by: Viewer) -> None:
    """Take a point off the agenda; one that is gone already changes nothing."""
    meeting = find_meeting(case, meeting_id, by, planned=True)
    item = meeting.agenda.filter(pk=item_id).first()
    if item is None:
        return None
    text = item.text
    item.delete()
    return done(None, entry("point_removed", meeting, text=text))


@command(section=Section.PLAN, right=Right.CONTRIBUTE)
def move_point(*, case: Case, meeting_id: UUID, item_id: UUID, up: bool, by: Viewer) -> None:
    """Swap a point with the one above (or below); the first does not go higher, the last not lower."""
    meeting = find_meeting(case, meeting_id, by, planned=True)
    items = list(meeting.agenda.all())
    at = next((number for number, item in enumerate(items) if item.pk == item_id), None)
    if at is None:
        raise Refused("unknown_point", _("Punktet er ikke lenger på sakslisten."))
    to = at - 1 if up else at + 1
    if not 0 <= to < len(items):
        return None
    items[at], items[to] = items[to], items[at]
    for order, item in enumerate(items, start=1):
        item.order = order
    AgendaItem.objects.bulk_update(items, ["order"])
    return done(None, entry("agenda_ordered", meeting))
