"""The timeline's page."""

from __future__ import annotations

from typing import Any

from samlop.access.viewer import Viewer
from samlop.cases.gatekeeper import note_opened
from samlop.cases.models import Case
from samlop.cases.timeline import (
    PAGE_SIZE,
    PHASES,
    Filter,
    Line,
    Timeline,
    filtered,
    groups,
    last_visits,
    line,
    readable,
    units,
)
from samlop.core.errors import not_found
from samlop.core.queries import query
from samlop.core.rights import Right, Section


@query(section=Section.IDENTITY)
def timeline(viewer: Viewer, case: Any, wanted: Filter) -> tuple[Case, Timeline]:
    """A page of what has been done in a case. A fixed number of queries however long the journal is."""
    entries = readable(viewer, case)
    page = Timeline(last_visit=last_visits(viewer, [case.pk]).get(case.pk))
    page.units = units(entries)
    page.groups = groups()
    if case.viewer_rights[Section.PROGRAMME] >= Right.SEE:
        page.phases = [span for phases in PHASES for span in phases(case)]
    found = list(filtered(entries, wanted, page).order_by("-seq")[: PAGE_SIZE + 1])
    if len(found) > PAGE_SIZE:
        found = found[:PAGE_SIZE]
        page.older = found[-1].seq
    corrections = {row.corrects: row for row in entries.filter(corrects__in=[entry.seq for entry in found])}
    page.lines = [line(viewer, case, entry, corrections, page.last_visit) for entry in found]
    note_opened(viewer, case, {Section(entry.section) for entry in found})
    return case, page


@query(section=Section.IDENTITY)
def correctable(viewer: Viewer, case: Any, seq: int) -> tuple[Case, Line]:
    """One entry that the viewer may correct. Raises ``Refused('not_found')``."""
    entries = readable(viewer, case)
    entry = entries.filter(seq=seq).first()
    if entry is None:
        raise not_found()
    found = line(viewer, case, entry, {row.corrects: row for row in entries.filter(corrects=seq)}, None)
    if not found.may_correct:
        raise not_found()
    note_opened(viewer, case, [Section(entry.section)])
    return case, found
