"""Deltakere as a spreadsheet: the same participants and the same columns as on the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from samlop.access.policy import Relation
from samlop.access.scope import case_keys
from samlop.access.viewer import Viewer
from samlop.cases.models import Case
from samlop.core.queries import query
from samlop.core.rights import Section
from samlop.core.spreadsheet import Sheet, workbook
from samlop.core.time import OSLO
from samlop.overview.columns import Columns, Row, rows_for

MOST_ROWS = 5000


@query(scoped="takes the cases of matching(viewer); each participant's sections are noted in the reading log")
def export(viewer: Viewer, cases: Iterable[Case], *, waits: bool = False) -> bytes:
    """An .xlsx of the participants. Taking a list out is reading each of them, and is logged as that.

    With ``waits`` the list is of those without a placement, and says how many days each has waited.
    """
    rows = rows_for(viewer, cases)
    columns = Columns.of(viewer)
    note_readings(viewer, rows)
    heads, values = _heads(columns), [_values(columns, row) for row in rows]
    if waits:
        heads = [*heads, _("Dager uten praksis")]
        values = [[*cells, row.days_since_start] for cells, row in zip(values, rows, strict=True)]
    return workbook([Sheet(_("Deltakere"), heads, values)])


def _heads(columns: Columns) -> list[str]:
    heads = [_("Navn"), _("Fødselsdato"), _("Status"), _("Bosatt"), _("Hovedkontakt"), _("Enhet")]
    if columns.programme:
        heads += [_("Fase"), _("Start"), _("Slutt"), _("Uker igjen"), _("Sluttmål"), _("Spor"), _("Behov for NAV")]
    if columns.norwegian:
        heads += [_("Norsknivå")]
    if columns.plan:
        heads += [_("Siste kontakt med NAV"), _("Neste plansamtale"), _("Plan"), _("Frist for plan")]
    return [*heads, _("Mangler")]


def _values(columns: Columns, row: Row) -> list[Any]:
    case, course = row.case, row.course
    contact = row.contact
    values: list[Any] = [
        case.person.name,
        case.person.birth_date,
        case.get_status_display(),
        case.settled_on,
        contact.user.name if contact and contact.user else "",
        contact.unit.name if contact else "",
    ]
    if columns.programme:
        values += [
            row.phase.label if row.sees_programme else "",
            course.start_on if course else None,
            row.end_on,
            row.weeks_left,
            course.get_end_goal_display() if course and course.end_goal else "",
            course.track if course else None,
            row.nav_need if row.sees_programme else "",
        ]
    if columns.norwegian:
        values += [row.levels_by_skill]
    if columns.plan:
        talk = row.next_talk.astimezone(OSLO) if row.next_talk else None
        plan = row.plan
        values += [row.last_nav, talk, plan.text if plan else "", plan.due_on if plan else None]
    return [*values, ", ".join(row.missing)]


def note_readings(viewer: Viewer, rows: list[Row]) -> None:
    """Put each participant's exported sections among what the viewer has seen, with the closest relation."""
    relation = _relations(viewer)
    columns = Columns.of(viewer)
    shown = [
        (Section.PROGRAMME, columns.programme),
        (Section.PLAN, columns.plan),
        (Section.NORWEGIAN, columns.norwegian),
    ]
    for row in rows:
        how = relation.get(row.case.pk, "")
        viewer.seen.setdefault((row.case.pk, Section.IDENTITY), (row.case, how))
        for section, has_column in shown:
            if has_column and section not in row.hidden:
                viewer.seen.setdefault((row.case.pk, section), (row.case, how))


def _relations(viewer: Viewer) -> dict[UUID, str]:
    """The closest relation to each case; one query for each relation that lists participants."""
    found: dict[UUID, str] = {}
    for relation in Relation:
        if relation in viewer.relations_with(Section.IDENTITY):
            listed = viewer.scope(Case).filter(pk__in=case_keys(viewer, [relation], Section.IDENTITY))
            for key in listed.values_list("pk", flat=True):
                found.setdefault(key, relation.value)
    return found
